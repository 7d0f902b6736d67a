import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { PARTS, type Stamped, stamped } from "../../drizzle/schema/stamps";
import { eventIdAt } from "./crypto";
import type { Db } from "./db";
import { invalid } from "./errors";
import { TimeIn } from "./fields";

/** Where a reader is in one order: behind the row with this number and id. */
type Place = { at: number; id: number };
/**
 * Where a reader of `updated_since` is. A row is in one of two orders: in that of rows that were never changed, or, by `updated_at`,
 * in that of the others. Both only grow at their ends, and a row that is changed moves to the end of the second.
 */
export type Cursor = { fresh: Place; changed: Place };

const CURSOR = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.(\d{1,16})$/;

function readCursor(text: string): Cursor | null {
  const numbers = CURSOR.exec(text)?.slice(1).map(Number);
  if (!numbers?.every(Number.isSafeInteger)) return null;
  const [freshAt = 0, freshId = 0, changedAt = 0, changedId = 0] = numbers;
  return { fresh: { at: freshAt, id: freshId }, changed: { at: changedAt, id: changedId } };
}

const writeCursor = ({ fresh, changed }: Cursor) => [fresh.at, fresh.id, changed.at, changed.id].join(".");

const ExactCursor = z.string().transform((text, ctx) => {
  const cursor = readCursor(text);
  if (cursor) return cursor;
  ctx.addIssue("must be an ISO 8601 time, or a `next_updated_since`");
  return z.NEVER;
});

/** A moment, or what the page before answered. */
export const UpdatedSince = z.union([TimeIn, ExactCursor], {
  error: "must be an ISO 8601 time, or the `next_updated_since` of a page",
});

/** Clocks of servers, and requests that were repeated: a row may be committed this long after the moment that it carries. */
export const SKEW_MS = 15 * 60_000;
/** How many rows of each order a page with filters looks at. */
const LOOKED_MAX = 1_000;

/** Rows that were never changed: by ids, which ascend with time, or by a date if all of them are from before `updated_at`. */
type Fresh = { index: string; where: string; date?: string; isBefore?: (moment: Date) => SQL };
const UNSTAMPED = "updated_at IS NULL";
const fresh: Record<Stamped, Fresh> = {
  participants: {
    index: "participants_of_member",
    where: "1",
    isBefore: (moment) => sql`r.signup_event < ${eventIdAt(moment)}`,
  },
  coupons: {
    index: "coupons_of_campaign",
    where: "1",
    isBefore: (moment) =>
      sql`coalesce((SELECT u.date_added FROM coupon_uploads u WHERE u.id = r.upload_id), 0) < ${moment.getTime()}`,
  },
  deliveries: {
    index: "deliveries_unstamped",
    where: UNSTAMPED,
    isBefore: (moment) => sql`r.event_id < ${eventIdAt(moment)}`,
  },
  rewards: { index: "rewards_unstamped", where: UNSTAMPED, date: "date_earned" },
  conversions: { index: "conversions_unstamped", where: UNSTAMPED, date: "date_added" },
};

/** A list, and whose rows of it are read: the id of an account, a campaign, or a webhook, or an expression that is null for no rows. */
export type Source = { list: Stamped; owner: number | SQL };

/**
 * The highest id of `rows`, an alias `r` with its conditions, from before a moment, by halving: a row is read for each bit of
 * their highest id, however many there are. Their ids ascend with time.
 */
export const lastBefore = (rows: SQL, isBefore: SQL): SQL => sql`WITH RECURSIVE half(id, step) AS (
    SELECT 0, 1 << 52
    UNION ALL
    SELECT id + step * coalesce((SELECT ${isBefore} FROM ${rows} AND r.id >= half.id + half.step ORDER BY r.id LIMIT 1), 0), step / 2
    FROM half WHERE step > 0)
  SELECT id FROM half WHERE step = 0`;

const freshRows = ({ list, owner }: Source, { index, where }: Fresh) =>
  sql`${sql.raw(`${list} r INDEXED BY ${index} WHERE ${where.replace("updated_at", "r.updated_at")} AND r.${stamped[list].owner} =`)} ${owner}`;

async function cursorAt(db: Db, source: Source, moment: Date): Promise<Cursor> {
  const at = Math.max(0, moment.getTime());
  const rows = fresh[source.list];
  const changed = { at: at * PARTS, id: 0 };
  if (!rows.isBefore) return { fresh: { at, id: 0 }, changed };
  const isBefore = rows.isBefore(new Date(at - SKEW_MS));
  const [[last]] = await db.batch([db.all<{ id: number }>(lastBefore(freshRows(source, rows), isBefore))]);
  return { fresh: { at: 0, id: last?.id ?? 0 }, changed };
}

/** The rows that a page looks at, of each order at most `max`: (stream, at, id, counts). Of both orders, a row counts in one. */
function lookedAt({ list, owner }: Source, cursor: Cursor, max: number): SQL {
  const of = sql.raw(`${stamped[list].owner} =`);
  const { index, where, date } = fresh[list];
  const behind = date
    ? sql`(${sql.raw(date)}, id) > (${cursor.fresh.at}, ${cursor.fresh.id})`
    : sql`id > ${cursor.fresh.id}`;
  return sql`(SELECT * FROM (SELECT 0 AS stream, ${sql.raw(date ?? "0")} AS at, id, ${sql.raw(UNSTAMPED)} AS counts
      FROM ${sql.raw(`${list} INDEXED BY ${index} WHERE ${where} AND`)} ${of} ${owner} AND ${behind}
      ORDER BY ${sql.raw(date ? `${date}, id` : "id")} LIMIT ${max})
    UNION ALL
    SELECT * FROM (SELECT 1, updated_at, id, 1 FROM ${sql.raw(`${list} INDEXED BY ${list}_updated WHERE updated_at IS NOT NULL AND`)} ${of} ${owner}
      AND (updated_at, id) > (${cursor.changed.at}, ${cursor.changed.id}) ORDER BY updated_at, id LIMIT ${max}))`;
}

type Looked = { stream: number; at: number; id: number; counts: number };

/** A page of what was added or changed: `rows` is a table (stream, at, id, counts) to join, `looked` the query of its rows. */
export type Updates = {
  rows: SQL;
  looked: ReturnType<Db["all"]>;
  /** @returns how to go on, after the rows that the page shows */
  after: (looked: Looked[], shown: { id: number }[]) => { next_updated_since: string; has_more: boolean };
};

type Query = { limit: number; page: number; after?: unknown; updated_since?: Date | Cursor | undefined };

/**
 * Begins a page of `updated_since`. `filters` are the only ones that it can be combined with.
 * @throws 400 for any other
 */
export async function updatesOf<Q extends Query>(
  db: Db,
  source: Source,
  query: Q & { updated_since: Date | Cursor },
  filters: (keyof Q)[],
) {
  const { limit, page, after, updated_since, ...rest } = query;
  const used = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const other = used.find((name) => !filters.includes(name as keyof Q));
  if (other) throw invalid("updated_since", `must not be combined with \`${other}\``);
  const cursor = updated_since instanceof Date ? await cursorAt(db, source, updated_since) : updated_since;
  const max = used.length > 0 ? LOOKED_MAX : limit;
  const rows = lookedAt(source, cursor, max);
  return {
    rows,
    looked: db.all<Looked>(sql`SELECT stream, at, id, counts FROM ${rows} ORDER BY stream, at, id`),
    after: (looked: Looked[], shown: { id: number }[]) => {
      const streams = [0, 1].map((n) => looked.filter(({ stream }) => stream === n));
      const lastShown = shown.at(-1)?.id;
      const stopped = shown.length === limit && looked.find(({ id, counts }) => counts === 1 && id === lastShown);
      const [first = cursor.fresh, second = cursor.changed] = streams.map((stream) => stream.at(-1));
      const next = {
        fresh: stopped && stopped.stream === 0 ? stopped : first,
        changed: stopped ? (stopped.stream === 0 ? cursor.changed : stopped) : second,
      };
      const isWhole = next.fresh.id === first.id && next.changed.id === second.id;
      return {
        next_updated_since: writeCursor(next),
        has_more: !isWhole || streams.some((stream) => stream.length === max),
      };
    },
  };
}
