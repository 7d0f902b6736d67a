import { checkoutKey } from "../../ledger/records/checkout-code";
import { toParticipant } from "../../ledger/records/participant";
import type { MemberCtx } from "../../lib/ctx";
import { breaksUnique, commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { idsOf } from "../../outbox/queue";
import { hintDeliveries } from "../../outbox/webhooks/delivery-outbox";
import { participantById } from "../participant-store";
import { type Update, updateEvents } from "../participant-update-store";
import { newcomerOf, shownIn, signUp } from "./signup";
import type { NewSignup } from "./signup-schema";
import { updateAll } from "./upsert-store";

type Sent = Pick<NewSignup, "name" | "external_id" | "metadata" | "checkout_code">;

/** The fields that an upsert changes: those in the request. */
export const updateOf = (id: number, { name, external_id, metadata, checkout_code }: Sent): Update => ({
  id,
  name,
  ...(external_id !== undefined && { external_id }),
  ...(metadata !== undefined && { metadata: metadata && JSON.stringify(metadata) }),
  ...(checkout_code !== undefined && { checkout_code, checkout_key: checkout_code && checkoutKey(checkout_code) }),
});

/** Whether an update failed because another participant has taken its code since it was looked up. */
export const breaksCode = (error: unknown) =>
  breaksUnique(error, "participants.campaign_id, participants.checkout_key");

/**
 * Signs up a participant, or updates an existing one.
 * @throws 409 `checkout_code_taken`; 404 for another member's campaign
 */
export async function upsertSignup(ctx: MemberCtx, { campaign_id, ...sent }: NewSignup) {
  const came = await signUp(ctx, campaign_id, await newcomerOf(ctx, campaign_id, sent), shownIn(sent));
  const { id } = came.participant;
  if (came.is_new) return { is_new: true, participant: await toParticipant(ctx, came.participant, came.destination) };
  const { memberId } = ctx.actor;
  const updates = [updateOf(id, sent)];
  const [, , deliveries, , [row]] = await commit(
    ctx,
    ...updateEvents(ctx.db, memberId, updates, ctx.requestEvent, ctx.now()),
    updateAll(ctx.db, memberId, updates),
    participantById(ctx.db, memberId, id),
  ).catch((error) => {
    throw breaksCode(error) ? new AppError("checkout_code_taken") : error;
  });
  ctx.later(hintDeliveries(ctx.env, idsOf(deliveries)));
  if (!row) throw notFound("participant");
  return { is_new: false, participant: await toParticipant(ctx, row, row) };
}
