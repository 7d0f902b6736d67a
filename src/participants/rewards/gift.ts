import type { RewardRow } from "../../../drizzle/schema";
import { askLedger } from "../../ledger/client";
import { toReward } from "../../ledger/records/earned-reward";
import type { Reward } from "../../ledger/records/reward-schema";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import type { NewGift } from "./gift-schema";
import { nameOf } from "./reward-records";
import { campaignOf } from "./reward-store";

/**
 * Gives a participant a reward by hand. It can be approved, paid, and revoked like others, and no rule counts it.
 * @throws 404; 409 if the participant is pending or blocked
 */
export async function giveReward(ctx: MemberCtx, participantId: number, gift: NewGift): Promise<Reward> {
  const [[participant]] = await ctx.db.batch([campaignOf(ctx.db, ctx.actor.memberId, participantId)]);
  if (!participant) throw notFound("participant");
  const item = {
    kind: "gift" as const,
    id: ctx.requestEvent,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    participant_id: participantId,
    reward_type: gift.reward_type,
    amount: gift.amount ?? null,
    redirect_url: gift.redirect_url ?? null,
    custom_message: gift.custom_message ?? null,
    note: gift.note ?? null,
    by: nameOf(ctx),
  };
  const given: RewardRow | null = await askLedger(ctx, participant.campaign_id, (ledger) => ledger.give(item));
  if (!given)
    throw new AppError("conflict", "Only active participants can get rewards. Activate this participant first.");
  return toReward(given);
}
