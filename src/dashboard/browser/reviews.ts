/** The reader's place in the queue, so a decision leads to the next review. */
const PLACE = "reviews:at";

/**
 * Keyboard shortcuts for the review queue: `j` and `k` move, `a` approves, `d` denies, `n` adds a note, `u` undoes the
 * last decision. Enter and Escape return from the note to its review.
 */
export function enhanceReviews(document: Document) {
  const queue = document.querySelector<HTMLElement>("[data-reviews]");
  const undo = document.querySelector<HTMLButtonElement>('[data-review-key="u"]');
  if (!queue && !undo) return;
  const all = [...(queue?.querySelectorAll<HTMLElement>("[data-review]") ?? [])];
  const to = (at: number) => all[Math.max(0, Math.min(all.length - 1, at))]?.focus();
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (kept !== null && undo) to(Number(kept));
  const steps: Record<string, number> = { j: 1, k: -1 };
  const leaveNote = (event: KeyboardEvent) => {
    const note = event.target instanceof Element && event.target.closest("[data-review-note]");
    if (!note || event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return false;
    event.preventDefault();
    note.closest<HTMLElement>("[data-review]")?.focus();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (leaveNote(event)) return;
    const isTyping =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const at = all.findIndex((one) => one.contains(document.activeElement));
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      to(at + step);
    } else if (event.key === "u") undo?.click();
    else if (event.key === "n") {
      const note = all[at]?.querySelector<HTMLInputElement>("[data-review-note]");
      const fold = note?.closest("details");
      if (!note || !fold) return;
      event.preventDefault();
      fold.open = true;
      note.focus();
    } else if (event.key === "a" || event.key === "d") {
      const button = all[at]?.querySelector<HTMLButtonElement>(`[data-review-key="${event.key}"]`);
      if (!button) return;
      sessionStorage.setItem(PLACE, String(at));
      button.click();
    }
  });
}
