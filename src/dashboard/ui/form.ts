import { zValidator } from "@hono/zod-validator";
import type { Context, Env } from "hono";
import { z } from "zod";
import { AppError, errorCodes, sentence } from "../../lib/errors";
import { saidOfFields } from "../../lib/refusals";
import { momentIn } from "../../lib/time-zone";

export type Values = Record<string, unknown>;

/**
 * A form's values as submitted, and its errors by field name ("" is the whole form). `seen` are the fingerprints of the
 * stored values that it shows, and `newer` the values that others saved since in fields that this form changes, too.
 */
type Filled = { values: Values; errors: Record<string, string>; seen?: string | undefined; newer?: Values };

/** A parsed form, or its errors. */
export type Form<T> = Filled & ({ ok: true; value: T } | { ok: false });

/** A form that was not submitted yet, empty or with stored values. */
export const blank = (values: Values = {}): Form<never> => ({ ok: false, values, errors: {} });

/** The form's fields as submitted, including lists and files. @throws 400 if the body is not a form */
export const bodyOf = (c: Context) =>
  c.req.parseBody({ all: true }).catch(() => {
    throw new AppError("invalid_request", "The form could not be read.");
  });

/**
 * Parses a form with the API's schema. Dots in names nest (`widget.color`), and an empty field is null. Checkboxes are
 * listed in `@flags`, and groups of them in `@lists`, because browsers do not send unchecked boxes. `@times` has each
 * time's field name, the time zone it was typed in, and the moment that was shown.
 */
export async function readForm<S extends z.ZodType>(c: Context, schema: S): Promise<Form<z.output<S>>> {
  const values = await typedIn(c);
  const read = schema.safeParse(values, { reportInput: true });
  if (read.success) return { ok: true, value: read.data, values, errors: {} };
  return { ok: false, values, errors: saidOfFields(read.error.issues) };
}

/** A form's values as typed. */
export const typedIn = async (c: Context) => valuesOf(await bodyOf(c));

/** Renders a form's page, with the typed values and the error beside each field. */
type Page<E extends Env> = (c: Context<E>, form: Form<unknown>) => Response | Promise<Response>;

/**
 * Validates a page's form with the API's schema. `page` renders refusals. `c.req.valid("form")` is the parsed value.
 */
export const takesForm = <S extends z.ZodType, E extends Env>(schema: S, page: Page<E>) => {
  const read = z.preprocess((body) => valuesOf(Object(body)), schema) as z.ZodType<z.output<S>>;
  return zValidator(
    "form",
    read,
    (result, c: Context) =>
      result.success
        ? undefined
        : page(c, { ok: false, values: valuesOf(Object(result.data)), errors: saidOfFields(result.error.issues) }),
    { validationFunction: (to, body) => to.safeParseAsync(body, { reportInput: true }) },
  );
};

/** A form's handlers: `takesForm`, then the form's action. `page` also renders refusals by business rules. */
export const submits = <S extends z.ZodType, E extends Env>(
  schema: S,
  page: Page<E>,
  run: (c: Context<E>, value: z.output<S>) => Promise<Response>,
) =>
  [
    takesForm(schema, page),
    async (c: Context<E, string, { out: { form: z.output<S> } }>) => {
      const value = c.req.valid("form");
      const { done, form } = await submit({ ok: true, value, values: {}, errors: {} }, () => run(c, value));
      return done ?? page(c, { ...form, values: await typedIn(c) });
    },
  ] as const;

/** Runs a form's action. Refusals by business rules come back as the form's errors; all other errors are thrown. */
export async function submit<T, R>(
  form: Form<T>,
  run: (value: T) => Promise<R>,
): Promise<{ done: R; form?: never } | { done?: never; form: Form<T> }> {
  if (!form.ok) return { form };
  try {
    return { done: await run(form.value) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "not_found" || errorCodes[error.code].status >= 429) throw error;
    const details = error.details ?? [{ path: FIELD_OF[error.code] ?? "", message: error.message }];
    const errors = Object.fromEntries(details.map(({ path, message }) => [path, sentence(message)]));
    return { form: { ok: false, values: form.values, errors, seen: form.seen } };
  }
}

/** Errors that always belong to one field. */
const FIELD_OF: Partial<Record<AppError["code"], string>> = {
  email_taken: "email",
  second_factor_required: "code",
  second_factor_wrong: "code",
  checkout_code_taken: "checkout_code",
  already_signed_up: "email",
  self_referral: "email",
  bad_code: "referral_code",
  unknown_referrer: "referral_code",
  code_incompatible: "referral_code",
  slug_taken: "slug",
  brand_limit: "url",
  bad_link: "link",
  paid_plan_required: "publish",
  token_not_allowed: "reward_type",
};

/** More times than any of our forms has. Each takes almost a millisecond, including on public pages. */
const TIMES_MAX = 20;

function valuesOf(body: Record<string, unknown>): Values {
  const values: Values = {};
  const listed = (name: string) => [body[name] ?? []].flat().map(String);
  for (const [name, sent] of Object.entries(body)) {
    if (name.startsWith("@")) continue;
    const last = Array.isArray(sent) ? sent.at(-1) : sent;
    put(values, name, last === "" ? null : last);
  }
  for (const [name = "", zone = "", shown] of listed("@times")
    .slice(0, TIMES_MAX)
    .map((time) => time.split(" "))) {
    const typed = valueAt(values, name);
    if (typeof typed === "string") put(values, name, momentIn(typed, zone, shown));
  }
  for (const name of new Set(listed("@flags"))) put(values, name, body[name] !== undefined);
  for (const name of new Set(listed("@lists"))) put(values, name, listed(name));
  return values;
}

/** Deeper than any of our forms. A name with deeper nesting is an attempt to waste CPU time. */
const LEVELS_MAX = 8;

/** A form's values with others in their place, by the fields' dotted names. */
export function withFields(values: Values, fields: Values): Values {
  const all = { ...values };
  for (const [name, value] of Object.entries(fields)) put(all, name, value);
  return all;
}

function put(values: Values, name: string, value: unknown) {
  const path = name.split(".", LEVELS_MAX + 1);
  const last = path.pop();
  if (last === undefined || path.length >= LEVELS_MAX || [...path, last].includes("__proto__")) return;
  let at = values;
  for (const key of path) {
    const inner = Object.hasOwn(at, key) && isObject(at[key]) ? at[key] : {};
    at[key] = inner;
    at = inner;
  }
  at[last] = value;
}

export const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null;

/** The value of a field by its dotted name. */
export function valueAt(values: Values, name: string): unknown {
  return name
    .split(".")
    .reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), values);
}
