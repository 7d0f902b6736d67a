import { z } from "zod";
import { Colour, Flag, ImageUrl, integer, TimeIn } from "./fields";
import { richText } from "./richtext";

/**
 * Settings are stored as the JSON of those fields that were ever set; the others have their defaults when they are read.
 * A kind of field says how a request's value is read into that JSON, and how the answer shows it.
 */
type Kind = { in: z.ZodType; out: z.ZodType };

const TEXT_MAX = 10_000;

export const kinds = {
  text: { in: richText(TEXT_MAX), out: z.string() },
  colour: { in: Colour, out: z.string() },
  image: { in: ImageUrl.nullable(), out: z.string().nullable() },
  flag: { in: Flag, out: z.boolean() },
  count: { in: integer(0, 1_000_000_000), out: z.int() },
  moment: {
    in: TimeIn.transform((date) => date.toISOString()).nullable(),
    out: z.string().nullable().meta({ format: "date-time", example: "2026-01-31T12:00:00.000Z" }),
  },
};

export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) => ({
  in: z.enum(values),
  out: z.enum(values),
});

export const background = oneOf("color", "image", "transparent");

export const wholeNumber = (min: number, max: number) => ({ in: integer(min, max), out: z.int() });

/** The shape of a zod object: one side of each field. */
export const side = <F extends Record<string, Kind>, S extends keyof Kind>(fields: F, which: S) =>
  // The entries are those of `fields`, each replaced by one of its own sides.
  Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, kind[which]])) as {
    [K in keyof F]: F[K][S];
  };
