import { z } from "zod";

/** How many unknown names we return, and their maximum length. */
const [NAMES_MAX, NAME_MAX] = [20, 100];

/** The fields of a request body that its schema does not know, by path. */
export const Ignored = z
  .array(z.string())
  .meta({ description: "Unknown fields in the request, which were ignored; at most 20." });

/** The same for a query. */
export const IgnoredQuery = z
  .array(z.string())
  .meta({ description: "Unknown query parameters, which were ignored; at most 20." });

type Queried = { queries(): Record<string, string[]>; valid(target: "query"): object };

/** The first unknown parameters in a query, so a typo does not silently return everything. */
export function ignoredIn(req: Queried): string[] {
  const known = req.valid("query");
  return listed(Object.keys(req.queries()).filter((name) => !Object.hasOwn(known, name)));
}

const listed = (names: string[]) => names.slice(0, NAMES_MAX).map((name) => name.slice(0, NAME_MAX));

/** The first unknown fields in a JSON body, like `reward.amout`. */
export const ignoredOf = (schema: z.ZodObject, sent: unknown): string[] => listed(unknownIn(schema, sent));

function unknownIn({ shape }: z.ZodObject, sent: unknown): string[] {
  if (typeof sent !== "object" || sent === null) return [];
  return Object.entries(sent).flatMap(([name, value]) => {
    if (!Object.hasOwn(shape, name)) return [name];
    const inner = bare(shape[name]);
    return inner instanceof z.ZodObject ? unknownIn(inner, value).map((path) => `${name}.${path}`) : [];
  });
}

/** A field's schema without its optional wrappers. */
function bare(field: unknown): unknown {
  const isWrapped = field instanceof z.ZodOptional || field instanceof z.ZodNullable || field instanceof z.ZodDefault;
  return isWrapped ? bare(field.unwrap()) : field;
}
