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
        field.value = await uploaded(chosen);
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

async function uploaded(file: File): Promise<string> {
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch("/images", { method: "POST", body, headers: { Accept: "application/json" } });
  const { url, error } = await answer.json();
  if (!answer.ok) throw new Refused(typeof error === "string" ? error : "The upload failed.");
  return String(url);
}
