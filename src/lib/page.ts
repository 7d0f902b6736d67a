import { z } from "zod";

const clamped = (fallback: number, max: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .catch(fallback)
    .transform((n) => Math.min(n, max));

/** `?page=1&limit=20`: larger limits are clamped to 100, what is not a positive integer reads as the default. */
export const PageQuery = z.object({
  page: clamped(1, 1_000_000_000).meta({
    type: "integer",
    default: 1,
    description: "From 1. What is no positive integer reads as 1.",
  }),
  limit: clamped(20, 100).meta({
    type: "integer",
    default: 20,
    description: "From 1 to 100. More reads as 100, what is no positive integer as 20.",
  }),
});
export type PageQuery = z.infer<typeof PageQuery>;

export const Pagination = z
  .object({ page: z.int(), limit: z.int(), total: z.int(), totalPages: z.int() })
  .meta({ id: "Pagination" });

/** A filter of a list. Programs that leave one empty filter nothing. */
export const filter = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional()).optional();

/** One page of a list, with the total over all pages. */
export type Page<T> = { rows: T[]; total: number };

/** A filtered list's total is counted up to here and no further, so that no list costs more than it shows. */
export const COUNT_LIMIT = 10_000;

/** For the description of a list that is counted so far. */
export const COUNTED =
  "The total is counted up to 10 000; beyond, `totalPages` is one more than the page that you asked for as long as that is full.";

/** Whoever goes on until `totalPages` misses no row where the count ended before the list. */
export function pagination({ page, limit }: PageQuery, { rows, total }: Page<unknown>) {
  const counted = Math.ceil(total / limit);
  const seen = rows.length === 0 ? 0 : page + (rows.length === limit ? 1 : 0);
  return { page, limit, total, totalPages: total === COUNT_LIMIT ? Math.max(counted, seen) : counted };
}

export const offset = ({ page, limit }: PageQuery) => (page - 1) * limit;
