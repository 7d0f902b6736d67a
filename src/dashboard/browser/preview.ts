const PAUSE_MS = 250;
const ADDRESS_MAX = 6000;

/** Updates previews as their form is filled in. Data too long for a URL is submitted with the refresh button. */
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
      // Replaces the frame's location, so the page's Back button is not affected.
      if (address.length < ADDRESS_MAX) frame.contentWindow?.location.replace(address);
      else form.requestSubmit(button);
    };
    // Listens on the document, because some of the form's fields are outside it.
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
