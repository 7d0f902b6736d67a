import { and, eq, type SQL, sql } from "drizzle-orm";
import { isKept, type mails, notificationChoices } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

/**
 * What nobody was told of yet, over all accounts, by an index: account_id, subject_id, label, value, mark, and whether it
 * `says` something. At most this many.
 */
export type Due = (now: Date, most: number) => SQL;
/** Notes that the rows of `Due` were told. */
export type Noted = (now: Date, most: number) => SQL;

const HOUR_MS = 3_600_000;

/** Campaigns whose codes became low or ran out, or were filled up since. */
export const codesLow: Due = (_now, most) =>
  sql`SELECT c.member_id AS account_id, c.id AS subject_id, c.name AS label, s.coupons_available AS value,
      s.coupons_total || '.' || s.coupon_alert AS mark, s.coupon_alert > 0 AS says
    FROM campaign_stats s INDEXED BY campaign_stats_untold CROSS JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.coupon_alert <> s.coupon_alert_told ORDER BY s.campaign_id LIMIT ${most}`;

export const noteCodesLow: Noted = (_now, most) =>
  sql`UPDATE campaign_stats SET coupon_alert_told = coupon_alert WHERE campaign_id IN (
    SELECT campaign_id FROM campaign_stats INDEXED BY campaign_stats_untold WHERE coupon_alert <> coupon_alert_told ORDER BY campaign_id LIMIT ${most})`;

const untold = (now: Date, most: number) =>
  sql`FROM webhooks w INDEXED BY webhooks_untold
    WHERE w.failing_since IS NOT w.failing_told AND w.failing_since <= ${now.getTime() - HOUR_MS} ORDER BY w.failing_since, w.id LIMIT ${most}`;

/** Webhooks that only failed for an hour. One that was disabled has an email of its own. */
export const webhooksFailing: Due = (now, most) =>
  sql`SELECT w.member_id AS account_id, w.id AS subject_id, w.link AS label, w.failing_since AS value, w.failing_since AS mark,
      w.status = 'active' AS says ${untold(now, most)}`;

export const noteWebhooksFailing: Noted = (now, most) =>
  sql`UPDATE webhooks SET failing_told = failing_since WHERE id IN (SELECT w.id ${untold(now, most)})`;

const reviewsDue = (now: Date, most: number) =>
  sql`FROM members a INDEXED BY members_reviews_due WHERE a.reviews_due_at <= ${now.getTime()} ORDER BY a.reviews_due_at, a.id LIMIT ${most}`;

/** Beyond this, the email says that there are more. */
export const REVIEWS_COUNTED = 1_000;

/** Accounts in which reviews were opened a while ago, so that those of a burst are told together. Once a day at most. */
export const reviewsWaiting: Due = (now, most) =>
  sql`SELECT d.id AS account_id, d.id AS subject_id, d.name AS label, d.waiting AS value, d.reviews_due_at AS mark, d.waiting > 0 AS says
    FROM (SELECT a.id, a.name, a.reviews_due_at, (SELECT count(*) FROM (SELECT 1 FROM reviews v INDEXED BY reviews_of_member
        WHERE v.member_id = a.id AND v.state = 'open' AND ${isKept(sql`v.campaign_id`)} LIMIT ${REVIEWS_COUNTED})) AS waiting
      ${reviewsDue(now, most)}) d`;

export const noteReviewsWaiting: Noted = (now, most) =>
  sql`UPDATE members SET reviews_due_at = NULL, reviews_told_at = ${now.getTime()} WHERE id IN (SELECT a.id ${reviewsDue(now, most)})`;

const failuresUntold = (most: number) =>
  sql`FROM subscriptions s INDEXED BY subscriptions_untold
    WHERE (s.status = 'past_due') <> s.failure_told ORDER BY s.member_id LIMIT ${most}`;

/** Plans whose last payment failed. Stripe tries again, so they go on for a while. */
export const paymentsFailed: Due = (_now, most) =>
  sql`SELECT s.member_id AS account_id, s.member_id AS subject_id, coalesce((SELECT p.name FROM plans p WHERE p.id = s.plan_id), 'Your') AS label,
      0 AS value, s.subscription || '.' || s.expiry AS mark, s.status = 'past_due' AS says ${failuresUntold(most)}`;

export const notePaymentsFailed: Noted = (_now, most) =>
  sql`UPDATE subscriptions SET failure_told = (status = 'past_due') WHERE member_id IN (SELECT s.member_id ${failuresUntold(most)})`;

type Batch = { name: string; origin: string; now: Date; mostAday: number };

/** An email about what is due, one for each account and everyone in it who has this switched on. */
export const insertDue = (db: Db, due: SQL, batch: Batch): Statement =>
  db.run(
    insertion(
      sql`SELECT account_id, min(subject_id || '.' || mark) AS mark,
        json_group_array(json_object('id', subject_id, 'label', label, 'value', value)) AS rows, NULL AS facts
      FROM (${due}) WHERE says GROUP BY account_id`,
      batch,
    ),
  );

/** Emails about one account that say these facts, to everyone in it who has this switched on. */
export const insertFacts = (
  db: Db,
  { account_id, mark, facts }: { account_id: number; mark: string; facts: object },
  batch: Batch,
): Statement =>
  db.run(
    insertion(
      sql`SELECT ${account_id} AS account_id, ${mark} AS mark, NULL AS rows, ${JSON.stringify(facts)} AS facts`,
      batch,
    ),
  );

/** Unless they chose, the account's own member gets everything, and others nothing. Nor do those who see only some brands. */
const insertion = (told: SQL, { name, origin, now, mostAday }: Batch) =>
  sql`WITH told AS MATERIALIZED (${told}), people AS (
      SELECT account_id, account_id AS person_id FROM told UNION ALL
      SELECT t.account_id, s.person_id FROM told t CROSS JOIN memberships s ON s.account_id = t.account_id AND s.brand_ids IS NULL)
    INSERT INTO mails (cause, kind, member_id, detail, origin, next_attempt_at, date_added)
    SELECT ${`notification:${name}:`} || a.id || ':' || p.id || ':' || t.mark, 'notification', p.id,
      json_patch(json_object('name', ${name}, 'account_id', a.id, 'account_name', a.name, 'zone', a.time_zone, 'rows', json(t.rows)), coalesce(t.facts, '{}')),
      ${origin}, ${now.getTime()}, ${now.getTime()}
    FROM told t CROSS JOIN members a ON a.id = t.account_id CROSS JOIN people q ON q.account_id = t.account_id CROSS JOIN members p ON p.id = q.person_id
    LEFT JOIN notification_choices c ON c.account_id = a.id AND c.person_id = p.id AND c.name = ${name}
    WHERE a.test_of IS NULL AND a.suspended_at IS NULL AND p.is_verified AND p.suspended_at IS NULL AND coalesce(c.is_on, p.id = a.id)
      AND (SELECT count(*) FROM mails m WHERE m.member_id = p.id AND m.kind = 'notification' AND m.participant_id IS NULL
        AND m.date_added > ${now.getTime() - 24 * HOUR_MS}) < ${mostAday}
    ON CONFLICT (cause) DO NOTHING`;

/**
 * Whether a notification that waits to be sent is still for its person: they may have left the team, see only some brands
 * since, or have switched it off.
 */
export const isStillFor = (mail: typeof mails) => {
  const account = sql`${mail.detail} ->> 'account_id'`;
  return sql<boolean>`CASE WHEN ${mail.kind} = 'notification' THEN
    (${account} = ${mail.member_id} OR EXISTS (SELECT 1 FROM memberships s
      WHERE s.account_id = ${account} AND s.person_id = ${mail.member_id} AND s.brand_ids IS NULL))
    AND NOT EXISTS (SELECT 1 FROM notification_choices c
      WHERE c.account_id = ${account} AND c.person_id = ${mail.member_id} AND c.name = ${mail.detail} ->> 'name' AND NOT c.is_on) END`;
};

/** What someone chose in an account. */
export const choices = (db: Db, accountId: number, personId: number) =>
  db
    .select({ name: notificationChoices.name, is_on: notificationChoices.is_on })
    .from(notificationChoices)
    .where(and(eq(notificationChoices.account_id, accountId), eq(notificationChoices.person_id, personId)));

/** Keeps what someone chose, if both are still there. */
export const choose = (
  db: Db,
  accountId: number,
  personId: number,
  chosen: { name: string; is_on: boolean }[],
): Statement =>
  db.run(sql`INSERT INTO notification_choices (account_id, person_id, name, is_on)
    SELECT a.id, p.id, j.value ->> 'name', j.value ->> 'is_on' FROM members a CROSS JOIN members p CROSS JOIN json_each(${JSON.stringify(chosen)}) j
    WHERE a.id = ${accountId} AND p.id = ${personId}
    ON CONFLICT (account_id, person_id, name) DO UPDATE SET is_on = excluded.is_on`);
