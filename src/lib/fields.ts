import { z } from "zod";
import { comparableEmail, emailAddress } from "./email-address";
import { imageAt } from "./image-key";
import { readableName } from "./name";

// Schemas for the API's kinds of fields, shared by the inputs and outputs of all features.

/** If a domain has more characters before its mapping to ASCII than after it, some of them are invisible. */
const EMAIL_MAX_TYPED = 320;

const MAX_ID = Number.MAX_SAFE_INTEGER;

/** The message for a value that matches none of a field's accepted forms. */
const expected = (what: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? "is required" : `must be ${what}`),
});

/**
 * Zod's `int()` rejects large numbers with JavaScript's maximum safe integer as the limit, which means nothing to
 * users.
 */
const whole = (min: number, max: number) =>
  z.number().min(min).max(max).refine(Number.isInteger, "must be a whole number");

/** A positive integer, also accepted as a numeric string. */
export const Id = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^[0-9]{1,16}$/)
        .transform(Number),
    ],
    expected("a positive integer"),
  )
  .pipe(whole(1, MAX_ID))
  .meta({ type: "integer", minimum: 1, maximum: MAX_ID, example: 42 });

/** An integer in a range, also accepted as a numeric string. */
export const integer = (min: number, max: number) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^-?[0-9]{1,16}$/)
          .transform(Number),
      ],
      expected("a whole number"),
    )
    .pipe(whole(min, max))
    .meta({ type: "integer", minimum: min, maximum: max });

const NO_CONTROL = /^[^\p{Cc}\p{Cs}]*$/u;
const NO_NUL = /^[^\0\p{Cs}]*$/u;

export const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(NO_CONTROL, "must not contain control characters")
    .meta({ type: "string", maxLength: max });

/** A name for people to read. Invisible characters are removed; a name of nothing else is empty. */
export const Name = line(200).transform(readableName).meta({ type: "string", maxLength: 200 });

/** A required name. */
export const RequiredName = Name.refine((name) => name !== "", "must not be empty").meta({
  type: "string",
  minLength: 1,
  maxLength: 200,
});

/** An optional name: null if it is missing or invisible. */
export const OptionalName = Name.transform((name) => name || null).nullable();

/** A list of fonts, as in CSS. */
export const FontFamily = z
  .string()
  .max(200)
  .regex(/^[\p{L}\p{N} ,'"-]+$/u, "must be a list of font names")
  .meta({ type: "string", maxLength: 200, example: "Inter, system-ui, sans-serif" });

export const prose = (max: number) =>
  z.string().max(max).regex(NO_NUL, "must not contain NUL characters").meta({ type: "string", maxLength: max });

/** An email address, in the form that we store and compare. */
export const Email = z
  .string()
  .max(EMAIL_MAX_TYPED)
  .transform((text, c) => {
    const email = emailAddress(text);
    if (email === null) c.addIssue({ code: "invalid_format", format: "email" });
    return email ?? z.NEVER;
  })
  .meta({ type: "string", format: "email", maxLength: 254, example: "ada@example.com" });

/** An email address to look up. An invalid one matches nobody. */
export const SoughtEmail = z
  .string()
  .max(EMAIL_MAX_TYPED)
  .transform(comparableEmail)
  .meta({ type: "string", maxLength: EMAIL_MAX_TYPED });

/** The same in a query string, where programs that do not encode `+` send a space. */
export const QueriedEmail = z
  .string()
  .trim()
  .max(EMAIL_MAX_TYPED)
  .transform((text) => comparableEmail(text.replaceAll(" ", "+")))
  .meta({ type: "string", maxLength: EMAIL_MAX_TYPED });

/** An amount: dollars in the API, cents inside. `MoneyIn` converts dollars to cents, `dollars` converts back. */
export const MoneyIn = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^[0-9]{1,9}(\.[0-9]{1,2})?$/)
        .transform(Number),
    ],
    expected("an amount in dollars"),
  )
  .pipe(z.number().min(0).max(100_000_000))
  .refine((dollars) => Math.abs(dollars * 100 - Math.round(dollars * 100)) < 1e-6, "must have at most two decimals")
  .transform((dollars) => Math.round(dollars * 100))
  .meta({ type: "number", minimum: 0, maximum: 100_000_000, example: 12.5 });
export const dollars = (cents: number) => cents / 100;

/** The API's name of a column: `cash_cents` inside is `cash_value`, in dollars, in the API. */
export type Wire<Column> = Column extends `${infer Name}_cents` ? `${Name}_value` : Column;
type Column<Field> = Field extends `${infer Name}_value` ? `${Name}_cents` : Field;
type InDollars<R> = { [C in keyof R as Wire<C>]: R[C] };
type InCents<F> = { [N in keyof F as Column<N>]: F[N] };

export const columnOf = <F extends string>(field: F) => field.replace(/_value$/, "_cents") as Column<F>;

/** A row in the API's form: `_cents` columns become dollars, named `_value`. */
export const inDollars = <R extends object>(row: R) =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) =>
      column.endsWith("_cents")
        ? [column.replace(/_cents$/, "_value"), typeof value === "number" ? dollars(value) : value]
        : [column, value],
    ),
  ) as InDollars<R>;

/** Parsed fields under their columns' names. `MoneyIn` has already converted the amounts to cents. */
export const inCents = <F extends object>(fields: F) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [columnOf(name), value])) as InCents<F>;

/** A moment in ISO 8601, in UTC with milliseconds. */
export const TimeOut = z
  .date()
  .transform((date) => date.toISOString())
  .meta({ type: "string", format: "date-time", example: "2026-01-31T12:00:00.000Z" });

const ISO_TIME = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], expected("an ISO 8601 time"));

const OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/;

/** A moment in ISO 8601. A date alone means its first moment. A time without an offset is in UTC. */
export const TimeIn = ISO_TIME.transform(
  (text) => new Date(!text.includes("T") || OFFSET.test(text) ? text : `${text}Z`),
)
  .refine((date) => !Number.isNaN(date.getTime()), "must be an ISO 8601 time")
  .meta({ type: "string", format: "date-time", example: "2026-01-31T12:00:00.000Z" });

export const Color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "must be a color like #rrggbb")
  .toLowerCase()
  .meta({ type: "string", pattern: "^#[0-9a-fA-F]{6}$", example: "#1a73e8" });

const isUrl = (protocols: string[]) => (text: string) => {
  const url = URL.parse(text);
  return url !== null && protocols.includes(url.protocol) && url.hostname !== "" && !url.username && !url.password;
};

/** An absolute http or https URL without credentials. */
export const WebUrl = line(2000)
  .refine(isUrl(["http:", "https:"]), "must be an http or https URL")
  .meta({ type: "string", format: "uri", maxLength: 2000, example: "https://example.com/welcome" });

/** An upload to an installation on the user's own machine, which does not have https. */
function isUploadedLocally(text: string) {
  const url = isUrl(["http:"])(text) ? new URL(text) : null;
  return url !== null && ["127.0.0.1", "localhost"].includes(url.hostname) && imageAt(url.pathname) !== null;
}

/** Visitors' browsers fetch images, so they must be https. */
export const ImageUrl = line(2000)
  .refine((text) => isUrl(["https:"])(text) || isUploadedLocally(text), "must be an https URL")
  .meta({ type: "string", format: "uri", maxLength: 2000, example: "https://example.com/logo.png" });

export const Flag = z.boolean();

/** The page that a visitor came from or is on: any text up to 250 characters. */
export const ReferralUrl = line(250);
