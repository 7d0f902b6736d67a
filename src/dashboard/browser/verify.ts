import { checkDraw, type Said, type Step } from "./draw";

/** Repeats the draw on its public page and shows each step in the page's language. */
export function enhanceVerifications(root: ParentNode) {
  for (const place of root.querySelectorAll<HTMLElement>("[data-verify]")) void verify(place);
}

async function verify(place: HTMLElement) {
  const verdict = place.querySelector<HTMLElement>("[data-verdict]");
  const steps = place.querySelector<HTMLElement>("[data-steps]");
  if (!verdict || !steps) return;
  const texts: Record<string, string> = JSON.parse(place.dataset.texts ?? "{}");
  const say = (name: string, tone: string) => {
    verdict.textContent = texts[name] ?? "";
    verdict.className = `notice ${tone}`;
  };
  place.hidden = false;
  try {
    const answer = await fetch(place.dataset.entrants ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    const checked = await checkDraw(JSON.parse(place.dataset.verify ?? ""), await answer.text());
    const notes = checked.filter(({ isNote }) => isNote);
    const items = [...notes, ...checked.filter(({ isNote }) => !isNote)].map((step) => item(step, texts));
    steps.replaceChildren(...items);
    if (!checked.every(({ holds }) => holds)) say("proof_differs", "bad");
    else if (notes.length > 0) say("proof_matches_notes", "warn");
    else say("proof_matches", "good");
  } catch {
    say("proof_unchecked", "warn");
  }
}

const wordsOf = ({ text, words = {} }: Said, texts: Record<string, string>) =>
  (texts[text] ?? "").replace(/\{([a-z_]+)\}/g, (whole, name: string) => String(words[name] ?? whole));

function item({ claim, holds, seen = "", isNote }: Step, texts: Record<string, string>) {
  const line = document.createElement("li");
  const mark = document.createElement("span");
  const [tone, name] = isNote ? ["warn", "proof_note"] : holds ? ["good", "proof_passed"] : ["bad", "proof_failed"];
  mark.className = `badge ${tone}`;
  mark.textContent = texts[name] ?? "";
  const by = document.createElement("small");
  by.className = "quiet";
  // Formulas are read from left to right in every language.
  by.dir = typeof seen === "string" ? "ltr" : "auto";
  by.textContent = typeof seen === "string" ? seen : wordsOf(seen, texts);
  line.append(mark, ` ${wordsOf(claim, texts)} `, by);
  return line;
}
