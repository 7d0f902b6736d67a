import { z } from "zod";
import type { PageContext } from "../../auth/page-session";
import { bodyOf, type Form, readForm } from "../ui/form";
import { asFarAsGood, filledIn } from "./draft-form";
import { uploadsIn } from "./image-upload";

/** A form as it was sent, without what empty fields mean elsewhere: they are nulls, as the API has them. */
export const asSent = (values: unknown) => values;

/** An editor's form, read by the schema of the API, with the images that came along in place of their addresses. */
export async function editedForm<S extends z.ZodType>(
  c: PageContext,
  schema: S,
  images: readonly string[] = [],
  read: (values: unknown) => unknown = filledIn,
): Promise<Form<z.output<S>>> {
  const { urls, errors } = await uploadsIn(c, images);
  const form = await readForm(
    c,
    z.preprocess((values) => read({ ...Object(values), ...urls }), schema),
  );
  const values = { ...form.values, ...urls };
  if (form.ok && Object.keys(errors).length === 0) return { ...form, values };
  return { ok: false, values, errors: { ...form.errors, ...errors } };
}

/** What an editor's form holds so far, for a look at it. It changes nothing and is noted nowhere. */
export async function lookedAt<S extends z.ZodType>(
  c: PageContext,
  schema: S,
  read: (values: unknown) => unknown = filledIn,
): Promise<z.output<S> | null> {
  const { values } = await readForm(c, z.unknown());
  return asFarAsGood(schema, Object(read(values)));
}

/** Which of its looks a preview is asked for, by its address or its form. The first one when it is none of them. */
export async function lookIn<L extends string>(c: PageContext, looks: readonly [L, ...L[]], name = "look"): Promise<L> {
  const sent = c.req.method === "POST" ? (await bodyOf(c))[`@${name}`] : c.req.query(name);
  return looks.find((look) => look === sent) ?? looks[0];
}
