import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { listed } from "../lib/columns";
import type { Db, Statement } from "../lib/db";
import { hasReached } from "../upkeep/database-mark-store";
import { isFree } from "./hold-store";
import type { Outcome } from "./outcome";
import type { Outbox } from "./queue";

/**
 * The columns that an outbox needs besides its own. A `pending` row waits for a round, a `sending` row belongs to one
 * round for good (see `Use`), and every other status is final. The sweep needs an index on `next_attempt_at` where
 * `status = 'pending'`.
 */
export type OutboxTable = SQLiteTable &
  Record<"id" | "status" | "next_attempt_at" | "hinted_until" | "leased_until" | "lease", SQLiteColumn>;

/** The column with a row's age, and the value of a time in it. */
export type Age = { column: SQLiteColumn; at: (moment: Date) => number | string };

/**
 * Leases the free, due rows, unless the outbox is on hold or the database is behind `mark`, which means that it was
 * restored. Spans all accounts, for the queue.
 */
export const takeLease = (db: Db, outbox: Outbox, ids: number[], lease: string, at: Date, mark: number): Statement => {
  const { table, leaseMs, name, countsFirst } = outbox;
  const now = at.getTime();
  const counted = countsFirst ? sql`, attempts = attempts + 1` : sql``;
  // The plus signs make SQLite look up the IDs instead of scanning the index of due rows.
  return db.run(sql`UPDATE ${table} SET lease = ${lease}, leased_until = ${now + leaseMs}${counted} WHERE id IN ${listed(ids)}
    AND +status = 'pending' AND +next_attempt_at <= ${now} AND coalesce(leased_until, 0) <= ${now} AND ${isFree(name, at)} AND ${hasReached(mark)}`);
};

/** A use's own columns: `read` selects them from an outcome's JSON (`value`), and `set` assigns them (from `o`). */
type Own = { read: SQL; set: SQL };

/** Records outcomes and ends the leases. A round that lost its lease records nothing. */
export const settle = (db: Db, { table }: Outbox, outcomes: Outcome[], lease: string, own: Own): Statement =>
  db.run(sql`UPDATE ${table} SET status = o.status, next_attempt_at = o.next_attempt_at, hinted_until = o.hinted_until,
      lease = NULL, leased_until = NULL, ${own.set}
    FROM (SELECT value ->> 'id' AS id, value ->> 'status' AS status, value ->> 'next_attempt_at' AS next_attempt_at,
      value ->> 'hinted_until' AS hinted_until, ${own.read} FROM json_each(${JSON.stringify(outcomes)})) o
    WHERE ${table}.id = o.id AND ${table}.lease = ${lease}`);

/**
 * Marks due rows without a pending message as hinted, unless the outbox is on hold, and returns their IDs. If two
 * sweeps overlap, only one gets each row. Spans all accounts, for the cron.
 */
export const pickDue = (
  db: Db,
  { table, name }: Outbox,
  at: Date,
  hintedUntil: number,
  looksAt: number,
  max: number,
) => {
  const now = at.getTime();
  return db.all<{ id: number }>(sql`UPDATE ${table} SET hinted_until = ${hintedUntil} WHERE id IN (SELECT id FROM (
      SELECT id, hinted_until, leased_until FROM ${table}
      WHERE status = 'pending' AND next_attempt_at <= ${now} AND ${isFree(name, at)} ORDER BY next_attempt_at LIMIT ${looksAt}
    ) WHERE coalesce(hinted_until, 0) <= ${now} AND coalesce(leased_until, 0) <= ${now} LIMIT ${max})
    RETURNING id`);
};

/** Deletes final rows from before that time, among the `looksAt` oldest. Spans all accounts, for the cron. */
export const dropFinished = (db: Db, { table, age }: Outbox, before: Date, looksAt: number) =>
  db.all<{ id: number }>(sql`DELETE FROM ${table} WHERE id IN (
      SELECT id FROM (SELECT id, status, ${age.column} AS age FROM ${table} ORDER BY id LIMIT ${looksAt})
      WHERE status NOT IN ('pending', 'sending') AND age < ${age.at(before)})
    RETURNING id`);
