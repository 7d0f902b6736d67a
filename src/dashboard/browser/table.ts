/**
 * Lists on phones: each row becomes a card, with the column's name next to each value (styles/data.css). Without the
 * script, the table scrolls sideways.
 */
export function enhanceTables(root: ParentNode) {
  for (const table of root.querySelectorAll<HTMLTableElement>(".table > table")) {
    const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? "");
    for (const row of table.tBodies[0]?.rows ?? [])
      [...row.cells].forEach((cell, i) => {
        if (names[i]) cell.dataset.column = names[i];
      });
    table.classList.add("stacks");
  }
}
