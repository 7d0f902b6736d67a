import type { SQL } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "./db";
import { invalid } from "./errors";
import { TimeIn } from "./fields";
import { type Cursor, cursorAt, type Looked, lookedAt, lookedRows, type Source } from "./updates-store";

export type { Cursor };

const CURSOR = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.(\d{1,16})(?:\.(\d{1,16}))?$/;

function readCursor(text: string): Cursor | null {
  const numbers = CURSOR.exec(text)
    ?.slice(1)
    .map((digits) => Number(digits ?? 0));
  if (!numbers?.every(Number.isSafeInteger)) return null;
  const [freshAt = 0, freshId = 0, changedAt = 0, changedId = 0, assignedId = 0] = numbers;
  return [
    { at: freshAt, id: freshId },
    { at: changedAt, id: changedId },
    { at: 0, id: assignedId },
  ];
}

/** The third order uses only ids. */
const writeCursor = ([fresh, changed, assigned]: Cursor) =>
  [
    ...[fresh, changed].flatMap((place) => [place?.at ?? 0, place?.id ?? 0]),
    ...(assigned?.id ? [assigned.id] : []),
  ].join(".");

const ExactCursor = z.string().transform((text, ctx) => {
  const cursor = readCursor(text);
  if (cursor) return cursor;
  ctx.addIssue("must be an ISO 8601 time, or a `next_updated_since`");
  return z.NEVER;
});

/** A moment, or the value that the previous page returned. */
export const UpdatedSince = z.union([TimeIn, ExactCursor], {
  error: "must be an ISO 8601 time, or the `next_updated_since` of a page",
});

/** How many rows a filtered page reads from each order. */
const LOOKED_MAX = 1_000;

/** A page of added or changed rows: `rows` is a table of `Looked` to join, `looked` the query for its rows. */
export type Updates = {
  rows: SQL;
  looked: ReturnType<typeof lookedRows>;
  /** @returns where to continue after the rows that the page shows */
  after: (looked: Looked[], shown: { id: number }[]) => { next_updated_since: string; has_more: boolean };
};

type Query = { limit: number; page: number; after?: unknown; updated_since?: Date | Cursor | undefined };

/** Starts a page of `updated_since`. It can only be combined with `filters`. @throws 400 for any other filter */
export async function updatesOf<Q extends Query>(
  db: Db,
  source: Source,
  query: Q & { updated_since: Date | Cursor },
  filters: (keyof Q)[],
): Promise<Updates> {
  const { limit, page, after, updated_since, ...rest } = query;
  const used = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const other = used.find((name) => !filters.includes(name as keyof Q));
  if (other) throw invalid("updated_since", `must not be combined with \`${other}\``);
  const cursor = updated_since instanceof Date ? await cursorAt(db, source, updated_since) : updated_since;
  const max = used.length > 0 ? LOOKED_MAX : limit;
  const rows = lookedAt(source, cursor, max);
  return {
    rows,
    looked: lookedRows(db, rows),
    after: (looked: Looked[], shown: { id: number }[]) => {
      const streams = cursor.map((_, n) => looked.filter(({ stream }) => stream === n));
      const lastShown = shown.at(-1)?.id;
      const stopped = shown.length === limit && looked.find(({ id, counts }) => counts === 1 && id === lastShown);
      const ends = cursor.map((place, n) => streams[n]?.at(-1) ?? place);
      const next = cursor.map((place, n) => {
        if (!stopped || n < stopped.stream) return ends[n] ?? place;
        return n === stopped.stream ? stopped : place;
      });
      const isWhole = next.every(({ id }, n) => id === ends[n]?.id);
      return {
        next_updated_since: writeCursor(next),
        has_more: !isWhole || streams.some((stream) => stream.length === max),
      };
    },
  };
}
