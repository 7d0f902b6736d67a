import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import {
  brands,
  campaignDrafts,
  campaigns,
  campaignWidgets,
  coupons,
  invitations,
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
import { IS_ASKED, idOfReview } from "../../ledger/records/review-id";
import { field, ifAny, ifAnyOf, listed } from "../../lib/columns";
import { DAY_MS } from "../../lib/day";
import type { Db } from "../../lib/db";
import { isStillFor } from "../notifications/notification-store";

/** Reward columns that emails do not use. D1 returns at most 100 columns. */
const {
  coupon_valid_until: _until,
  conversion_id: _conversion,
  payout_id: _payout,
  rule_id: _rule,
  ...inWords
} = rewardColumns;

/** Emails with their facts. Emails to erased participants and of deleted campaigns were already removed. */
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
        /** The live account, if this is its test mode. Its emails are recorded and not sent. */
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
        /** The friend in a `friend_joined` email. */
        friend_name: sql<
          string | null
        >`CASE WHEN ${mails.kind} = 'friend_joined' THEN (SELECT f.name FROM participants f
          WHERE f.id = CAST(${mails.detail} AS INTEGER) AND f.campaign_id = ${mails.campaign_id} AND f.status <> 'erased') END`.as(
          "friend_name",
        ),
        /** The number of friends who joined in the seven days before a recap. */
        week_friends: sql<number | null>`CASE WHEN ${mails.kind} = 'recap' THEN (SELECT count(*) FROM participants f
          WHERE f.invited_by = ${mails.participant_id} AND f.status = 'active' AND f.credit_event IS NOT NULL
            AND coalesce(f.date_invited, f.date_signedup) > ${mails.date_added} - ${7 * DAY_MS}) END`.as(
          "week_friends",
        ),
        status: ifAny(participants.status, "participant_status"),
        confirmation: ifAny(participants.confirmation, "confirmation"),
        /** Whether a review still waits for them to confirm their email. */
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

/** An account's newest test mode emails. Test mode emails are only recorded, never sent. */
export const newestTests = (db: Db, memberId: number, limit: number) =>
  withFacts(db)
    .where(and(eq(mails.member_id, memberId), IS_RECORDED))
    .orderBy(sql`${mails.id} DESC`)
    .limit(limit);

export const oneTest = (db: Db, memberId: number, id: number) =>
  withFacts(db).where(and(eq(mails.member_id, memberId), eq(mails.id, id), IS_RECORDED));

/** Must match the partial index of these emails. */
const IS_RECORDED = sql`${mails.provider_id} = 'test'`;

export const oneMail = (db: Db, id: number) => withFacts(db).where(eq(mails.id, id));
