import type { z } from "zod";

/** The schema of a list's URL. */
export type ListSchema = z.ZodType<Record<string, unknown>>;

/** A reader's position in a list is not part of a view. */
const PLACES = ["view", "page", "limit", "after", "before", "done"];

const parsed = (schema: ListSchema, asked: Record<string, unknown>) =>
  Object.entries(schema.parse(asked)).filter(([name, value]) => value !== undefined && !PLACES.includes(name));

/** The query of a list's URL in one form, without parameters that the list does not know. */
export const viewQuery = (schema: ListSchema, asked: string) =>
  new URLSearchParams(
    parsed(schema, Object.fromEntries(new URLSearchParams(asked)))
      .map(([name, value]) => [name, String(value)])
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  ).toString();

/** Parameters in a list's URL that it does not, or no longer, know. */
export function outdatedIn(schema: ListSchema, asked: string): [name: string, value: string][] {
  const sent = [...new URLSearchParams(asked)].filter(
    ([name, value]) => value !== "" && !name.startsWith("@") && !PLACES.includes(name),
  );
  const known = new Set(parsed(schema, Object.fromEntries(sent)).map(([name]) => name));
  return sent.filter(([name]) => !known.has(name));
}
