import { type Form, isObject, type Values } from "./form";

/** What a person reads above a form that was not saved, because somebody changed the same fields. */
const CHANGED =
  "This was changed after you opened it, so nothing was saved yet. Compare the marked fields, then save again to keep what is entered here.";

const inWords = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(inWords).join(", ");
  if (isObject(value)) return Object.values(value).filter(Boolean).join(" ");
  return value === null || value === undefined ? "" : String(value);
};

const sentenceOf = (said: string) =>
  said === "" ? "Changed meanwhile. It is empty now." : `Changed meanwhile to: ${said}`;

/** The errors of a form whose fields others changed meanwhile, with the stored values. */
export const changedTo = (newer: Values): Record<string, string> => ({
  "": CHANGED,
  ...Object.fromEntries(Object.entries(newer).map(([name, value]) => [name, sentenceOf(inWords(value))])),
});

/** A field's error. `said` is the wording of its stored values, for changes by others. */
export const problemIn = (form: Form<unknown>, name: string, said: (value: unknown) => string = inWords) =>
  form.newer && Object.hasOwn(form.newer, name) ? sentenceOf(said(form.newer[name])) : form.errors[name];
