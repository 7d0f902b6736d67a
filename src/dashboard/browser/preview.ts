const PAUSE_MS = 250;
const ADDRESS_MAX = 6000;

/** Previews that follow their form as it is filled in. What is too long for an address goes the button's way. */
export function enhancePreviews(root: ParentNode) {
  for (const frame of root.querySelectorAll<HTMLIFrameElement>("iframe[data-preview]")) {
    const form = document.getElementById(frame.dataset.preview ?? "");
    const button = frame.parentElement?.querySelector<HTMLButtonElement>("button[data-refresh]");
    if (!(form instanceof HTMLFormElement) || !button) continue;
    const fields = new Set(frame.dataset.fields?.split(" "));
    button.hidden = true;
    let timer: ReturnType<typeof setTimeout>;
    const refresh = () => {
      const seen = [...new FormData(form)].filter(
        (field): field is [string, string] => fields.has(field[0]) && typeof field[1] === "string",
      );
      const address = `${button.formAction}?${new URLSearchParams(seen)}`;
      // Replaced, so that the browser's way back stays that of the page.
      if (address.length < ADDRESS_MAX) frame.contentWindow?.location.replace(address);
      else form.requestSubmit(button);
    };
    // Not only the form's own elements: some stand beside it.
    document.addEventListener("input", (event) => {
      const { target } = event;
      if (
        !(
          target instanceof HTMLInputElement ||
          target instanceof HTMLTextAreaElement ||
          target instanceof HTMLSelectElement
        )
      )
        return;
      if (target.form !== form || !fields.has(target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(refresh, PAUSE_MS);
    });
  }
}
