/** Scrolls horizontal rows of links to the current page's link. */
export function enhanceCurrents(root: ParentNode) {
  for (const link of root.querySelectorAll<HTMLElement>(".sections [aria-current], .tabs [aria-current]")) {
    const row = link.parentElement;
    if (row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  }
}
