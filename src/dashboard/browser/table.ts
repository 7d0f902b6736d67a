/** A name with its numbers is read down its columns, and fits a phone as it is. */
const isFigures = (table: HTMLTableElement) => {
  const [first, ...rest] = table.tHead?.rows[0]?.cells ?? [];
  return !first?.matches(".number") && rest.length > 0 && rest.every((cell) => cell.matches(".number"));
};

/**
 * Lists on phones: each row becomes a card, with the column's name next to each value (styles/data.css). Without the
 * script, the table scrolls sideways.
 */
export function enhanceTables(root: ParentNode) {
  for (const table of root.querySelectorAll<HTMLTableElement>(".table > table")) {
    if (isFigures(table)) {
      table.classList.add("figures");
      continue;
    }
    const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? "");
    for (const row of table.tBodies[0]?.rows ?? [])
      [...row.cells].forEach((cell, i) => {
        if (names[i]) cell.dataset.column = names[i];
      });
    table.classList.add("stacks");
  }
}
