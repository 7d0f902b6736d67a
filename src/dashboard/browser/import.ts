type Result = { line: number; email: string; outcome: string; said: string };

const PER_REQUEST = 500;
const TRIES = 5;
const NUMBER = new Intl.NumberFormat("en");

/** Sends an import in parts and shows the progress. */
export function enhanceImports(root: ParentNode) {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-import]"))
    form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("data-import-check")) return;
      event.preventDefault();
      void run(form);
    });
}

async function run(form: HTMLFormElement) {
  const progress = form.querySelector("progress");
  const said = form.querySelector<HTMLElement>("[data-import-said]");
  const shown = form.querySelector<HTMLElement>("[data-import-progress]");
  const fields = new FormData(form);
  if (!progress || !said || !shown) return;
  shown.hidden = false;
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  const stay = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener("beforeunload", stay);
  let left = String(fields.get("rows")).split(/\r?\n/).filter(Boolean);
  const total = left.length;
  const done: Result[] = [];
  try {
    while (left.length > 0) {
      said.textContent = `${NUMBER.format(total - left.length)} of ${NUMBER.format(total)} rows…`;
      const part = left.slice(0, PER_REQUEST);
      const results = await send(form, part);
      const again = new Set(results.filter(({ outcome }) => outcome === "later").map(({ line }) => line));
      const isStuck = again.size === part.length;
      done.push(...(isStuck ? results : results.filter(({ line }) => !again.has(line))));
      left = [...(isStuck ? [] : part.filter((line) => again.has(JSON.parse(line)[0]))), ...left.slice(PER_REQUEST)];
      progress.value = total - left.length;
    }
    finish(form, said, done);
  } catch {
    said.textContent = "The connection was lost. Send it again; nobody is added twice.";
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  } finally {
    removeEventListener("beforeunload", stay);
  }
}

/** Sends one part, and retries while the campaign is busy. @throws if it fails permanently */
async function send(form: HTMLFormElement, rows: string[]): Promise<Result[]> {
  const fields = new FormData(form);
  fields.set("rows", rows.join("\n"));
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: fields,
    });
    if (answer.ok) return (await answer.json()).results;
    if ((answer.status !== 503 && answer.status !== 429) || attempt >= TRIES) throw new Error(String(answer.status));
    const seconds = Number(answer.headers.get("Retry-After")) || attempt;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

function finish(form: HTMLFormElement, said: HTMLElement, results: Result[]) {
  results.sort((a, b) => a.line - b.line);
  const tally = new Map<string, number>();
  for (const { outcome, said: words } of results) {
    const name = outcome === "invalid" ? "invalid" : (words.split(";")[0] ?? "");
    tally.set(name, (tally.get(name) ?? 0) + 1);
  }
  said.textContent = `Done. ${[...tally].map(([words, n]) => `${NUMBER.format(n)} ${words}`).join(" · ")}.`;
  for (const control of form.querySelectorAll<HTMLElement>(".inline, .hint")) control.hidden = true;
  const card = form.closest("section");
  const title = card?.querySelector("h2");
  if (title) title.textContent = "Imported";
  for (const before of document.querySelectorAll("[data-import-before]")) before.setAttribute("hidden", "");
  const link = card?.querySelector<HTMLAnchorElement>("[data-import-file]");
  const after = card?.querySelector<HTMLElement>("[data-import-done]");
  if (!link || !after) return;
  const lines = results.map((result) => [result.line, result.email, result.said].map(cell).join(","));
  link.href = URL.createObjectURL(
    new Blob([`\uFEFFline,email,result\r\n${lines.join("\r\n")}\r\n`], { type: "text/csv" }),
  );
  after.hidden = false;
}

/** Quoted, with an apostrophe before anything that a spreadsheet would run as a formula. */
const cell = (value: string | number) =>
  `"${String(value)
    .replace(/^(?=[=+\-@\t\r])/, "'")
    .replaceAll('"', '""')}"`;
