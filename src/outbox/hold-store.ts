import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { outboxHolds } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

export type Hold = typeof outboxHolds.$inferSelect;

const isOn = (now: Date) => or(isNull(outboxHolds.until), gt(outboxHolds.until, now));

/** A condition for statements on this outbox's rows: it is not on hold. SQLite evaluates it once per statement. */
export const isFree = (outbox: string, now: Date): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM ${outboxHolds} WHERE ${outboxHolds.outbox} = ${outbox} AND ${isOn(now)})`;

/** An active hold keeps its start time. */
export const put = (db: Db, hold: Hold): Statement =>
  db
    .insert(outboxHolds)
    .values(hold)
    .onConflictDoUpdate({
      target: [outboxHolds.outbox, outboxHolds.reason],
      set: {
        since: sql`iif(until IS NULL OR until > excluded.since, since, excluded.since)`,
        until: sql`excluded.until`,
        set_by: sql`excluded.set_by`,
      },
    });

export const drop = (db: Db, outbox: string, reason: string): Statement =>
  db.delete(outboxHolds).where(and(eq(outboxHolds.outbox, outbox), eq(outboxHolds.reason, reason)));

/** One row per outbox and reason, so only a few. */
export const on = (db: Db, now: Date) =>
  db.select().from(outboxHolds).where(isOn(now)).orderBy(outboxHolds.outbox, outboxHolds.reason);

export const one = (db: Db, outbox: string, reason: string) =>
  db
    .select()
    .from(outboxHolds)
    .where(and(eq(outboxHolds.outbox, outbox), eq(outboxHolds.reason, reason)));
