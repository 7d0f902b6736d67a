import { and, eq, inArray, sql } from "drizzle-orm";
import { mailDays, mails } from "../../../drizzle/schema";
import { listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { emails } from "../../outbox/emails/email-outbox";
import { settle as settleRows } from "../../outbox/outbox-store";
import type { Standing } from "../../outbox/outcome";

/**
 * An email that is ready to send. `is_campaigns`: it counts toward the limits. `heeds`: it is not sent to recipients
 * who unsubscribed. `heeds_blocks`: it is not sent to blocked mailboxes.
 */
export type Ready = {
  id: number;
  recipient: string;
  mailbox: string;
  is_campaigns: boolean;
  heeds: boolean;
  heeds_blocks: boolean;
  /** The maximum number of emails that the member's campaigns may send today. */
  of_day: number;
  /** The maximum number of emails of this kind that the mailbox may get today, from all accounts. Null: no limit. */
  to_mailbox: number | null;
};
export type Caps = { perRecipient: number; since: number; day: string; until: number };

/**
 * Decides about each email in one transaction: it is `sending`, suppressed, or postponed because of a limit. Emails
 * marked `sending` are never leased again, even if this Worker dies. Reads all accounts, for the queue.
 */
export const release = (db: Db, ready: Ready[], lease: string, now: Date, leasedUntil: Date, caps: Caps): Statement =>
  db.run(sql`WITH ready AS (
      SELECT j.key AS n, m.id, m.member_id, m.campaign_id IS NULL AS is_ours, j.value ->> 'recipient' AS recipient,
        j.value ->> 'mailbox' AS mailbox, j.value ->> 'is_campaigns' AS is_campaigns, j.value ->> 'of_day' AS of_day, j.value ->> 'to_mailbox' AS to_mailbox,
        CASE WHEN j.value ->> 'heeds' AND EXISTS (
          SELECT 1 FROM suppressions s WHERE s.member_id = m.member_id AND s.email_hash = j.value ->> 'recipient') THEN 'unsubscribed'
        WHEN j.value ->> 'heeds_blocks' THEN (SELECT b.reason FROM blocked_mailboxes b WHERE b.mailbox = j.value ->> 'mailbox'
          AND (b.until IS NULL OR b.until > ${now.getTime()})) END AS unwanted
      FROM json_each(${JSON.stringify(ready)}) j CROSS JOIN mails m ON m.id = j.value ->> 'id' AND m.lease = ${lease} AND +m.status = 'pending'
    ),
    placed AS (
      SELECT r.*,
        row_number() OVER (PARTITION BY is_campaigns AND unwanted IS NULL, recipient ORDER BY n) + (
          SELECT count(*) FROM mails t WHERE t.recipient = r.recipient AND t.date_tried >= ${caps.since} AND t.id <> r.id) AS nth_to_recipient,
        row_number() OVER (PARTITION BY is_campaigns AND unwanted IS NULL, member_id ORDER BY n) + coalesce((
          SELECT d.mails FROM mail_days d WHERE d.member_id = r.member_id AND d.day = ${caps.day}), 0) AS nth_of_day,
        row_number() OVER (PARTITION BY is_ours, unwanted IS NULL, mailbox ORDER BY n) + (
          SELECT count(*) FROM mails t WHERE t.mailbox = r.mailbox AND t.date_tried >= ${caps.since} AND t.id <> r.id
            AND (t.campaign_id IS NULL) = r.is_ours) AS nth_to_mailbox
      FROM ready r
    ),
    decided AS (
      SELECT id, recipient, mailbox, unwanted, CASE WHEN unwanted IS NOT NULL THEN 'suppressed'
        WHEN is_campaigns AND (nth_to_recipient > ${caps.perRecipient} OR nth_of_day > of_day) THEN 'pending'
        WHEN nth_to_mailbox > to_mailbox THEN 'pending' ELSE 'sending' END AS status
      FROM placed
    )
    UPDATE mails SET status = d.status, recipient = d.recipient, mailbox = d.mailbox, held_for = NULL,
      error = CASE d.status WHEN 'suppressed' THEN d.unwanted WHEN 'pending' THEN 'capped' END,
      attempts = attempts - (d.status <> 'sending'), date_tried = iif(d.status = 'sending', ${now.getTime()}, date_tried),
      next_attempt_at = iif(d.status = 'pending', ${caps.until}, NULL), hinted_until = NULL,
      lease = iif(d.status = 'sending', lease, NULL), leased_until = iif(d.status = 'sending', ${leasedUntil.getTime()}, NULL)
    FROM decided d WHERE mails.id = d.id`);

/** Counts the released emails toward the member's day, and deletes days before `kept`. */
export const countDay = (db: Db, ids: number[], lease: string, day: string, kept: string): [Statement, Statement] => [
  db.run(sql`INSERT INTO mail_days (member_id, day, mails)
    SELECT m.member_id, ${day}, count(*) FROM json_each(${JSON.stringify(ids)}) j CROSS JOIN mails m ON m.id = j.value
    WHERE m.lease = ${lease} AND +m.status = 'sending' AND m.campaign_id IS NOT NULL AND +m.kind <> 'test' GROUP BY m.member_id
    ON CONFLICT (member_id, day) DO UPDATE SET mails = mails + excluded.mails`),
  db
    .delete(mailDays)
    .where(
      sql`member_id IN (SELECT m.member_id FROM json_each(${JSON.stringify(ids)}) j CROSS JOIN mails m ON m.id = j.value) AND day < ${kept}`,
    ),
];

/**
 * Subtracts released emails that the provider did not process from the member's day. Must come before `settle`, which
 * ends the lease.
 */
export const uncountDay = (db: Db, ids: number[], lease: string, day: string): Statement =>
  db.run(sql`UPDATE mail_days AS d SET mails = d.mails - o.n FROM (
      SELECT m.member_id, count(*) AS n FROM json_each(${JSON.stringify(ids)}) j CROSS JOIN mails m ON m.id = j.value
      WHERE m.lease = ${lease} AND m.campaign_id IS NOT NULL AND +m.kind <> 'test' GROUP BY m.member_id) o
    WHERE d.member_id = o.member_id AND d.day = ${day}`);

export const released = (db: Db, ids: number[], lease: string) =>
  db
    .select({ id: mails.id })
    .from(mails)
    .where(and(inArray(mails.id, listed(ids)), eq(mails.lease, lease), sql`+status = 'sending'`));

/** An email's outcome. Times are in milliseconds. */
export type Outcome = Standing<"pending" | "sent" | "failed" | "suppressed"> & {
  id: number;
  error: string | null;
  /** Why a due email is on hold. */
  held_for?: string;
  attempts: number;
  date_sent: number | null;
  provider_id: string | null;
};

export const settle = (db: Db, outcomes: Outcome[], lease: string): Statement =>
  settleRows(db, emails, outcomes, lease, {
    read: sql`value ->> 'error' AS error, value ->> 'attempts' AS attempts, value ->> 'date_sent' AS date_sent,
      value ->> 'provider_id' AS provider_id, value ->> 'held_for' AS held_for`,
    set: sql`error = o.error, held_for = o.held_for, attempts = o.attempts, date_sent = o.date_sent, provider_id = o.provider_id`,
  });

/**
 * Fails emails whose Worker never recorded an outcome. They may have been sent, so they are not retried. Reads all
 * accounts, for the cron.
 */
export const giveUpUnknown = (db: Db, now: Date): Statement =>
  db
    .update(mails)
    .set({ status: "failed", error: "outcome_unknown", lease: null, leased_until: null })
    .where(sql`status = 'sending' AND leased_until <= ${now.getTime()}`);
