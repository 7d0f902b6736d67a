import { sql } from "drizzle-orm";
import type { Db } from "../../lib/db";

/** The failures with one reason: in the last day, in the last week, and the latest. Times are in milliseconds. */
export type Failures = { status: string; error: string; day: number; week: number; last: number };

const FAILED = sql`status IN ('failed', 'bounced', 'complained')`;

/** Failed emails by reason, among the newest `most`. Spans all accounts, for the operator. */
export const failuresByCode = (db: Db, day: Date, week: Date, most: number) =>
  db.all<Failures>(sql`SELECT status, error, count(*) FILTER (WHERE date_added >= ${day.getTime()}) AS day, count(*) AS week, max(date_added) AS last
    FROM (SELECT status, coalesce(error, 'unknown') AS error, date_added FROM mails
      WHERE ${FAILED} AND date_added >= ${week.getTime()} ORDER BY date_added DESC LIMIT ${most})
    GROUP BY 1, 2 ORDER BY week DESC, error LIMIT 50`);

/** Makes emails that failed for this reason due again. Spans all accounts, for the operator. */
export const sendAgain = (db: Db, code: string, since: Date, now: Date, max: number) =>
  db.all<{
    id: number;
  }>(sql`UPDATE mails SET status = 'pending', attempts = 0, next_attempt_at = ${now.getTime()}, hinted_until = NULL, error = NULL
    WHERE id IN (SELECT id FROM mails WHERE ${FAILED} AND status = 'failed' AND date_added >= ${since.getTime()}
      AND coalesce(error, 'unknown') = ${code} ORDER BY date_added DESC LIMIT ${max})
    RETURNING id`);

/** Ends waiting emails that were added before this time. Spans all accounts, for the operator. */
export const skipOld = (db: Db, before: Date, max: number) =>
  db.all<{
    id: number;
  }>(sql`UPDATE mails SET status = 'failed', error = 'skipped', next_attempt_at = NULL, hinted_until = NULL
    WHERE id IN (SELECT id FROM mails WHERE status = 'pending' AND next_attempt_at IS NOT NULL AND date_added < ${before.getTime()} LIMIT ${max})
    RETURNING id`);
