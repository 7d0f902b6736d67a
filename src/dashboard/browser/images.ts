import { read } from "./dropzone";

/** Uploads images as soon as they are chosen, and fills in their URLs. */
export function enhanceImages(root: ParentNode) {
  for (const file of root.querySelectorAll<HTMLInputElement>("input[data-image]")) {
    const name = file.dataset.image ?? "";
    const field = file.form?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    const problem = file.form?.querySelector<HTMLElement>(`[data-image-problem="${name}"]`);
    file.addEventListener("change", async (event) => {
      event.stopPropagation();
      const [chosen] = file.files ?? [];
      if (!chosen || !field || !problem) return;
      problem.textContent = "";
      file.disabled = true;
      try {
        field.value = await uploaded(file.dataset.imageSide ? await fitted(chosen, +file.dataset.imageSide) : chosen);
        field.dispatchEvent(new Event("input", { bubbles: true }));
      } catch (error) {
        problem.textContent = error instanceof Refused ? error.message : "The upload failed. Try again.";
      }
      file.disabled = false;
      file.value = "";
    });
  }
}

class Refused extends Error {}

/**
 * Converts any picture that the browser can show to a PNG of at most `side` pixels, which every email app and the share
 * image can show. If the browser cannot show it, the server decides.
 */
async function fitted(file: File, side: number): Promise<File> {
  const picture = new Image();
  try {
    picture.src = await read(file);
    await picture.decode();
  } catch {
    return file;
  }
  // SVG drawings may have no size of their own.
  const [width, height] = [picture.naturalWidth || side, picture.naturalHeight || side];
  const isDrawing = file.type === "image/svg+xml";
  const scale = Math.min(side / Math.max(width, height), isDrawing ? Number.POSITIVE_INFINITY : 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return file;
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return made ? new File([made], "logo.png", { type: "image/png" }) : file;
}

async function uploaded(file: File): Promise<string> {
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch("/images", { method: "POST", body, headers: { Accept: "application/json" } });
  const { url, error } = await answer.json();
  if (!answer.ok) throw new Refused(typeof error === "string" ? error : "The upload failed.");
  return String(url);
}
