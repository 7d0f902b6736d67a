import { and, eq, type SQL, sql } from "drizzle-orm";
import { brandAmongMany, isKept, type mails, notificationChoices } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

/**
 * The subjects that nobody was notified of yet, in all accounts, from an index: account_id, subject_id, label, value,
 * mark, and whether the email `says` something about them. At most `most`.
 */
export type Due = (now: Date, most: number) => SQL;
/** Records that the rows of `Due` were notified. */
export type Noted = (now: Date, most: number) => SQL;

const HOUR_MS = 3_600_000;

/** Campaigns whose codes ran low or ran out, or were refilled since. */
export const codesLow: Due = (_now, most) =>
  sql`SELECT c.member_id AS account_id, c.id AS subject_id, coalesce(c.name || ' · ' || ${brandAmongMany("c")}, c.name) AS label, s.coupons_available AS value,
      s.coupons_total || '.' || s.coupon_alert AS mark, s.coupon_alert > 0 AS says
    FROM campaign_stats s INDEXED BY campaign_stats_untold CROSS JOIN campaigns c ON c.id = s.campaign_id
    WHERE s.coupon_alert <> s.coupon_alert_told ORDER BY s.campaign_id LIMIT ${most}`;

export const noteCodesLow: Noted = (_now, most) =>
  sql`UPDATE campaign_stats SET coupon_alert_told = coupon_alert WHERE campaign_id IN (
    SELECT campaign_id FROM campaign_stats INDEXED BY campaign_stats_untold WHERE coupon_alert <> coupon_alert_told ORDER BY campaign_id LIMIT ${most})`;

const untold = (now: Date, most: number) =>
  sql`FROM webhooks w INDEXED BY webhooks_untold
    WHERE w.failing_since IS NOT w.failing_told AND w.failing_since <= ${now.getTime() - HOUR_MS} ORDER BY w.failing_since, w.id LIMIT ${most}`;

/** Webhooks that have failed for an hour without a success. A disabled webhook has its own email. */
export const webhooksFailing: Due = (now, most) =>
  sql`SELECT w.member_id AS account_id, w.id AS subject_id, w.link AS label, w.failing_since AS value, w.failing_since AS mark,
      w.status = 'active' AS says ${untold(now, most)}`;

export const noteWebhooksFailing: Noted = (now, most) =>
  sql`UPDATE webhooks SET failing_told = failing_since WHERE id IN (SELECT w.id ${untold(now, most)})`;

const reviewsDue = (now: Date, most: number) =>
  sql`FROM members a INDEXED BY members_reviews_due WHERE a.reviews_due_at <= ${now.getTime()} ORDER BY a.reviews_due_at, a.id LIMIT ${most}`;

/** Above this number, the email says "more than". */
export const REVIEWS_COUNTED = 1_000;

/** Accounts with reviews that were opened a while ago, so a burst makes one email. At most once a day. */
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

/** Plans whose last payment failed. They stay active for a while, because Stripe retries. */
export const paymentsFailed: Due = (_now, most) =>
  sql`SELECT s.member_id AS account_id, s.member_id AS subject_id, coalesce((SELECT p.name FROM plans p WHERE p.id = s.plan_id), 'Your') AS label,
      0 AS value, s.subscription || '.' || s.expiry AS mark, s.status = 'past_due' AS says ${failuresUntold(most)}`;

export const notePaymentsFailed: Noted = (_now, most) =>
  sql`UPDATE subscriptions SET failure_told = (status = 'past_due') WHERE member_id IN (SELECT s.member_id ${failuresUntold(most)})`;

type Batch = { name: string; origin: string; now: Date; mostAday: number };

/** Adds an email about what is due, for each account and each person in it who has this switch on. */
export const insertDue = (db: Db, due: SQL, batch: Batch): Statement =>
  db.run(
    insertion(
      sql`SELECT account_id, min(subject_id || '.' || mark) AS mark,
        json_group_array(json_object('id', subject_id, 'label', label, 'value', value)) AS rows, NULL AS facts
      FROM (${due}) WHERE says GROUP BY account_id`,
      batch,
    ),
  );

/** Adds emails about one account with these facts, for each person in it who has this switch on. */
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

/**
 * By default, the account's own member gets all notifications and others get none. People who see only some brands get
 * none either.
 */
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
 * Whether a waiting notification should still be sent: the person may have left the team, been limited to some brands,
 * or turned it off since.
 */
export const isStillFor = (mail: typeof mails) => {
  const account = sql`${mail.detail} ->> 'account_id'`;
  return sql<boolean>`CASE WHEN ${mail.kind} = 'notification' THEN
    (${account} = ${mail.member_id} OR EXISTS (SELECT 1 FROM memberships s
      WHERE s.account_id = ${account} AND s.person_id = ${mail.member_id} AND s.brand_ids IS NULL))
    AND NOT EXISTS (SELECT 1 FROM notification_choices c
      WHERE c.account_id = ${account} AND c.person_id = ${mail.member_id} AND c.name = ${mail.detail} ->> 'name' AND NOT c.is_on) END`;
};

/** A person's choices in an account. */
export const choices = (db: Db, accountId: number, personId: number) =>
  db
    .select({ name: notificationChoices.name, is_on: notificationChoices.is_on })
    .from(notificationChoices)
    .where(and(eq(notificationChoices.account_id, accountId), eq(notificationChoices.person_id, personId)));

/** Stores a person's choice, if the person and the account still exist. */
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
