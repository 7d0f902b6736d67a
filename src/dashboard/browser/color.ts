const COLOR = /^#[0-9a-f]{6}$/i;

/** Adds a color picker to each color field. */
export function enhanceColors(root: ParentNode) {
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-color]")) {
    const picker = document.createElement("input");
    picker.type = "color";
    picker.ariaLabel = `Pick ${field.labels?.[0]?.textContent ?? "Color"}`;
    const row = document.createElement("div");
    row.className = "color";
    field.replaceWith(row);
    row.append(picker, field);
    const follow = () => {
      picker.value = COLOR.test(field.value) ? field.value : (field.dataset.color ?? "#000000");
    };
    follow();
    field.addEventListener("input", follow);
    picker.addEventListener("input", () => {
      field.value = picker.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
