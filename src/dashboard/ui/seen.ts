import { crc32 } from "node:zlib";
import { blank, type Form, isObject, type Values, valueAt, withFields } from "./form";

/** The fingerprints of a form's values as it showed them, by field name. Empty fields have none. */
type Seen = Map<string, string>;

/** A form with stored values. It carries their fingerprints, so that saving it does not undo somebody else's change. */
export const shown = (stored: Values): Form<never> => ({ ...blank(stored), seen: seenOf(stored) });

/** The fingerprints as the form carries them. */
export const seenOf = (stored: Values) => [...printsOf(stored)].map((print) => print.join(":")).join(" ");

const seenIn = (text: string): Seen => new Map(text.split(" ").map((print) => print.split(":") as [string, string]));

/**
 * A submitted form on top of what is stored now. Fields that the person left alone get the stored values. `newer` has
 * the stored values of the fields that others changed as well, to something else. A choice counts as changed by the
 * person if they changed a field that depends on it.
 */
export function mergedWith(stored: Values, seen: string, sent: Values, choices: Choices = {}) {
  const [before, now] = [seenIn(seen), printsOf(stored)];
  const isMine = (name: string) => {
    const value = valueAt(sent, name);
    return value !== undefined && printOf(value) !== (before.get(name) ?? "");
  };
  const names = new Set([...before.keys(), ...now.keys(), ...printsOf(sent).keys()]);
  const taken: Values = {};
  const newer: Values = {};
  for (const name of names) {
    const value = valueAt(sent, name);
    if (value === undefined || before.get(name) === now.get(name) || printOf(value) === (now.get(name) ?? "")) continue;
    const parts = Object.hasOwn(choices, name) ? (choices[name] ?? []) : [];
    const dependents = [...names].filter((other) => parts.some((part) => `${other}.`.startsWith(`${part}.`)));
    if ([name, ...dependents].some(isMine)) newer[name] = valueAt(stored, name) ?? null;
    else taken[name] = asTyped(valueAt(stored, name), value);
  }
  return { values: withFields(sent, taken), newer };
}

/** A form's choices, and the fields that depend on them. */
export type Choices = Record<string, readonly string[]>;

/** A stored value as a browser sends it. `like` is what the field sent. */
function asTyped(value: unknown, like: unknown): unknown {
  if (typeof like === "boolean") return value === true;
  if (Array.isArray(value)) return value;
  if (Array.isArray(like)) return [];
  return textOf(value) || null;
}

function printsOf(values: Values, above = ""): Seen {
  return new Map(
    Object.entries(values).flatMap(([key, value]) => {
      const name = `${above}${key}`;
      if (isObject(value) && !Array.isArray(value) && !(value instanceof Date)) return [...printsOf(value, `${name}.`)];
      const print = printOf(value);
      return print === "" ? [] : [[name, print] as const];
    }),
  );
}

/** Detects accidents: whoever can send the form may change the field anyway. */
function printOf(value: unknown) {
  const text = textOf(value);
  return text === "" ? "" : crc32(new TextEncoder().encode(text)).toString(36);
}

/** The same for a stored value and for the form's. Checked boxes have no order; rows are numbered and may be empty. */
function textOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Date) return value.toISOString();
  if (!isObject(value)) return String(value).replace(/\r\n?/g, "\n");
  if (Array.isArray(value) && !value.some(isObject)) return value.map(String).sort().join("\n");
  const filled = Object.entries(value).flatMap(([key, inner]) => {
    const text = textOf(inner);
    return text === "" ? [] : [`${key}=${text}`];
  });
  return filled.sort().join("\n");
}
