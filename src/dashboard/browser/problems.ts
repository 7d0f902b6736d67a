/** Focuses the first field with an error, even inside a collapsed section. */
export function enhanceProblems(root: ParentNode) {
  const field = root.querySelector<HTMLElement>('#main [aria-invalid="true"], main.card [aria-invalid="true"]');
  if (!field) return;
  for (let part = field.closest("details"); part; part = part.parentElement?.closest("details") ?? null)
    part.open = true;
  field.focus();
}
