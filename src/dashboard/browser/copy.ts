const SAID_MS = 2000;

/** Buttons that copy what they name. Hidden until there is a clipboard to copy to. */
export function enhanceCopies(root: ParentNode) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const { textContent: label, ariaLabel: name } = button;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
      button.textContent = "Copied";
      // Whoever hears the page is told the same as whoever sees it.
      button.ariaLabel = null;
      setTimeout(() => {
        button.textContent = label;
        button.ariaLabel = name;
      }, SAID_MS);
    });
  }
}
