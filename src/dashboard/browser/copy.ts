const SAID_MS = 2000;

/** Copy buttons. Hidden without the script or a clipboard. */
export function enhanceCopies(root: ParentNode) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const { textContent: label, ariaLabel: name } = button;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
      button.textContent = "Copied";
      // Lets screen readers announce the visible label too.
      button.ariaLabel = null;
      setTimeout(() => {
        button.textContent = label;
        button.ariaLabel = name;
      }, SAID_MS);
    });
  }
}
