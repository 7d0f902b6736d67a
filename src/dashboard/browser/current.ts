/** Rows of links that are scrolled sideways begin with the one of this page in sight. */
export function enhanceCurrents(root: ParentNode) {
  for (const link of root.querySelectorAll<HTMLElement>(".sections [aria-current], .tabs [aria-current]")) {
    const row = link.parentElement;
    if (row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  }
}
