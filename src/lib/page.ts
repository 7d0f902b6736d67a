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
  page: clamped(1, 1_000_000_000).meta({ type: "integer", minimum: 1, default: 1 }),
  limit: clamped(20, 100).meta({ type: "integer", minimum: 1, maximum: 100, default: 20 }),
});
export type PageQuery = z.infer<typeof PageQuery>;

export const Pagination = z
  .object({ page: z.int(), limit: z.int(), total: z.int(), totalPages: z.int() })
  .meta({ id: "Pagination" });

/** One page of a list, with the total over all pages. */
export type Page<T> = { rows: T[]; total: number };

export const pagination = ({ page, limit }: PageQuery, total: number) => ({
  page,
  limit,
  total,
  totalPages: Math.ceil(total / limit),
});

export const offset = ({ page, limit }: PageQuery) => (page - 1) * limit;

/** A filtered list's total is counted up to here and no further, so that no list costs more than it shows. */
export const COUNT_LIMIT = 10_000;
