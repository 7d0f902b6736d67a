import { z } from "zod";
import type { PageContext } from "../../auth/page-session";
import { bodyOf, type Form, readForm, withFields } from "../ui/form";
import { asFarAsGood, filledIn } from "./draft-form";
import { uploadsIn } from "./image-upload";

/** Keeps empty fields as nulls, as the API expects. */
export const asSent = (values: unknown) => values;

/** Reads an editor's form with the API's schema. Uploaded images replace the URLs in their fields. */
export async function editedForm<S extends z.ZodType>(
  c: PageContext,
  schema: S,
  images: readonly string[] = [],
  read: (values: unknown) => unknown = filledIn,
): Promise<Form<z.output<S>>> {
  const { urls, errors } = await uploadsIn(c, images);
  const form = await readForm(
    c,
    z.preprocess((values) => read(withFields(Object(values), urls)), schema),
  );
  const values = withFields(form.values, urls);
  if (form.ok && Object.keys(errors).length === 0) return { ...form, values };
  return { ok: false, values, errors: { ...form.errors, ...errors } };
}

/** Reads an editor's unfinished form for a preview. Nothing is stored. */
export async function lookedAt<S extends z.ZodType>(
  c: PageContext,
  schema: S,
  read: (values: unknown) => unknown = filledIn,
): Promise<z.output<S> | null> {
  const { values } = await readForm(c, z.unknown());
  return asFarAsGood(schema, Object(read(values)));
}

/** The requested view of a preview, from its URL or form. The first one if it is unknown. */
export async function lookIn<L extends string>(c: PageContext, looks: readonly [L, ...L[]], name = "look"): Promise<L> {
  const sent = c.req.method === "POST" ? (await bodyOf(c))[`@${name}`] : c.req.query(name);
  return looks.find((look) => look === sent) ?? looks[0];
}
