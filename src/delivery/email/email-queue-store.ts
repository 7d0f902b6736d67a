import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import {
  brands,
  campaignDrafts,
  campaigns,
  campaignWidgets,
  coupons,
  invitations,
  mailDays,
  mails,
  members,
  participants,
  rewardColumns,
  rewards,
  teamInvitations,
  webhooks,
} from "../../../drizzle/schema";
import { brandName, kitColumn } from "../../campaigns/brand-kit-store";
import { shownReward } from "../../campaigns/reward/shown-reward-store";
import { IS_ASKED, idOfReview } from "../../ledger/review-id";
import { field, ifAny, ifAnyOf, listed } from "../../lib/columns";
import { DAY_MS } from "../../lib/day";
import type { Db, Statement } from "../../lib/db";
import { emails } from "../../outbox/emails/email-outbox";
import { settle as settleRows } from "../../outbox/outbox-store";
import type { Standing } from "../../outbox/outcome";
import { isStillFor } from "../notifications/notification-store";

/** What emails do not say of a reward. D1 returns at most 100 columns. */
const {
  coupon_valid_until: _until,
  conversion_id: _conversion,
  payout_id: _payout,
  rule_id: _rule,
  ...inWords
} = rewardColumns;

/** Emails with their facts. Erased participants and deleted campaigns are already missing from them. */
const withFacts = (db: Db) =>
  db
    .select({
      id: field(mails.id, "id"),
      kind: field(mails.kind, "kind"),
      cause: field(mails.cause, "cause"),
      member_id: field(mails.member_id, "member_id"),
      campaign_id: field(mails.campaign_id, "campaign_id"),
      origin: field(mails.origin, "origin"),
      status: field(mails.status, "status"),
      error: field(mails.error, "error"),
      held_for: field(mails.held_for, "held_for"),
      attempts: field(mails.attempts, "attempts"),
      date_added: field(mails.date_added, "date_added"),
      invitation_id: field(mails.invitation_id, "mails_invitation_id"),
      address: field(mails.address, "address"),
      detail: field(mails.detail, "detail"),
      is_still_for: isStillFor(mails).mapWith(Boolean).as("is_still_for"),
      member: {
        id: ifAny(members.id, "member"),
        email: ifAny(members.email, "member_email"),
        name: ifAny(members.name, "member_name"),
        is_verified: ifAny(members.is_verified, "member_is_verified"),
        password_hash: ifAny(members.password_hash, "member_password_hash"),
        date_signedup: ifAny(members.date_signedup, "member_date_signedup"),
        plan_expiry: ifAny(members.plan_expiry, "member_plan_expiry"),
        plan_price: sql<number | null>`(SELECT price_cents FROM plans WHERE plans.id = ${members.plan_id})`.as(
          "plan_price",
        ),
        suspended_at: ifAny(members.suspended_at, "member_suspended_at"),
        /** The account whose test mode this is. Its emails are recorded and sent to nobody. */
        test_of: ifAny(members.test_of, "member_test_of"),
        sending_paused_at: ifAny(members.sending_paused_at, "sending_paused_at"),
      },
      campaign: {
        name: ifAny(campaigns.name, "campaign_name"),
        goal_type: ifAny(campaigns.goal_type, "goal_type"),
        num_signups: ifAny(campaigns.num_signups, "num_signups"),
        num_visits: ifAny(campaigns.num_visits, "num_visits"),
        reward_type: ifAny(campaigns.reward_type, "campaign_reward_type"),
        reward_invited: ifAny(campaigns.reward_invited, "reward_invited"),
        shown_reward: shownReward(),
        campaign_entry_subject: ifAny(campaigns.campaign_entry_subject, "campaign_entry_subject"),
        campaign_entry_message: ifAny(campaigns.campaign_entry_message, "campaign_entry_message"),
        reward_notify_subject: ifAny(campaigns.reward_notify_subject, "reward_notify_subject"),
        reward_notify_message: ifAny(campaigns.reward_notify_message, "reward_notify_message"),
        twoway_reward_notify_subject: ifAny(campaigns.twoway_reward_notify_subject, "twoway_reward_notify_subject"),
        twoway_reward_notify_message: ifAny(campaigns.twoway_reward_notify_message, "twoway_reward_notify_message"),
        admitted_notify_subject: ifAny(campaigns.admitted_notify_subject, "admitted_notify_subject"),
        admitted_notify_message: ifAny(campaigns.admitted_notify_message, "admitted_notify_message"),
        widget: ifAny(campaignWidgets.settings, "widget"),
        draft: ifAny(campaignDrafts.settings, "draft"),
        domain: ifAny(brands.domain, "domain"),
        brand_name: brandName() as SQL.Aliased<string | null>,
        kit: kitColumn(),
        url: ifAny(brands.url, "url"),
        link_host: ifAny(brands.link_host, "link_host"),
        logo_url: ifAny(brands.logo_url, "logo_url"),
        reply_to: ifAny(brands.reply_to, "reply_to"),
        proven_at: ifAny(brands.proven_at, "proven_at"),
        suspended_at: ifAny(brands.suspended_at, "brand_suspended_at"),
      },
      participant: {
        id: ifAny(participants.id, "participant_id"),
        email: ifAny(participants.email, "email"),
        name: ifAny(participants.name, "name"),
        language: ifAny(participants.language, "participant_language"),
        referral_count: ifAny(participants.referral_count, "referral_count"),
        visit_count: ifAny(participants.visit_count, "visit_count"),
        click_count: ifAny(participants.click_count, "click_count"),
        /** The friend that `friend_joined` is about. */
        friend_name: sql<
          string | null
        >`CASE WHEN ${mails.kind} = 'friend_joined' THEN (SELECT f.name FROM participants f
          WHERE f.id = CAST(${mails.detail} AS INTEGER) AND f.campaign_id = ${mails.campaign_id} AND f.status <> 'erased') END`.as(
          "friend_name",
        ),
        /** The friends who joined in the seven days before a recap. */
        week_friends: sql<number | null>`CASE WHEN ${mails.kind} = 'recap' THEN (SELECT count(*) FROM participants f
          WHERE f.invited_by = ${mails.participant_id} AND f.status = 'active' AND f.credit_event IS NOT NULL
            AND coalesce(f.date_invited, f.date_signedup) > ${mails.date_added} - ${7 * DAY_MS}) END`.as(
          "week_friends",
        ),
        status: ifAny(participants.status, "participant_status"),
        confirmation: ifAny(participants.confirmation, "confirmation"),
        /** Whether a review still waits for them to confirm their address. */
        is_asked: sql<0 | 1 | null>`CASE WHEN ${mails.kind} = 'proof' THEN EXISTS (SELECT 1 FROM reviews v
          WHERE v.id = ${sql.raw(idOfReview("mails.participant_id"))} AND ${sql.raw(IS_ASKED)}) END`.as("is_asked"),
      },
      invitation: {
        id: ifAny(invitations.id, "invitation_id"),
        email: ifAny(invitations.email, "invited_email"),
        has_signedup: ifAny(invitations.has_signedup, "has_signedup"),
      },
      team_invitation: { email: ifAny(teamInvitations.email, "asked_email") },
      reward: ifAnyOf(inWords, "reward_"),
      webhook: { link: ifAny(webhooks.link, "webhook_link"), status: ifAny(webhooks.status, "webhook_status") },
    })
    .from(mails)
    .leftJoin(members, eq(members.id, mails.member_id))
    .leftJoin(campaigns, eq(campaigns.id, mails.campaign_id))
    .leftJoin(campaignWidgets, eq(campaignWidgets.campaign_id, campaigns.id))
    .leftJoin(
      campaignDrafts,
      and(eq(mails.kind, "test"), eq(campaignDrafts.campaign_id, mails.campaign_id), eq(campaignDrafts.kind, "mail")),
    )
    .leftJoin(brands, eq(brands.id, campaigns.brand_id))
    .leftJoin(participants, and(eq(participants.id, mails.participant_id), ne(participants.status, "erased")))
    .leftJoin(invitations, eq(invitations.id, mails.invitation_id))
    .leftJoin(teamInvitations, and(eq(mails.kind, "team_invitation"), eq(teamInvitations.id, mails.invitation_id)))
    .leftJoin(rewards, eq(rewards.id, mails.reward_id))
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .leftJoin(webhooks, eq(webhooks.id, mails.webhook_id));

/** The leased emails. Reads all accounts, for the queue. */
export const leased = (db: Db, ids: number[], lease: string) =>
  withFacts(db)
    .where(and(inArray(mails.id, listed(ids)), eq(mails.lease, lease)))
    .orderBy(mails.id);

export type Leased = Awaited<ReturnType<typeof leased>>[number];

/** The newest emails. Reads all accounts, for local development. */
export const newest = (db: Db, limit: number) => withFacts(db).orderBy(sql`${mails.id} DESC`).limit(limit);

/** The newest emails of an account's test mode. Of those, all were recorded and none was sent. */
export const newestTests = (db: Db, memberId: number, limit: number) =>
  withFacts(db)
    .where(and(eq(mails.member_id, memberId), IS_RECORDED))
    .orderBy(sql`${mails.id} DESC`)
    .limit(limit);

export const oneTest = (db: Db, memberId: number, id: number) =>
  withFacts(db).where(and(eq(mails.member_id, memberId), eq(mails.id, id), IS_RECORDED));

/** As in the index of these emails. */
const IS_RECORDED = sql`${mails.provider_id} = 'test'`;

export const oneMail = (db: Db, id: number) => withFacts(db).where(eq(mails.id, id));

/**
 * An email that could be sent. `is_campaigns`: it counts toward the limits. `heeds`: it is not sent to recipients who
 * unsubscribed. `heeds_blocks`: it is not sent to mailboxes that are blocked.
 */
export type Ready = {
  id: number;
  recipient: string;
  mailbox: string;
  is_campaigns: boolean;
  heeds: boolean;
  heeds_blocks: boolean;
  /** The most emails that the member's campaigns may send today. */
  of_day: number;
  /** The most emails like this one that the mailbox may get today, from everyone. Null: no limit. */
  to_mailbox: number | null;
};
export type Caps = { perRecipient: number; since: number; day: string; until: number };

/**
 * Decides about each email in one transaction: `sending`, suppressed, or later because a limit is reached. Emails
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

/** Counts the released emails toward the member's day and deletes the days before `kept`. */
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

/** Takes released emails that the provider did not look at back from the member's day. Put it before `settle`, which ends the lease. */
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

/** The outcome of an email. Times are in milliseconds. */
export type Outcome = Standing<"pending" | "sent" | "failed" | "suppressed"> & {
  id: number;
  error: string | null;
  /** Why the email is held although it is due. */
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
 * Fails emails whose Worker never recorded an outcome. They may have been sent, so they are not tried again. Reads all
 * accounts, for the cron.
 */
export const giveUpUnknown = (db: Db, now: Date): Statement =>
  db
    .update(mails)
    .set({ status: "failed", error: "outcome_unknown", lease: null, leased_until: null })
    .where(sql`status = 'sending' AND leased_until <= ${now.getTime()}`);
