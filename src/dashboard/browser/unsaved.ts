/** Warns before leaving a page with a form that was filled in and not sent. Editors have a warning of their own. */
export function enhanceUnsaved(root: ParentNode) {
  const changed = new Set<HTMLFormElement>();
  for (const form of root.querySelectorAll<HTMLFormElement>('#main form[method="post"]')) {
    if (form.closest("[data-editor]")) continue;
    form.addEventListener("input", ({ target }) => {
      // Ticked rows of a list are not work that could be lost.
      if (target instanceof HTMLElement && !target.matches("td *, [data-check-all], [type=file]")) changed.add(form);
    });
    form.addEventListener("submit", () => changed.clear());
    form.addEventListener("reset", () => changed.delete(form));
  }
  addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
