import { z } from "zod";
import { TimeIn } from "./fields";
import { type Cursor, UpdatedSince } from "./updates";

const clamped = (fallback: number, max: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .catch(fallback)
    .transform((n) => Math.min(n, max));

const LIMIT_MAX = 100;

/** `?page=1&limit=20`. Larger limits become 100; anything but a positive integer becomes the default. */
export const pageQuery = (limit: number) =>
  z.object({
    page: clamped(1, 1_000_000_000).meta({
      type: "integer",
      default: 1,
      description: "Starts at 1. Anything that is not a positive integer is read as 1.",
    }),
    limit: clamped(limit, LIMIT_MAX).meta({
      type: "integer",
      default: limit,
      description: `1 to ${LIMIT_MAX}. Larger values are read as ${LIMIT_MAX}, anything that is not a positive integer as ${limit}.`,
    }),
  });
export const PageQuery = pageQuery(20);
export type PageQuery = z.infer<typeof PageQuery>;

export const Pagination = z
  .object({
    page: z.int(),
    limit: z.int(),
    total: z.int(),
    totalPages: z.int(),
    next_after: z
      .int()
      .nullable()
      .optional()
      .meta({ description: "With `after`: its value for the next request. Null at the end of the list." }),
    next_updated_since: z
      .string()
      .optional()
      .meta({ description: "With `updated_since`: its value for the next request, now or tomorrow." }),
    has_more: z.boolean().optional().meta({
      description:
        "With `updated_since`: whether to ask again at once. With filters, a page may be empty, and yet there is more.",
    }),
  })
  .meta({ id: "Pagination", description: "Which part of the list this is." });

export type Pagination = z.input<typeof Pagination>;

/** A filter of a list. An empty value does not filter, because programs send empty filters. */
export const filter = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional()).optional();

/** The same for what has a value where none is given. */
export const filterOr = <T>(schema: z.ZodType<T>, fallback: T) =>
  filter(schema)
    .transform((value) => value ?? fallback)
    .meta({ default: fallback });

/** A filter by a moment. */
export const moment = (description: string) =>
  filter(TimeIn).meta({ type: "string", format: "date-time", description, example: "2026-01-31T12:00:00.000Z" });

/**
 * Pages of a list that can also be walked: `after` turns it around, and each request goes on behind the row with that
 * ID. Rows that come and go meanwhile move no other row.
 */
export const WalkQuery = PageQuery.extend({
  after: filter(z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)).meta({
    type: "integer",
    minimum: 0,
    description:
      "Walks the list from its oldest row: start with 0, and go on with `pagination.next_after` until it is null. Neither skips nor repeats rows while others come and go. `page` is ignored.",
  }),
  updated_since: filter(UpdatedSince).meta({
    type: "string",
    example: "2026-01-31T12:00:00.000Z",
    description:
      "Rows that were added or changed since: an ISO 8601 time, then each page's `pagination.next_updated_since`, which skips no change and repeats no row unless it changed again. Go on at once while `has_more` is true, and keep the last value for the next time. The first page may begin up to 15 minutes earlier. Deleted rows are not listed: the log of events has them. `page` and `after` are ignored.",
  }),
});
export type WalkQuery = PageQuery & { after?: number | undefined; updated_since?: Date | Cursor | undefined };

/** A query that asks for what was added or changed. */
export type Since<Q extends WalkQuery> = Q & { updated_since: Date | Cursor };

/** One page of a list, with the total over all pages. */
export type Page<T> = { rows: T[]; total: number };

/** Lists count their matches only up to this number, so that counting never costs more than the page itself. */
export const COUNT_LIMIT = 10_000;

/** For the description of lists that count this way. */
export const COUNTED =
  "The total is counted up to 10,000. Beyond that, `totalPages` is one more than the requested page as long as that page is full.";

/** Callers who continue until `totalPages` get every row, even if the count stopped before the list's end. */
export function pagination({ page, limit }: PageQuery, { rows, total }: Page<unknown>) {
  const counted = Math.ceil(total / limit);
  const seen = rows.length === 0 ? 0 : page + (rows.length === limit ? 1 : 0);
  return { page, limit, total, totalPages: total === COUNT_LIMIT ? Math.max(counted, seen) : counted };
}

/** A page of a list that can be walked. `lastLooked` is set if the search ended there, and not at the end of the list. */
export type WalkPage<T> = Page<T> & {
  lastLooked?: number | undefined;
  /** How a list of `updated_since` goes on. */
  updates?: { next_updated_since: string; has_more: boolean } | undefined;
};

/** The same for a list that can be walked. */
export function walkPagination({ after, updated_since, ...query }: WalkQuery, page: WalkPage<{ id: number }>) {
  if (page.updates) return { ...pagination({ ...query, page: 1 }, page), ...page.updates };
  if (after === undefined) return pagination(query, page);
  const last = page.rows.length === query.limit ? page.rows.at(-1)?.id : page.lastLooked;
  const next_after = last ?? null;
  return { ...pagination({ ...query, page: 1 }, page), next_after };
}

export const offset = ({ page, limit, after }: PageQuery & { after?: number | undefined }) =>
  after === undefined ? (page - 1) * limit : 0;
