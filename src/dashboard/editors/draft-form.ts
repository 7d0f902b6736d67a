import type { z } from "zod";

type Values = Record<string, unknown>;
const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A single space in a field says: nothing at all. An empty field says: whatever is there when nobody says anything. */
const NOTHING = " ";

/** What a form of settings says: fields that were left empty are not in it, at any depth. */
export function filledIn(values: unknown): unknown {
  if (!isObject(values)) return values;
  const said = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(said.map(([name, value]) => [name, value === NOTHING ? "" : filledIn(value)]));
}

/** The reverse, for showing stored settings in a form. */
export function shownIn(settings: Values): Values {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      value === "" ? NOTHING : isObject(value) ? shownIn(value) : value,
    ]),
  );
}

/** As much of these values as the schema takes, for a look at something that is still being written. */
export function asFarAsGood<S extends z.ZodType>(schema: S, values: Values): z.output<S> | null {
  const read = schema.safeParse(values);
  if (read.success) return read.data;
  const bad = new Set(read.error.issues.map(({ path }) => path[0]));
  const rest = schema.safeParse(Object.fromEntries(Object.entries(values).filter(([name]) => !bad.has(name))));
  return rest.success ? rest.data : null;
}
