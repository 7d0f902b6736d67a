import type { z } from "zod";

/** What a list's URL may ask for. */
export type ListSchema = z.ZodType<Record<string, unknown>>;

/** Where a reader is in a list is no part of a view. */
const PLACES = ["view", "page", "limit", "after", "before", "done"];

const parsed = (schema: ListSchema, asked: Record<string, unknown>) =>
  Object.entries(schema.parse(asked)).filter(([name, value]) => value !== undefined && !PLACES.includes(name));

/** What a list's URL asks for, in one form: what the list does not know is left out. */
export const viewQuery = (schema: ListSchema, asked: string) =>
  new URLSearchParams(
    parsed(schema, Object.fromEntries(new URLSearchParams(asked)))
      .map(([name, value]) => [name, String(value)])
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  ).toString();

/** The parameters in a list's URL that it does not know, or no longer. */
export function outdatedIn(schema: ListSchema, asked: string): [name: string, value: string][] {
  const sent = [...new URLSearchParams(asked)].filter(
    ([name, value]) => value !== "" && !name.startsWith("@") && !PLACES.includes(name),
  );
  const known = new Set(parsed(schema, Object.fromEntries(sent)).map(([name]) => name));
  return sent.filter(([name]) => !known.has(name));
}
