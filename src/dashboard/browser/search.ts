const isTyping = (element: Element | null) =>
  element instanceof HTMLElement && (element.isContentEditable || element.matches("input, select, textarea"));

/** The `/` key moves the focus to the search field. */
export function enhanceSearch(root: ParentNode) {
  const field = root.querySelector<HTMLInputElement>("input[data-search]");
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(document.activeElement)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
