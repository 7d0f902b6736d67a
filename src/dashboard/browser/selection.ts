const NUMBER = new Intl.NumberFormat("en");

/** Shows in a list's bar how many rows are selected, and their total if all amounts are in one currency. */
export function enhanceSelections(root: ParentNode) {
  for (const said of root.querySelectorAll<HTMLElement>("[data-selected]")) {
    const form = said.closest("form");
    const tell = () => {
      const ticked = [...(form?.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]:checked") ?? [])];
      said.textContent = [`${NUMBER.format(ticked.length)} selected`, sumOf(ticked)].filter(Boolean).join(" · ");
    };
    form?.addEventListener("change", tell);
    tell();
  }
}

function sumOf(ticked: HTMLInputElement[]): string {
  const currency = ticked[0]?.dataset.currency;
  if (!currency || ticked.some(({ dataset }) => dataset.currency !== currency)) return "";
  const sum = ticked.reduce((all, { dataset }) => all + Number(dataset.amount), 0);
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(sum);
}
