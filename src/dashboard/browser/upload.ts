type Parts = { form: HTMLFormElement; said: HTMLElement; progress: HTMLProgressElement; button: HTMLButtonElement };

/** An upload counts as failed after this many milliseconds without progress, or without a response. */
const STALLED_MS = 60_000;
const STORED_MS = 180_000;
const NUMBER = new Intl.NumberFormat("en");

/**
 * Upload forms for coupon codes. They count the lines before sending if there is a maximum, and show the progress.
 * `data-upload` is the text to show once everything is sent.
 */
export function enhanceUploads(root: ParentNode) {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
    const said = form.querySelector<HTMLElement>("[data-upload-said]");
    const progress = form.querySelector<HTMLProgressElement>("[data-upload-progress]");
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    if (said && progress && button) enhance({ form, said, progress, button });
  }
}

function enhance(parts: Parts) {
  const { form } = parts;
  let counting = 0;
  form.addEventListener("input", async () => {
    if (form.dataset.uploadMax === undefined) return;
    const turn = ++counting;
    const lines = await linesIn(form);
    if (turn === counting) tell(parts, lines);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(parts, event.submitter?.getAttribute("formaction") ?? form.action);
  });
}

/** The number of non-empty lines to send. */
async function linesIn(form: HTMLFormElement) {
  const sent = new FormData(form);
  const texts = await Promise.all(
    [...sent.values()].map((value) => (typeof value === "string" ? value : value.text())),
  );
  return texts.join("\n").match(/^.*\S.*$/gm)?.length ?? 0;
}

function tell({ form, said, button }: Parts, lines: number) {
  const max = Number(form.dataset.uploadMax);
  said.hidden = false;
  said.textContent =
    lines > max
      ? `${NUMBER.format(lines)} lines are too many. Send at most ${NUMBER.format(max)} at a time.`
      : `${NUMBER.format(lines)} ${lines === 1 ? "line" : "lines"} to send.`;
  // A file may have one more line, its header.
  button.disabled = lines > max + 1;
}

function send({ form, said, progress, button }: Parts, action: string) {
  const request = new XMLHttpRequest();
  const say = (text: string, look: "hint" | "problem" = "hint") => {
    said.hidden = false;
    said.className = look;
    said.textContent = text;
  };
  let patience = 0;
  const waitFor = (ms: number) => {
    clearTimeout(patience);
    patience = setTimeout(() => request.abort(), ms);
  };
  const failed = () => {
    progress.hidden = true;
    button.disabled = false;
    say("The upload was interrupted. Send it again; nothing is added twice.", "problem");
  };
  button.disabled = true;
  progress.hidden = false;
  say("Sending…");
  request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
    waitFor(STALLED_MS);
    if (lengthComputable) progress.value = loaded / total;
  });
  request.upload.addEventListener("load", () => {
    waitFor(STORED_MS);
    progress.removeAttribute("value");
    say(form.dataset.upload ?? "");
  });
  request.addEventListener("load", () => {
    if (!showAnswer(request)) failed();
  });
  request.addEventListener("error", failed);
  request.addEventListener("abort", failed);
  request.addEventListener("loadend", () => clearTimeout(patience));
  request.open("POST", action);
  request.setRequestHeader("Accept", "text/html");
  waitFor(STALLED_MS);
  request.send(new FormData(form));
}

/** Replaces the page's content with that of the response. */
function showAnswer(request: XMLHttpRequest) {
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const [main, next] = [document.querySelector("main"), answer.querySelector("main#main")];
  if (!main || !next) return false;
  main.replaceWith(document.adoptNode(next));
  document.title = answer.title;
  enhanceUploads(document);
  document.querySelector<HTMLElement>("main")?.focus();
  scrollTo(0, 0);
  return true;
}
