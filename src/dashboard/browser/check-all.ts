/** Checkboxes that check all others with the same name. Hidden without the script. */
export function enhanceCheckAlls(root: ParentNode) {
  for (const all of root.querySelectorAll<HTMLInputElement>("input[data-check-all]")) {
    const boxes = [
      ...(all.form?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${all.dataset.checkAll}"]`) ?? []),
    ];
    const tell = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    for (const box of boxes) box.addEventListener("change", tell);
    tell();
  }
}
