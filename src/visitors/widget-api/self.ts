import { isOf, isOfEmail } from "../../auth/token";
import { askLedger } from "../../ledger/client";
import { toReward } from "../../ledger/records/earned-reward";
import { linkOrigin } from "../../ledger/records/landing";
import { toParticipant } from "../../ledger/records/participant";
import { EMAIL, referralCode, shareUrl } from "../../ledger/records/referral-code";
import type { Goal } from "../../ledger/signups/outcome";
import { goalOf } from "../../ledger/signups/outcome";
import type { Ctx, ParticipantCtx } from "../../lib/ctx";
import { inMajorUnits } from "../../lib/currency";
import { DAY_MS } from "../../lib/day";
import { commit } from "../../lib/db";
import { AppError } from "../../lib/errors";
import { shownName } from "../../lib/shown-name";
import { invitationMails, mailParticipant } from "../../outbox/emails/email";
import { hintMails } from "../../outbox/emails/email-outbox";
import { idsOf } from "../../outbox/queue";
import { rankOf, shortName } from "../../participants/leaderboard";
import * as store from "../../participants/participant-store";
import { balancesOf, toBalance } from "../../participants/redemptions/redemption";
import { limitOf, reviewedRewardsOf, rewardsOfParticipant, toLimit } from "../../participants/rewards/reward-records";
import { channelLinks } from "../../participants/share-urls";
import { storedPlace, toPlace } from "../../participants/waitlist/place";
import { friendsOf, wordOf } from "./friends-store";
import { ownReward } from "./own-reward";
import { wordUrl } from "./word-url";

const INVITATIONS_PER_DAY = 50;
/** Counts invitations from all of the campaign's participants. */
const INVITATIONS_PER_RECIPIENT = 3;

/** Participants who must confirm their email need a token that came through it, and only after they have confirmed. */
const isOpen = (confirmation: "waiting" | "confirmed" | null, isProven: boolean) =>
  confirmation === null || (confirmation === "confirmed" && isProven);

/**
 * The token's participant.
 * @throws 401 if the participant was erased, has not confirmed their email, or joined, confirmed, or changed their
 * email after the token was issued; or if the campaign was deleted
 */
async function self(ctx: ParticipantCtx) {
  const { campaignId, participantId, isProven, issued } = ctx.actor;
  const [[row], rewards, reviewed, place, credit, limits, friends, [word]] = await ctx.db.batch([
    store.ownParticipant(ctx.db, campaignId, participantId),
    rewardsOfParticipant(ctx, participantId),
    reviewedRewardsOf(ctx, participantId),
    storedPlace(ctx, participantId),
    balancesOf(ctx, participantId),
    limitOf(ctx, participantId),
    friendsOf(ctx.db, campaignId, participantId, FRIENDS_SHOWN),
    wordOf(ctx.db, participantId),
  ]);
  if (!row || !isOf(issued, row) || !isOfEmail(issued, row) || !isOpen(row.confirmation, isProven))
    throw new AppError("unauthenticated", "This participant token is no longer valid.");
  return {
    row,
    rewards,
    reviewed: new Map(
      reviewed.map(({ id, is_asked }) => [id, is_asked === 1 ? ("asked" as const) : ("open" as const)]),
    ),
    waitlist: toPlace(place),
    credit: credit.map(toCredit),
    limit: toLimit(limits),
    friends: friends.map(toFriend),
    word: word?.code ?? null,
  };
}

/** The participant's row. @throws 401 as for `self` */
export const demandSelf = async (ctx: ParticipantCtx) => (await self(ctx)).row;

const FRIENDS_SHOWN = 20;

const toFriend = ({ name, is_waiting, at }: { name: string | null; is_waiting: 0 | 1; at: number }) => ({
  name: shortName(name),
  status: is_waiting === 1 ? ("waiting" as const) : ("joined" as const),
  date_joined: new Date(at).toISOString(),
});

function toCredit(row: Parameters<typeof toBalance>[0]) {
  const { currency, balance } = toBalance(row);
  return { currency, amount: balance, value: inMajorUnits(balance, currency) };
}

export async function ownNumbers(ctx: ParticipantCtx) {
  const { row, word, reviewed, ...more } = await self(ctx);
  const rank = await rankOf(ctx, row.campaign_id, row.id);
  const goal: Goal = goalOf(row, row);
  const links = await channelLinks(ctx, row, row);
  // Our page shows this name, and the person who signed the participant up may have typed it.
  const name = shownName(row.name);
  return {
    ...(await toParticipant(ctx, row, row)),
    ...(word !== null && { share_url: wordUrl(linkOrigin(ctx.origin, row), row.campaign_id, word) }),
    ...more,
    name,
    links,
    goal,
    rewards: more.rewards.map((one) => ownReward(toReward(one), reviewed.get(one.id) ?? null)),
    rank,
  };
}

/** Records that the participant shared on a channel. Repeating it changes nothing. */
export async function shareOn(ctx: ParticipantCtx, social_type: number) {
  const { campaignId, participantId } = ctx.actor;
  await self(ctx);
  await noteShare(ctx, social_type);
  const of = { campaign_id: campaignId, social_type, participant_id: participantId };
  return { social_type, url: shareUrl(ctx.origin, await referralCode(ctx.env, of)) };
}

function noteShare(ctx: ParticipantCtx, social: number) {
  const { campaignId, participantId } = ctx.actor;
  const item = {
    kind: "share" as const,
    id: ctx.requestEvent,
    at: ctx.now().getTime(),
    participant_id: participantId,
    social,
    origin: ctx.origin,
  };
  return askLedger(ctx, campaignId, (ledger) => ledger.share(item));
}

type OldLink = { campaignId: number; participantId: number; issued: Date };

/**
 * Sends participants a new link to their own page, or a confirmation link if they have not confirmed their email: at
 * most three per day. Sends nothing to erased or blocked participants.
 */
export async function renewLink(ctx: Ctx, { campaignId, participantId, issued }: OldLink) {
  const [[row]] = await ctx.db.batch([store.ownParticipant(ctx.db, campaignId, participantId)]);
  if (row && isOf(issued, row))
    await mailParticipant(ctx, row.confirmation === "waiting" ? "confirm" : "magic_link", participantId);
}

/**
 * Sends invitations by email, within the limits per participant and day, and per recipient. The response does not
 * reveal who was invited before or is already a participant. Inviting counts as sharing by email.
 * @throws 403 `email_not_allowed`
 */
export async function inviteByMail(ctx: ParticipantCtx, emails: string[]) {
  const { row } = await self(ctx);
  if (!row.allow_email) throw new AppError("email_not_allowed");
  const now = ctx.now();
  const unique = [...new Set(emails)];
  const caps = {
    perDay: INVITATIONS_PER_DAY,
    perRecipient: INVITATIONS_PER_RECIPIENT,
    since: now.getTime() - DAY_MS,
  };
  const [, mails] = await commit(
    ctx,
    store.insertInvitations(ctx.db, row, unique, now, caps),
    invitationMails(ctx, row.id, unique, now),
  );
  ctx.later(hintMails(ctx.env, idsOf(mails)));
  await noteShare(ctx, EMAIL);
  return { accepted: unique.length };
}
