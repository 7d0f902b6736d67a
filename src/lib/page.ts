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
      description: "Starts at 1. Any value that is not a positive integer counts as 1.",
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
      .meta({ description: "With `updated_since`: its value for the next request, whenever you make it." }),
    has_more: z.boolean().optional().meta({
      description:
        "With `updated_since`: whether to request the next page right away. With filters, a page may be empty even though there is more.",
    }),
  })
  .meta({ id: "Pagination", description: "The position of this page in the list." });

export type Pagination = z.input<typeof Pagination>;

/** A list filter. An empty value does not filter, because programs send empty filters. */
export const filter = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional()).optional();

/** The same, with a default. */
export const filterOr = <T>(schema: z.ZodType<T>, fallback: T) =>
  filter(schema)
    .transform((value) => value ?? fallback)
    .meta({ default: fallback });

/** A filter by a moment. */
export const moment = (description: string) =>
  filter(TimeIn).meta({ type: "string", format: "date-time", description, example: "2026-01-31T12:00:00.000Z" });

/**
 * Pages of a list that can also be walked: `after` reverses the order, and each request continues after the row with
 * that ID. Rows added or deleted in the meantime do not shift other rows.
 */
export const WalkQuery = PageQuery.extend({
  after: filter(z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)).meta({
    type: "integer",
    minimum: 0,
    description:
      "Walks the list from its oldest row: start with 0, then send `pagination.next_after` until it is null. Does not skip or repeat rows while others are added or deleted. `page` is ignored.",
  }),
  updated_since: filter(UpdatedSince).meta({
    type: "string",
    example: "2026-01-31T12:00:00.000Z",
    description:
      "Returns rows added or changed since then. Start with an ISO 8601 time, then send each page's `pagination.next_updated_since`. It skips no change, and repeats a row only if it changed again. Continue right away while `has_more` is true, and keep the last value for next time. The first page may start up to 15 minutes earlier. Deleted rows are not listed; see the event log. `page` and `after` are ignored.",
  }),
});
export type WalkQuery = PageQuery & { after?: number | undefined; updated_since?: Date | Cursor | undefined };

/** A query for added or changed rows. */
export type Since<Q extends WalkQuery> = Q & { updated_since: Date | Cursor };

/** One page of a list, with the total over all pages. */
export type Page<T> = { rows: T[]; total: number };

/** Lists count their matches only up to this number, so counting never costs more than the page itself. */
export const COUNT_LIMIT = 10_000;

/** For the descriptions of lists that count this way. */
export const COUNTED =
  "The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full.";

/** Callers that continue until `totalPages` get every row, even if the count stopped early. */
export function pagination({ page, limit }: PageQuery, { rows, total }: Page<unknown>) {
  const counted = Math.ceil(total / limit);
  const seen = rows.length === 0 ? 0 : page + (rows.length === limit ? 1 : 0);
  return { page, limit, total, totalPages: total === COUNT_LIMIT ? Math.max(counted, seen) : counted };
}

/** A page of a list that can be walked. `lastLooked` is set if the search stopped there before the end of the list. */
export type WalkPage<T> = Page<T> & {
  lastLooked?: number | undefined;
  /** Where `updated_since` continues. */
  updates?: { next_updated_since: string; has_more: boolean } | undefined;
};

/** The pagination of a list that can be walked. */
export function walkPagination({ after, updated_since, ...query }: WalkQuery, page: WalkPage<{ id: number }>) {
  if (page.updates) return { ...pagination({ ...query, page: 1 }, page), ...page.updates };
  if (after === undefined) return pagination(query, page);
  const last = page.rows.length === query.limit ? page.rows.at(-1)?.id : page.lastLooked;
  const next_after = last ?? null;
  return { ...pagination({ ...query, page: 1 }, page), next_after };
}

export const offset = ({ page, limit, after }: PageQuery & { after?: number | undefined }) =>
  after === undefined ? (page - 1) * limit : 0;
