/** Closes menus with Escape, a click elsewhere, or when they lose the focus. */
export function enhanceMenus(root: ParentNode) {
  for (const menu of root.querySelectorAll<HTMLDetailsElement>("details[data-menu]")) {
    document.addEventListener("click", ({ target }) => {
      if (target instanceof Node && !menu.contains(target)) menu.open = false;
    });
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  }
}
