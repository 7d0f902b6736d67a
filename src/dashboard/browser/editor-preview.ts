const PAUSE_MS = 350;

/**
 * Updates the preview shortly after each change. Each update loads in a new frame, which replaces the old one when it
 * is ready: nothing flickers, and the browser's history and the scroll position stay the same.
 */
export function livePreview(editor: HTMLElement, form: HTMLFormElement): () => void {
  const button = editor.querySelector<HTMLButtonElement>("button[data-preview]");
  const stage = editor.querySelector<HTMLElement>("[data-stage]");
  if (!button || !stage) return () => {};
  button.hidden = true;
  let waiting = 0;
  let count = 0;

  const look = () => {
    const shown = stage.querySelector("iframe:not(.coming)");
    if (!(shown instanceof HTMLIFrameElement)) return;
    for (const late of stage.querySelectorAll("iframe.coming")) late.remove();
    const coming = document.createElement("iframe");
    coming.name = `${button.dataset.preview}-${++count}`;
    coming.title = shown.title;
    coming.className = "coming";
    coming.setAttribute("sandbox", "allow-same-origin");
    stage.append(coming);
    coming.addEventListener("load", () => {
      if (coming.contentWindow?.location.href === "about:blank") return;
      const from = shown.contentWindow;
      if (from) coming.contentWindow?.scrollTo(from.scrollX, from.scrollY);
      coming.className = "";
      shown.remove();
    });
    button.hidden = false;
    button.formTarget = coming.name;
    form.requestSubmit(button);
    button.hidden = true;
  };
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  };
}

/** Scales a desktop-width preview to the available space. A phone's width fits as it is. */
export function scaleStages(editor: HTMLElement) {
  const stage = editor.querySelector<HTMLElement>("[data-stage]");
  const room = stage?.parentElement;
  if (!stage || !room) return;
  // A phone is too small to read a desktop page.
  const phone = editor.querySelector<HTMLInputElement>('[name="@width"][value="phone"]');
  if (phone && matchMedia("(max-width: 760px)").matches) phone.checked = true;
  new ResizeObserver(() => {
    stage.style.setProperty("--desktop-scale", String(Math.min(1, room.clientWidth / Number(stage.dataset.stage))));
  }).observe(room);
}
