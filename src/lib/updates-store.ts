import { type SQL, sql } from "drizzle-orm";
import { PARTS, type Stamped, stamped } from "../../drizzle/schema/stamps";
import { eventIdAt } from "./crypto";
import type { Db } from "./db";

/** A reader's position in one order: after the row with this number and id. */
type Place = { at: number; id: number };
/**
 * A reader's position for `updated_since`: in the order of unchanged rows, in the order of changed rows by
 * `updated_at`, and, for codes, in the order of their assignment. These orders only grow at the end. A changed row
 * moves to the end of the second one.
 */
export type Cursor = Place[];

/** A row may be committed this long after its timestamp, because server clocks differ and requests are repeated. */
export const SKEW_MS = 15 * 60_000;

/**
 * A list and the owner of the rows to read: the id of an account, campaign, or webhook, or an expression that is null
 * for no rows.
 */
export type Source = { list: Stamped; owner: number | SQL };

/** The rows of one order after a position: a table with an alias and its conditions. */
type Part = { from: SQL; at?: string; order: string };
/**
 * An order of a list: where its rows are, and, if its ids ascend with time, how to find the last row before a moment.
 */
type Order = {
  /** The rows after a position, at most `max` from each part that the order is merged from. */
  part: (owner: number | SQL, place: { at: number; id: number }, max: number) => Part;
  /** Whether a row counts in this order. */
  counts: (owner: number | SQL) => SQL;
  before?: (owner: number | SQL, moment: Date) => { rows: SQL; isBefore: SQL };
};

const UNCHANGED = sql`r.updated_at IS NULL`;
const ofOwner = (list: Stamped, owner: number | SQL) => sql`${sql.raw(`r.${stamped[list].owner} =`)} ${owner}`;

/** An order by an index on the owner and the row id. */
const byId = (list: Stamped, index: string, only: SQL, isBefore: (moment: Date) => SQL): Order => {
  const rows = (owner: number | SQL) =>
    sql`${sql.raw(`${list} r INDEXED BY ${index} WHERE`)} ${only} AND ${ofOwner(list, owner)}`;
  return {
    part: (owner, { id }) => ({ from: sql`${rows(owner)} AND r.id > ${id}`, order: "r.id" }),
    counts: () => UNCHANGED,
    before: (owner, moment) => ({ rows: rows(owner), isBefore: isBefore(moment) }),
  };
};

/** The highest code assigned so far. All lower codes are assigned too. */
const head = (campaign: number | SQL) =>
  sql`(SELECT s.last_coupon_id FROM campaign_stats s WHERE s.campaign_id = ${campaign})`;
const codes = byId("coupons", "coupons_of_campaign", sql`1`, (moment) => {
  return sql`coalesce((SELECT u.date_added FROM coupon_uploads u WHERE u.id = r.upload_id), 0) < ${moment.getTime()}`;
});

/** Rows that were never changed, in the order they were added, and codes that were only assigned, in that order. */
const fresh: Record<Stamped, Order> = {
  participants: byId("participants", "participants_of_member", sql`1`, (moment) => {
    return sql`r.signup_event < ${eventIdAt(moment)}`;
  }),
  deliveries: byId("deliveries", "deliveries_unstamped", UNCHANGED, (moment) => {
    return sql`r.event_id < ${eventIdAt(moment)}`;
  }),
  coupons: { ...codes, counts: (owner) => sql`(${UNCHANGED} AND r.id > ${head(owner)})` },
  rewards: {
    part: (owner, { at, id }) => ({
      from: sql`rewards r INDEXED BY rewards_of_member WHERE ${ofOwner("rewards", owner)} AND (r.date_earned, r.id) > (${at}, ${id})`,
      at: "r.date_earned",
      order: "r.date_earned, r.id",
    }),
    counts: () => UNCHANGED,
  },
  conversions: {
    part: (owner, { id }, max) => ({
      from: sql`campaigns c JOIN campaign_stats s ON s.campaign_id = c.id AND s.total_conversions > 0 AND c.member_id = ${owner}
        CROSS JOIN conversions r ON r.id IN (SELECT x.id FROM conversions x WHERE x.campaign_id = c.id AND x.id > ${id} ORDER BY x.id LIMIT ${max}) WHERE 1`,
      order: "r.id",
    }),
    counts: () => UNCHANGED,
    before: (_, moment) => ({ rows: sql`conversions r WHERE 1`, isBefore: sql`r.date_added < ${moment.getTime()}` }),
  },
};
const assigned: Order = {
  part: (owner, { id }) => ({
    from: sql`coupons r INDEXED BY coupons_of_campaign WHERE ${ofOwner("coupons", owner)} AND r.id > ${id} AND r.id <= ${head(owner)}`,
    order: "r.id",
  }),
  counts: () => UNCHANGED,
  before: (owner, moment) => ({
    rows: sql`coupons r INDEXED BY coupons_of_campaign WHERE ${ofOwner("coupons", owner)}`,
    isBefore: sql`coalesce(r.date_assigned < ${moment.getTime()}, 0)`,
  }),
};
const changed = (list: Stamped): Order => ({
  part: (owner, { at, id }) => ({
    from: sql`${sql.raw(`${list} r INDEXED BY ${list}_updated WHERE r.updated_at IS NOT NULL AND`)} ${ofOwner(list, owner)}
      AND (r.updated_at, r.id) > (${at}, ${id})`,
    at: "r.updated_at",
    order: "r.updated_at, r.id",
  }),
  counts: () => sql`1`,
});
const ordersOf = (list: Stamped) => [fresh[list], changed(list), ...(list === "coupons" ? [assigned] : [])];

/**
 * The highest id in `rows` (an alias `r` with conditions) from before a moment. A binary search reads one row per bit
 * of the highest id, no matter how many rows there are. Ids must ascend with time.
 */
export const lastBefore = (rows: SQL, isBefore: SQL): SQL => sql`WITH RECURSIVE half(id, step) AS (
    SELECT 0, 1 << 52
    UNION ALL
    SELECT id + step * coalesce((SELECT ${isBefore} FROM ${rows} AND r.id >= half.id + half.step ORDER BY r.id LIMIT 1), 0), step / 2
    FROM half WHERE step > 0)
  SELECT id FROM half WHERE step = 0`;

/**
 * The starting position for a reader who asks for changes since a moment: in each order, after the last row from well
 * before it.
 */
export async function cursorAt(db: Db, { list, owner }: Source, moment: Date): Promise<Cursor> {
  const at = Math.max(0, moment.getTime());
  const since = Math.max(0, at - SKEW_MS);
  const lasts = ordersOf(list).map((order) => {
    const before = order.before?.(owner, new Date(since));
    return db.all<{ id: number }>(before ? lastBefore(before.rows, before.isBefore) : sql`SELECT 0 AS id`);
  });
  const [first, ...others] = lasts;
  if (!first) return [];
  const found = await db.batch([first, ...others]);
  return found.map(([last], n) => ({
    at: n === 1 ? at * PARTS : n === 0 && list === "rewards" ? since : 0,
    id: last?.id ?? 0,
  }));
}

/** A row that a page reads, in order number `stream`. A row counts in exactly one order. */
export type Looked = { stream: number; at: number; id: number; counts: number };

/** The rows that a page reads, at most `max` from each order, as a table of `Looked`. */
export const lookedAt = ({ list, owner }: Source, cursor: Cursor, max: number): SQL =>
  sql`(${sql.join(
    ordersOf(list).map((order, n) => {
      const { from, at, order: by } = order.part(owner, cursor[n] ?? { at: 0, id: 0 }, max);
      return sql`SELECT * FROM (SELECT ${n} AS stream, ${sql.raw(at ?? "0")} AS at, r.id, ${order.counts(owner)} AS counts
        FROM ${from} ORDER BY ${sql.raw(by)} LIMIT ${max})`;
    }),
    sql` UNION ALL `,
  )})`;

export const lookedRows = (db: Db, rows: SQL) =>
  db.all<Looked>(sql`SELECT stream, at, id, counts FROM ${rows} ORDER BY stream, at, id`);
