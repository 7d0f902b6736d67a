const PAUSE_MS = 500;
const STEPS_MAX = 100;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Step = Map<Field, string | boolean>;

const isTicked = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
const isKept = (field: Element): field is Field =>
  (field instanceof HTMLInputElement && !["file", "hidden", "submit"].includes(field.type) && !!field.name) ||
  field instanceof HTMLTextAreaElement ||
  field instanceof HTMLSelectElement;

/** Undo and redo for the form. */
export function keepHistory(editor: HTMLElement, form: HTMLFormElement) {
  const undo = editor.querySelector<HTMLButtonElement>("[data-undo]");
  const redo = editor.querySelector<HTMLButtonElement>("[data-redo]");
  if (!undo || !redo) return;
  const now = (): Step =>
    new Map(
      [...form.elements]
        .filter(isKept)
        .filter(({ name }) => !name.startsWith("@"))
        .map((field) => [field, isTicked(field) ? field.checked : field.value]),
    );
  let steps = [now()];
  let at = 0;
  let waiting = 0;
  let isReplaying = false;

  const show = () => {
    undo.hidden = redo.hidden = false;
    undo.disabled = at === 0;
    redo.disabled = at === steps.length - 1;
  };
  const note = () => {
    clearTimeout(waiting);
    waiting = 0;
    const next = now();
    const last = steps[at];
    if (last && [...next].every(([field, value]) => last.get(field) === value)) return;
    steps = [...steps.slice(Math.max(0, at + 2 - STEPS_MAX), at + 1), next];
    at = steps.length - 1;
    show();
  };
  const go = (by: number) => {
    if (waiting) note();
    const step = steps[at + by];
    if (!step) return;
    at += by;
    isReplaying = true;
    for (const [field, value] of step) {
      if ((isTicked(field) ? field.checked : field.value) === value) continue;
      if (isTicked(field)) field.checked = Boolean(value);
      else field.value = String(value);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    isReplaying = false;
    show();
  };
  form.addEventListener("input", () => {
    if (isReplaying) return;
    clearTimeout(waiting);
    waiting = setTimeout(note, PAUSE_MS);
  });
  undo.addEventListener("click", () => go(-1));
  redo.addEventListener("click", () => go(1));
  show();
}
