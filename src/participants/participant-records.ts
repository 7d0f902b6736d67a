import { ownedCampaign } from "../campaigns/ownership";
import { askLedger } from "../ledger/client";
import { checkoutKey } from "../ledger/records/checkout-code";
import { toReward } from "../ledger/records/earned-reward";
import { toParticipant } from "../ledger/records/participant";
import type {
  Participant,
  ParticipantChange,
  ParticipantDetails,
  ParticipantQuery,
} from "../ledger/records/participant-schema";
import type { MemberCtx } from "../lib/ctx";
import { type BatchResponse, breaksUnique, commit } from "../lib/db";
import { AppError, notFound } from "../lib/errors";
import type { WalkPage } from "../lib/page";
import { idsOf } from "../outbox/queue";
import { hintDeliveries } from "../outbox/webhooks/delivery-outbox";
import { storedAliases } from "./aliases/alias";
import { creditHash } from "./credit";
import { canonicalEmail } from "./mailbox";
import * as changeStore from "./participant-change-store";
import { foundParticipants, isSearched, updatedParticipants } from "./participant-search";
import * as store from "./participant-store";
import { updateEvents } from "./participant-update-store";
import { changeReferrer } from "./referrer";
import { rewardCountOf, rewardsOfParticipant } from "./rewards/reward-records";
import { sharesWithDirect } from "./share-urls";
import { setStatus } from "./statuses";
import { checkedAddress, wakeTransfersOf } from "./transfers/wallet-address";
import { storedPlace, toPlace } from "./waitlist/place";

/** @throws 404 for another member's campaign */
export async function participants(ctx: MemberCtx, query: ParticipantQuery): Promise<WalkPage<Participant>> {
  const { updated_since } = query;
  if (updated_since) return updatedParticipants(ctx, { ...query, updated_since });
  if (isSearched(query)) return foundParticipants(ctx, query);
  const { memberId } = ctx.actor;
  const isFiltered = [query.email, query.external_id, query.checkout_code, query.invited_by, query.status].some(
    (value) => value !== undefined,
  );
  const [rows, [counted], campaign] = await ctx.db.batch([
    store.participantsPage(ctx.db, memberId, query),
    isFiltered ? store.filteredCount(ctx.db, memberId, query) : store.keptCount(ctx.db, memberId, query.campaign_id),
    ownedCampaign(ctx, query.campaign_id ?? 0),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return { rows: await Promise.all(rows.map((row) => toParticipant(ctx, row, row))), total: counted?.total ?? 0 };
}

/** The queries of a participant's details, for a batch. Read the results with `toDetails`. */
export const detailQueries = (ctx: MemberCtx, id: number) =>
  [
    store.participantById(ctx.db, ctx.actor.memberId, id),
    store.sharesOf(ctx.db, id),
    rewardsOfParticipant(ctx, id),
    store.invitationsOf(ctx.db, id),
    rewardCountOf(ctx, id),
    storedPlace(ctx, id),
    storedAliases(ctx, id),
  ] as const;
type DetailRows = BatchResponse<ReturnType<typeof detailQueries>>;

/** @throws 404 if the participant belongs to another member, or was erased */
export async function toDetails(
  ctx: MemberCtx,
  [[row], shared, earned, invited, [counted], place, aliases]: DetailRows,
): Promise<ParticipantDetails> {
  if (!row) throw notFound("participant");
  const shares = await sharesWithDirect(ctx, row, shared);
  return {
    ...(await toParticipant(ctx, row, row)),
    shares,
    rewards: earned.map(toReward),
    invited_emails: invited.map((invitation) => invitation.email),
    total_shares: row.share_count,
    total_clicks: row.click_count,
    total_rewards: counted?.total ?? 0,
    waitlist: toPlace(place),
    aliases: aliases.map(({ code }) => code),
  };
}

/** @throws 404 if the participant belongs to another member, or was erased */
export const participantOf = async (ctx: MemberCtx, id: number): Promise<ParticipantDetails> =>
  toDetails(ctx, await ctx.db.batch(detailQueries(ctx, id)));

const UNCONFIRMED =
  "This participant has not confirmed their email address. Erase them, then sign them up with the correct one.";

const taken = () => new AppError("checkout_code_taken");

/**
 * A change of status goes through the ledger, because it affects counts, credits, and rewards. If it is refused,
 * nothing changes.
 * @throws the errors of `changeReferrer`; 404, 403 `participant_limit`, 409 `checkout_code_taken`; 409
 * `already_signed_up` if another participant has the email, 409 `conflict` if the participant has not confirmed theirs
 */
export async function changeParticipant(
  ctx: MemberCtx,
  id: number,
  { status, wallet_address, invited_by, ...others }: ParticipantChange,
): Promise<Participant> {
  const { memberId } = ctx.actor;
  const fields = {
    ...others,
    ...(wallet_address !== undefined && {
      wallet_address: wallet_address && (await checkedAddress(ctx.env, wallet_address)),
    }),
  };
  const { checkout_code, email } = fields;
  const checkout_key = checkout_code ? checkoutKey(checkout_code) : null;
  const change = checkout_code === undefined ? fields : { ...fields, checkout_key };
  let moved: { mailbox: string; at: Date } | undefined;
  if (status !== undefined || email !== undefined || invited_by !== undefined) {
    const [[before], others, [holder]] = await ctx.db.batch([
      store.participantById(ctx.db, memberId, id),
      changeStore.keyTaken(ctx.db, memberId, id, checkout_key ?? ""),
      changeStore.emailHolder(ctx.db, memberId, id, email ?? ""),
    ]);
    if (!before) throw notFound("participant");
    if (others.length > 0) throw taken();
    if (holder) throw new AppError("already_signed_up", undefined, { participantId: holder.id });
    if (email !== undefined && email !== before.email) {
      if (before.confirmation === "waiting") throw new AppError("conflict", UNCONFIRMED);
      moved = { mailbox: await creditHash(ctx.env, before.campaign_id, canonicalEmail(email)), at: ctx.now() };
    }
    if (invited_by !== undefined && invited_by !== before.invited_by) await changeReferrer(ctx, before, invited_by);
    if (status !== undefined && status !== before.status) await setStatus(ctx, before, status);
  }
  const { metadata, wallet_address: _, ...plain } = fields;
  const update = { ...plain, id, ...(metadata !== undefined && { metadata: metadata && JSON.stringify(metadata) }) };
  const [, , deliveries, , [row]] = await commit(
    ctx,
    ...updateEvents(ctx.db, memberId, [update], ctx.requestEvent, ctx.now()),
    changeStore.updateParticipant(ctx.db, memberId, id, change, moved),
    store.participantById(ctx.db, memberId, id),
  ).catch((error) => {
    if (breaksUnique(error, "participants.campaign_id, participants.email")) throw new AppError("already_signed_up");
    const isTaken = breaksUnique(error, "participants.campaign_id, participants.checkout_key");
    throw isTaken ? taken() : error;
  });
  if (!row) throw notFound("participant");
  ctx.later(hintDeliveries(ctx.env, idsOf(deliveries)));
  if (wallet_address) await wakeTransfersOf(ctx, id);
  return toParticipant(ctx, row, row);
}

/** Erases a participant. Counts that include them stay. @throws 404, also the second time */
export async function eraseParticipant(ctx: MemberCtx, id: number) {
  const [[row]] = await ctx.db.batch([store.participantById(ctx.db, ctx.actor.memberId, id)]);
  if (!row) throw notFound("participant");
  const item = { kind: "erase" as const, id: ctx.requestEvent, at: ctx.now().getTime(), participant_id: id };
  const { erased } = await askLedger(ctx, row.campaign_id, (ledger) => ledger.erase(item), { repeat: false });
  if (!erased) throw notFound("participant");
  return { id, deleted: true as const };
}
