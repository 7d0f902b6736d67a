/** Buttons that insert a placeholder at the last cursor position. */
export function enhancePlaces(form: HTMLFormElement) {
  for (const row of form.querySelectorAll<HTMLElement>("[data-places]")) {
    const fields = (row.dataset.places ?? "").split(" ").map((name) => form.elements.namedItem(name));
    let last = fields.at(-1);
    for (const field of fields) {
      if (!(field instanceof Element)) continue;
      field.addEventListener("focus", () => {
        last = field;
      });
    }
    for (const button of row.querySelectorAll<HTMLButtonElement>("button[data-place]")) {
      button.disabled = false;
      button.addEventListener("click", () => {
        if (!(last instanceof HTMLInputElement || last instanceof HTMLTextAreaElement)) return;
        last.setRangeText(button.dataset.place ?? "", last.selectionStart ?? 0, last.selectionEnd ?? 0, "end");
        last.focus();
        last.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }
}
