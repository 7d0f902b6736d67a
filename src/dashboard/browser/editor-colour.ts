const COLOUR = /^#[0-9a-f]{6}$/i;

/** Adds a color picker to each color field. */
export function enhanceColours(form: HTMLFormElement) {
  for (const field of form.querySelectorAll<HTMLInputElement>("input[data-colour]")) {
    const picker = document.createElement("input");
    picker.type = "color";
    picker.ariaLabel = `${field.labels?.[0]?.textContent ?? "Color"}: pick it`;
    const row = document.createElement("div");
    row.className = "colour";
    field.replaceWith(row);
    row.append(picker, field);
    const follow = () => {
      picker.value = COLOUR.test(field.value) ? field.value : (field.dataset.colour ?? "#000000");
    };
    follow();
    field.addEventListener("input", follow);
    picker.addEventListener("input", () => {
      field.value = picker.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
