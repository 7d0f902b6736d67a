import type { z } from "zod";

type Values = Record<string, unknown>;
const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** In a field, a single space means an empty text, and an empty field means the default. */
const NOTHING = " ";

/** Reads the values of a settings form, leaving out empty fields at any depth. */
export function filledIn(values: unknown): unknown {
  if (!isObject(values)) return values;
  const said = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(said.map(([name, value]) => [name, value === NOTHING ? "" : filledIn(value)]));
}

/** The reverse: shows stored settings in a form. */
export function shownIn(settings: Values): Values {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      value === "" ? NOTHING : isObject(value) ? shownIn(value) : value,
    ]),
  );
}

/** The values that the schema accepts, for a preview of settings while they are edited. Null if none are valid. */
export function asFarAsGood<S extends z.ZodType>(schema: S, values: Values): z.output<S> | null {
  const read = schema.safeParse(values);
  if (read.success) return read.data;
  const bad = new Set(read.error.issues.map(({ path }) => path[0]));
  const rest = schema.safeParse(Object.fromEntries(Object.entries(values).filter(([name]) => !bad.has(name))));
  return rest.success ? rest.data : null;
}
