const NUMBER = new Intl.NumberFormat("en");

/** Says in a list's bar how many rows are ticked, and what their amounts add up to if all are in one currency. */
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
  const amounts = ticked.map(({ dataset }) => ({ cents: Number(dataset.cents), currency: dataset.currency ?? "" }));
  const [first] = amounts;
  if (!first?.currency || amounts.some(({ currency }) => currency !== first.currency)) return "";
  const format = new Intl.NumberFormat("en", { style: "currency", currency: first.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amounts.reduce((sum, { cents }) => sum + cents, 0) / 10 ** digits);
}
