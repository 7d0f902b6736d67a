import { wordsOf } from "../../fraud/reasons.ts";
import { toReward } from "../../ledger/records/earned-reward";
import { toParticipant } from "../../ledger/records/participant";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { recipientHash } from "../../outbox/emails/recipient";
import { toConversion } from "../conversions/conversion";
import { creditHash } from "../credit";
import { canonicalEmail } from "../mailbox";
import { eraseParticipant } from "../participant-records";
import { participantsIn } from "../participant-search-store";
import { sharesWithDirect } from "../share-urls";
import type { PersonData, PersonErased, PersonRequest } from "./privacy-schema";
import * as store from "./privacy-store";

const CAMPAIGNS_AT_ONCE = 500;
/** Limited because each one is a call to a ledger. */
const ERASED_AT_ONCE = 50;
/** The maximum rows per list, for all campaigns of a request. */
const SHOWN_MAX = 5000;

/** A person's participants in the account's next campaigns. */
async function whereabouts(ctx: MemberCtx, { email, after }: PersonRequest) {
  const { memberId } = ctx.actor;
  const [rows] = await ctx.db.batch([store.campaignsAfter(ctx.db, memberId, after, CAMPAIGNS_AT_ONCE + 1)]);
  const campaignIds = rows.slice(0, CAMPAIGNS_AT_ONCE).map(({ id }) => id);
  const mailbox = canonicalEmail(email);
  const mailboxes = await Promise.all(
    campaignIds.map(async (campaign_id) => ({ campaign_id, mailbox: await creditHash(ctx.env, campaign_id, mailbox) })),
  );
  return { campaignIds, mailboxes, next_after: rows.length > campaignIds.length ? (campaignIds.at(-1) ?? null) : null };
}

/** Everything that the account stores about the person with this email address, which may be nothing. */
export async function personData(ctx: MemberCtx, request: PersonRequest): Promise<PersonData> {
  const { db, actor, env } = ctx;
  const { memberId } = actor;
  const { email } = request;
  const { campaignIds, mailboxes, next_after } = await whereabouts(ctx, request);
  const [members, invitations, purchases, suppressed] = await db.batch([
    store.membersOf(db, memberId, campaignIds, email),
    store.invitationsTo(db, memberId, campaignIds, email, SHOWN_MAX + 1),
    store.purchasesOf(db, memberId, mailboxes, SHOWN_MAX + 1),
    store.isSuppressed(db, memberId, await recipientHash(env, memberId, email)),
  ]);
  const ids = members.map(({ id }) => id);
  const [people, facts, aliases, versions, shares, invited, rewards, conversions, redemptions, emails, reviews] =
    await db.batch([
      participantsIn(db, memberId, ids),
      store.factsOf(db, memberId, ids),
      store.aliasesOf(db, memberId, ids),
      store.versionsOf(db, memberId, ids, SHOWN_MAX + 1),
      store.sharesOf(db, memberId, ids),
      store.invitationsBy(db, memberId, ids, SHOWN_MAX + 1),
      store.rewardsOf(db, memberId, ids, SHOWN_MAX + 1),
      store.conversionsOf(db, memberId, ids, SHOWN_MAX + 1),
      store.redemptionsOf(db, memberId, ids, SHOWN_MAX + 1),
      store.mailsTo(db, memberId, ids, SHOWN_MAX + 1),
      store.reviewsOf(db, memberId, ids),
    ]);
  const lists = {
    invitations,
    purchases,
    earlier_data: versions,
    invited_emails: invited,
    rewards,
    conversions,
    redemptions,
    emails,
  };
  const cut = Object.entries(lists).flatMap(([name, rows]) => (rows.length > SHOWN_MAX ? [name] : []));
  const ofThem = <R extends { participant_id: number | null }>(rows: R[]) =>
    Map.groupBy(rows.slice(0, SHOWN_MAX), ({ participant_id }) => participant_id);
  const by = {
    facts: new Map(facts.map((row) => [row.id, row])),
    aliases: Map.groupBy(aliases, ({ participant_id }) => participant_id),
    versions: ofThem(versions),
    shares: Map.groupBy(shares, ({ participant_id }) => participant_id),
    invited: ofThem(invited),
    rewards: ofThem(rewards),
    conversions: ofThem(conversions),
    redemptions: ofThem(redemptions),
    emails: ofThem(emails),
    reviews: Map.groupBy(reviews, ({ participant_id }) => participant_id),
  };
  const participants = await Promise.all(
    people.map(async (row) => ({
      ...(await toParticipant(ctx, row, row)),
      campaign_name: by.facts.get(row.id)?.campaign_name ?? "",
      language: by.facts.get(row.id)?.language ?? null,
      signed_up_themselves: by.facts.get(row.id)?.is_visitor === 1,
      confirmation: row.confirmation,
      aliases: (by.aliases.get(row.id) ?? []).map(({ code }) => code),
      earlier_data: (by.versions.get(row.id) ?? []).map(({ participant_id, ...data }) => data),
      shares: await sharesWithDirect(ctx, row, by.shares.get(row.id) ?? []),
      invited_emails: (by.invited.get(row.id) ?? []).map((invitation) => invitation.email),
      rewards: (by.rewards.get(row.id) ?? []).map(toReward),
      conversions: (by.conversions.get(row.id) ?? []).map(toConversion),
      redemptions: by.redemptions.get(row.id) ?? [],
      emails: by.emails.get(row.id) ?? [],
      reviews: (by.reviews.get(row.id) ?? []).map(toOwnReview),
    })),
  );
  return {
    email,
    exported_at: ctx.now(),
    participants,
    invitations: invitations.slice(0, SHOWN_MAX),
    purchases: purchases.slice(0, SHOWN_MAX).map(toConversion),
    is_unsubscribed: suppressed.length > 0,
    cut,
    next_after,
  };
}

/** Only the kinds of the reasons, because the exact codes would show fraudsters what to avoid. */
const toOwnReview = ({ id, state, score, reasons, by, note, ...dates }: OwnReviewRow) => ({
  about: id % 2 === 1 ? ("sales" as const) : ("referral" as const),
  state,
  score: score / 1000,
  kinds: [...new Set(reasons.map(({ code }) => wordsOf(code).kind))],
  date_opened: dates.date_opened,
  date_decided: dates.date_decided,
  decided_by: state === "open" ? null : by,
  note,
});
type OwnReviewRow = Awaited<ReturnType<typeof store.reviewsOf>>[number];

/**
 * Erases a person in all campaigns, and deletes invitations to their address and the metadata of their purchases. A
 * repeated request does not return what was already erased.
 */
export async function erasePerson(ctx: MemberCtx, request: PersonRequest): Promise<PersonErased> {
  const { memberId } = ctx.actor;
  const { campaignIds, mailboxes, next_after } = await whereabouts(ctx, request);
  const [members] = await ctx.db.batch([store.membersOf(ctx.db, memberId, campaignIds, request.email)]);
  const now = members.slice(0, ERASED_AT_ONCE);
  const left = members[ERASED_AT_ONCE];
  for (const { id } of now) await eraseParticipant({ ...ctx, requestEvent: `${ctx.requestEvent}_p${id}` }, id);
  const isWithin = (id: number) => left === undefined || id < left.campaign_id;
  const done = campaignIds.filter(isWithin);
  const [, dropped] = await commit(
    ctx,
    store.dropInvitationMails(ctx.db, memberId, done, request.email),
    store.dropInvitations(ctx.db, memberId, done, request.email),
    store.dropPurchaseData(
      ctx.db,
      memberId,
      mailboxes.filter(({ campaign_id }) => isWithin(campaign_id)),
    ),
  );
  return {
    erased: now.map(({ id }) => id),
    invitations: dropped.length,
    next_after: left === undefined ? next_after : left.campaign_id - 1,
  };
}
