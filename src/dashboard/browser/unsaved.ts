/**
 * Shows in a form's save bar that there are changes, and warns before leaving the page. Editors have their own warning.
 */
export function enhanceUnsaved(root: ParentNode) {
  const changed = new Set<HTMLFormElement>();
  for (const form of root.querySelectorAll<HTMLFormElement>('#main form[method="post"]')) {
    if (form.closest("[data-editor]")) continue;
    const told = form.querySelector<HTMLElement>("[data-unsaved]");
    const tell = () => {
      if (told) told.hidden = !changed.has(form);
    };
    form.addEventListener("input", ({ target }) => {
      // Selected rows of a list are not work that could be lost.
      if (target instanceof HTMLElement && !target.matches("td *, [data-check-all], [type=file]")) changed.add(form);
      tell();
    });
    form.addEventListener("submit", () => changed.clear());
    form.addEventListener("reset", () => {
      changed.delete(form);
      tell();
    });
  }
  addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
