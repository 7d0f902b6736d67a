const IMAGE = /^image\/(png|jpeg|webp|gif|svg\+xml)$/;

/**
 * Lets people drop files onto file fields. Shows the chosen file's name, size, and, for an image, a thumbnail. Browsers
 * support dropping on their own; the script only makes it visible.
 */
export function enhanceDropzones(root: ParentNode) {
  for (const field of root.querySelectorAll<HTMLInputElement>('#main input[type="file"]')) {
    const said = document.createElement("span");
    said.className = "dropped";
    said.setAttribute("role", "status");
    field.after(said);
    for (const name of ["dragenter", "dragover"]) field.addEventListener(name, () => field.classList.add("over"));
    for (const name of ["dragleave", "drop"]) field.addEventListener(name, () => field.classList.remove("over"));
    field.addEventListener("change", () => tell(field, said));
  }
}

async function tell(field: HTMLInputElement, said: HTMLElement) {
  const [file] = field.files ?? [];
  said.replaceChildren();
  if (!file) return;
  const kilobytes = Math.max(1, Math.round(file.size / 1024)).toLocaleString("en");
  if (IMAGE.test(file.type)) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = await read(file);
    said.append(picture);
  }
  said.append(`${file.name}, ${kilobytes} kB`);
}

/** Reads a data URL, because our policy forbids `blob:` images. */
export const read = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
