const SAID_MS = 2000;

/** Buttons that copy what they name. Hidden until there is a clipboard to copy to. */
export function enhanceCopies(root: ParentNode) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
      button.textContent = "Copied";
      setTimeout(() => {
        button.textContent = label;
      }, SAID_MS);
    });
  }
}
