import { ask } from "./frame-api";
import { find, write } from "./frame-dom";
import type { Texts } from "./frame-share";

/** The form where a participant chooses a word for their link. */
export function enhanceWord(root: HTMLElement, texts: Texts, token: () => string | undefined, chosen: () => void) {
  const form = find<HTMLFormElement>(root, "form[data-word]");
  const box = form && find<HTMLInputElement>(form, "input");
  if (!form || !box) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { status, data } = await ask<{ share_url: string }>("word", token(), { word: box.value });
    const why = { 400: "own_word_bad", 409: "own_word_taken", 429: "busy" }[status] ?? "failed";
    write(find(form, "[data-error=word]"), data ? "" : (texts[why] ?? ""));
    if (!data) {
      box.setAttribute("aria-invalid", "true");
      return box.focus();
    }
    box.removeAttribute("aria-invalid");
    find<HTMLDetailsElement>(root, "[data-word-box]")?.removeAttribute("open");
    chosen();
  });
}
