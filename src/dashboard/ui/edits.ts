import type { Context, Env } from "hono";
import type { z } from "zod";
import { saidOfFields } from "../../lib/refusals";
import { bodyOf, type Form, submit, typedIn, type Values, withFields } from "./form";
import { changedTo } from "./newer";
import { type Choices, mergedWith, seenOf } from "./seen";

type Edit<S extends z.ZodType, E extends Env> = {
  schema: S;
  /** What is stored now, as the form shows it. */
  stored: (c: Context<E>) => Promise<Values>;
  /** Renders the form with the typed values and the error beside each field. */
  page: (c: Context<E>, form: Form<unknown>) => Response | Promise<Response>;
  run: (c: Context<E>, value: z.output<S>) => Promise<Response>;
  /** Stores the form's files. Their URLs replace the values of the fields with these names. */
  files?: (c: Context<E>) => Promise<{ urls: Record<string, string>; errors: Record<string, string> }>;
  /** Converts the values for the schema. */
  read?: (values: Values) => unknown;
  choices?: Choices;
};

/**
 * The handler of a form over stored settings. What others saved since the form was opened is kept. If they changed the
 * same field, nothing is saved, and the form comes back with 409 and both values. Saved again, it overwrites theirs.
 */
export const edits =
  <S extends z.ZodType, E extends Env>(edit: Edit<S, E>) =>
  async (c: Context<E>) => {
    const { done, form } = await submit(await editedForm(c, edit), (value) => edit.run(c, value));
    if (done) return done;
    const page = await edit.page(c, form);
    return form.newer ? new Response(page.body, { status: 409, headers: page.headers }) : page;
  };

async function editedForm<S extends z.ZodType, E extends Env>(
  c: Context<E>,
  { schema, stored, files, read = (values) => values, choices }: Edit<S, E>,
): Promise<Form<z.output<S>>> {
  const { urls, errors } = (await files?.(c)) ?? { urls: {}, errors: {} };
  const sent = withFields(await typedIn(c), urls);
  const before = (await bodyOf(c))["@seen"];
  const now = typeof before === "string" ? await stored(c) : null;
  const { values, newer } = now ? mergedWith(now, String(before), sent, choices) : { values: sent, newer: {} };
  const seen = now ? seenOf(now) : undefined;
  const parsed = schema.safeParse(read(values), { reportInput: true });
  const refused = { ...(parsed.error && saidOfFields(parsed.error.issues)), ...errors };
  if (Object.keys(newer).length > 0)
    return { ok: false, values, errors: { ...refused, ...changedTo(newer) }, seen, newer };
  return parsed.success && Object.keys(refused).length === 0
    ? { ok: true, value: parsed.data, values, errors: {}, seen }
    : { ok: false, values, errors: refused, seen };
}
