import { keepHistory } from "./editor-history";
import { enhancePlaces } from "./editor-places";
import { livePreview, scaleStages } from "./editor-preview";

/** Editors: live preview, undo and redo, color pickers, a warning about unsaved changes. */
export function enhanceEditors(root: ParentNode) {
  for (const editor of root.querySelectorAll<HTMLElement>("[data-editor]")) {
    scaleStages(editor);
    const form = editor.querySelector("form");
    if (!form) continue;
    const look = livePreview(editor, form);
    enhancePlaces(form);
    enhanceClears(form);
    keepHistory(editor, form);
    warnOfLoss(editor, form);
    form.addEventListener("input", look);
    for (const choice of editor.querySelectorAll('[name="@look"], [name="@as"]'))
      choice.addEventListener("change", look);
  }
}

/** Buttons that clear a field, so it uses the brand's value again. */
function enhanceClears(form: HTMLFormElement) {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-clear]")) {
    const field = form.elements.namedItem(button.dataset.clear ?? "");
    if (!(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
}

/** Warns before leaving with unsaved changes. Ctrl+S saves. */
function warnOfLoss(editor: HTMLElement, form: HTMLFormElement) {
  const told = editor.querySelector<HTMLElement>("[data-unsaved]");
  let isUnsaved = false;
  form.addEventListener("input", () => {
    isUnsaved = true;
    if (told) told.hidden = false;
  });
  form.addEventListener("submit", ({ submitter }) => {
    if (!(submitter instanceof HTMLButtonElement && submitter.formTarget)) isUnsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    form.requestSubmit(editor.querySelector<HTMLButtonElement>("[data-save]"));
  });
}
