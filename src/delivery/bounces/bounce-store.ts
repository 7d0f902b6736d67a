import { sql } from "drizzle-orm";
import type { Db, Statement } from "../../lib/db";
import type { News } from "./news";

export type Noted = Pick<News, "provider_id" | "what"> & { mailbox: string };

const [DAY, WEEK] = [86_400_000, 7 * 86_400_000];
/** This many soft bounces in a row, without a successful delivery in between, are more than a temporary problem. */
const SOFT_MAX = 3;

/** The events as JSON, joined with their emails. Spans all accounts, for the queue. */
const withMails = (news: Noted[]) =>
  sql`json_each(${JSON.stringify(news)}) j CROSS JOIN mails m ON m.provider_id = j.value ->> 'provider_id'`;

/** Counts new bounces and complaints toward the day of the member whose campaign sent the email. */
export const countDay = (db: Db, news: Noted[], day: string): Statement =>
  db.run(sql`INSERT INTO mail_days (member_id, day, mails, bounces, complaints)
    SELECT m.member_id, ${day}, 0, sum(j.value ->> 'what' <> 'complaint'), sum(j.value ->> 'what' = 'complaint') FROM ${withMails(news)}
    WHERE m.campaign_id IS NOT NULL AND m.kind <> 'test' AND m.status = 'sent' AND j.value ->> 'what' IN ('hard_bounce', 'soft_bounce', 'complaint')
    GROUP BY m.member_id
    ON CONFLICT (member_id, day) DO UPDATE SET bounces = bounces + excluded.bounces, complaints = complaints + excluded.complaints`);

/**
 * Blocks mailboxes after bounces and complaints. A complaint blocks permanently. A hard bounce blocks for a week, and
 * permanently if it happens again. A soft bounce blocks for a day, and for a week from the third on. A repeated event
 * changes nothing.
 */
export const block = (db: Db, news: Noted[], now: Date): Statement => {
  const at = now.getTime();
  return db.run(sql`INSERT INTO blocked_mailboxes (mailbox, reason, until, date)
    SELECT j.value ->> 'mailbox', j.value ->> 'what',
      CASE j.value ->> 'what' WHEN 'hard_bounce' THEN ${at + WEEK} WHEN 'soft_bounce' THEN ${at + DAY} END, ${at}
    FROM json_each(${JSON.stringify(news)}) j WHERE j.value ->> 'what' IN ('hard_bounce', 'soft_bounce', 'complaint')
    ON CONFLICT (mailbox) DO UPDATE SET
      times = iif(reason = excluded.reason, times + 1, 1),
      until = CASE WHEN excluded.reason <> reason THEN excluded.until
        WHEN reason = 'soft_bounce' THEN iif(times + 1 < ${SOFT_MAX}, excluded.until, ${at + WEEK}) END,
      reason = excluded.reason, date = excluded.date
    WHERE until <= ${at} OR (until IS NOT NULL AND excluded.reason <> reason AND excluded.reason <> 'soft_bounce')`);
};

/** Shows the result on each email. */
export const mark = (db: Db, news: Noted[]): Statement =>
  db.run(sql`UPDATE mails SET error = n.what, status = CASE n.what WHEN 'complaint' THEN 'complained'
      WHEN 'hard_bounce' THEN 'bounced' WHEN 'soft_bounce' THEN 'bounced' ELSE 'failed' END
    FROM (SELECT m.id, j.value ->> 'what' AS what FROM ${withMails(news)}) n
    WHERE mails.id = n.id AND mails.status = 'sent'`);

/** The IDs that belong to a recorded email. */
export const known = (db: Db, news: Noted[]) =>
  db.all<{ provider_id: string }>(sql`SELECT m.provider_id FROM ${withMails(news)}`);
