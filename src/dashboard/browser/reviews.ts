/** Keys in the queue of reviews: `j` and `k` move, `a` approves, `d` denies. */
export function enhanceReviews(document: Document) {
  const queue = document.querySelector<HTMLElement>("[data-reviews]");
  if (!queue) return;
  const all = [...queue.querySelectorAll<HTMLElement>("[data-review]")];
  const steps: Record<string, number> = { j: 1, k: -1 };
  const verdicts: Record<string, string> = { a: "approve", d: "deny" };
  document.addEventListener("keydown", (event) => {
    const isTyping =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = all.findIndex((one) => one.contains(document.activeElement));
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
    }
    const verdict = verdicts[event.key];
    if (verdict !== undefined) all[at]?.querySelector<HTMLButtonElement>(`button[data-verdict="${verdict}"]`)?.click();
  });
}
