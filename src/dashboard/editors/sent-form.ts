import type { z } from "zod";
import type { PageContext } from "../../auth/page-session";
import { bodyOf, typedIn } from "../ui/form";
import { asFarAsGood, filledIn } from "./draft-form";

/** Keeps empty fields as nulls, as the API expects. */
export const asSent = (values: unknown) => values;

/** Reads an editor's unfinished form for a preview. Nothing is stored. */
export async function lookedAt<S extends z.ZodType>(
  c: PageContext,
  schema: S,
  read: (values: unknown) => unknown = filledIn,
): Promise<z.output<S> | null> {
  return asFarAsGood(schema, Object(read(await typedIn(c))));
}

/** The requested view of a preview, from its URL or form. The first one if it is unknown. */
export async function lookIn<L extends string>(c: PageContext, looks: readonly [L, ...L[]], name = "look"): Promise<L> {
  const sent = c.req.method === "POST" ? (await bodyOf(c))[`@${name}`] : c.req.query(name);
  return looks.find((look) => look === sent) ?? looks[0];
}
