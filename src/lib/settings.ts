import { z } from "zod";
import { Color, Flag, FontFamily, ImageUrl, integer, TimeIn } from "./fields";
import { richText } from "./richtext";

/**
 * A kind of setting: `in` parses a request's value into the stored JSON, `out` describes the response. Only settings
 * that were set are stored; all others get their defaults when read.
 */
type Kind = { in: z.ZodType; out: z.ZodType };

const TEXT_MAX = 10_000;

export const kinds = {
  text: { in: richText(TEXT_MAX), out: z.string() },
  color: { in: Color, out: z.string() },
  image: { in: ImageUrl.nullable(), out: z.string().nullable() },
  font: { in: FontFamily, out: z.string() },
  flag: { in: Flag, out: z.boolean() },
  count: { in: integer(0, 1_000_000_000), out: z.int() },
  moment: {
    in: TimeIn.transform((date) => date.toISOString()).nullable(),
    out: z.string().nullable().meta({ format: "date-time", example: "2026-01-31T12:00:00.000Z" }),
  },
};

export const oneOf = <const T extends readonly [string, ...string[]]>(
  meta: { id: string; description: string },
  ...values: T
) => {
  const choice = z.enum(values).meta(meta);
  return { in: choice, out: choice };
};

export const background = oneOf(
  { id: "BackgroundType", description: "How the background is filled." },
  "color",
  "image",
  "transparent",
);

export const wholeNumber = (min: number, max: number) => ({ in: integer(min, max), out: z.int() });

/** One side, `in` or `out`, of each field: the shape for a zod object. */
export const side = <F extends Record<string, Kind>, S extends keyof Kind>(fields: F, which: S) =>
  // Replaces each entry with its `in` or `out` side.
  Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, kind[which]])) as {
    [K in keyof F]: F[K][S];
  };
