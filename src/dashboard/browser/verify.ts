import { checkDraw, type Step } from "./draw";

/** Repeats the draw on its public page, and shows each step. */
export function enhanceVerifications(root: ParentNode) {
  for (const place of root.querySelectorAll<HTMLElement>("[data-verify]")) void verify(place);
}

async function verify(place: HTMLElement) {
  const verdict = place.querySelector<HTMLElement>("[data-verdict]");
  const steps = place.querySelector<HTMLElement>("[data-steps]");
  if (!verdict || !steps) return;
  const say = (text: string, tone: string) => {
    verdict.textContent = text;
    verdict.className = `notice ${tone}`;
  };
  place.hidden = false;
  try {
    const answer = await fetch(place.dataset.entrants ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    const checked = await checkDraw(JSON.parse(place.dataset.verify ?? ""), await answer.text());
    const notes = checked.filter(({ isNote }) => isNote);
    steps.replaceChildren(...notes.map(item), ...checked.filter(({ isNote }) => !isNote).map(item));
    if (!checked.every(({ holds }) => holds)) say("It does not match. The draw was not made by the rules.", "bad");
    else if (notes.length > 0) say("It matches: your browser drew the same winners. But read the notes.", "warn");
    else say("It matches. Your browser drew the same winners.", "good");
  } catch {
    say("The list could not be loaded, so nothing was checked. Reload the page.", "warn");
  }
}

function item({ claim, holds, seen, isNote }: Step) {
  const line = document.createElement("li");
  const mark = document.createElement("span");
  const [tone, text] = isNote ? ["warn", "Note"] : holds ? ["good", "Passed"] : ["bad", "Failed"];
  mark.className = `badge ${tone}`;
  mark.textContent = text;
  const by = document.createElement("small");
  by.className = "quiet";
  by.textContent = seen;
  line.append(mark, ` ${claim} `, by);
  return line;
}
