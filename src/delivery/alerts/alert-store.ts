import { desc, eq, gte, sql } from "drizzle-orm";
import { alerts, deadLetters, members } from "../../../drizzle/schema";
import { utcDay } from "../../lib/day";
import type { Db, Statement } from "../../lib/db";

export type Alert = typeof alerts.$inferSelect;
type Found = { name: string; detail: string };

/** Raises alerts, or records that they continue. Each name has at most one open row. */
export const raise = (db: Db, found: Found[], now: Date): Statement =>
  db.run(sql`INSERT INTO alerts (name, detail, raised_at, seen_at)
    SELECT value ->> 'name', value ->> 'detail', ${now.getTime()}, ${now.getTime()} FROM json_each(${JSON.stringify(found)}) WHERE true
    ON CONFLICT (name) WHERE resolved_at IS NULL DO UPDATE SET detail = excluded.detail, seen_at = excluded.seen_at`);

/** Resolves alerts that no check has found since `unseenSince`. */
export const resolve = (db: Db, unseenSince: Date, now: Date): Statement =>
  db.run(
    sql`UPDATE alerts SET resolved_at = ${now.getTime()} WHERE resolved_at IS NULL AND seen_at <= ${unseenSince.getTime()}`,
  );

/**
 * Claims the messages that the operator should get: new alerts, open ones last sent before `again`, and resolved ones
 * that were sent before. If two runs overlap, only one gets each message.
 */
export const claim = (db: Db, now: Date, again: Date, until: Date, canTell: boolean) =>
  db
    .update(alerts)
    .set({ claimed_until: until })
    .where(
      sql`${canTell} AND coalesce(claimed_until, 0) <= ${now.getTime()} AND id IN (
        SELECT id FROM alerts WHERE resolved_at IS NULL AND coalesce(told_at, 0) <= ${again.getTime()}
        UNION ALL SELECT id FROM alerts WHERE resolved_at >= ${again.getTime()} AND told_at IS NOT NULL AND told_resolved_at IS NULL)`,
    )
    .returning();

/** Records that the operator was notified. */
export const noteTold = (db: Db, { id, resolved_at }: Alert, now: Date): Statement =>
  db
    .update(alerts)
    .set({ claimed_until: null, ...(resolved_at ? { told_resolved_at: now } : { told_at: now }) })
    .where(eq(alerts.id, id));

export const dropResolved = (db: Db, before: Date): Statement =>
  db.run(sql`DELETE FROM alerts WHERE resolved_at < ${before.getTime()}`);

/** Open alerts first, then the most recently resolved. */
export const newest = (db: Db, max: number) =>
  db.select().from(alerts).orderBy(sql`resolved_at IS NOT NULL`, desc(alerts.id)).limit(max);

export const deadLettersSince = (db: Db, since: Date) =>
  db
    .select({ letters: sql<number>`count(*)`.as("letters") })
    .from(deadLetters)
    .where(gte(deadLetters.date, since));

/**
 * The number of members whose campaign email was paused since then. A pause follows a bounce or complaint, which is
 * counted on its day.
 */
export const pausedSenders = (db: Db, since: Date) =>
  db.all<{ senders: number }>(sql`SELECT count(*) AS senders FROM (
      SELECT DISTINCT member_id FROM mail_days INDEXED BY mail_days_of WHERE day >= ${utcDay(since)}) counted
    CROSS JOIN members m ON m.id = counted.member_id WHERE m.sending_paused_at >= ${since.getTime()}`);

export type MailResults = { status: string; error: string | null; mails: number };

/** The results of the newest emails added or tried since, among the last `most`. Spans all accounts. */
export const mailResults = (db: Db, since: Date, most: number) =>
  db.all<MailResults>(sql`SELECT status, error, count(*) AS mails FROM mails
    WHERE id > (SELECT coalesce(max(id), 0) FROM mails) - ${most} AND coalesce(date_tried, date_added) >= ${since.getTime()} GROUP BY 1, 2`);

export type TransferTrouble = { failed: number; reason: string | null; stopped: number };

/**
 * Token transfers that failed since then, and the most frequent reason why the others are stopped in a wallet. Spans
 * all accounts.
 */
export const transferTrouble = (db: Db, since: Date, most: number) =>
  db.all<TransferTrouble>(sql`SELECT (SELECT count(*) FROM (SELECT 1 FROM transfers INDEXED BY transfers_failed
      WHERE state = 'failed' AND date_settled >= ${since.getTime()} LIMIT ${most})) AS failed,
    (SELECT reason FROM (SELECT reason FROM transfers INDEXED BY transfers_stopped WHERE state IN ('signing', 'sent') AND reason IS NOT NULL LIMIT ${most})
      GROUP BY reason ORDER BY count(*) DESC LIMIT 1) AS reason,
    (SELECT count(*) FROM (SELECT 1 FROM transfers INDEXED BY transfers_stopped WHERE state IN ('signing', 'sent') AND reason IS NOT NULL LIMIT ${most})) AS stopped`);

/** When the first account signed up. */
export const firstSignup = (db: Db) =>
  db.select({ date: members.date_signedup }).from(members).where(sql`id = (SELECT min(id) FROM members)`);
