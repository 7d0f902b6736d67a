const IMAGE = /^image\/(png|jpeg|webp|gif|svg\+xml)$/;

/**
 * File fields take files that are dropped on them. They show what was chosen: its name, its size, and a thumbnail of an image.
 * Browsers drop onto file fields by themselves; the script only says that they may.
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

/** As a data URL: our policy allows no `blob:` images. */
export const read = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
