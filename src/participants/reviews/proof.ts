import { THRESHOLDS } from "../../fraud/assess.ts";
import { proven } from "../../fraud/proof.ts";
import { scoreOf } from "../../fraud/reasons.ts";
import { newEventId } from "../../lib/crypto";
import type { Ctx } from "../../lib/ctx";
import { hintDeliveries } from "../../outbox/webhooks/delivery-outbox";
import { decisionStatements } from "./decided";
import * as store from "./review-store";

/**
 * Applies a friend's confirmed email address, which we had asked for. Their review continues with the reasons that
 * remain, and is approved if these are not suspicious. Rewards then follow, as after any decision. Does nothing if the
 * review was decided in the meantime.
 */
export async function proveReview(ctx: Ctx, participantId: number): Promise<void> {
  const [[asked]] = await ctx.db.batch([store.askedOf(ctx.db, participantId)]);
  if (!asked) return;
  const reasons: { code: string; weight: number; with: number[] }[] = JSON.parse(asked.reasons);
  const left = proven(reasons);
  const score = Math.round(1000 * scoreOf(left.map(({ weight }) => ({ weight: weight / 1000 }))));
  const answer = { score, reasons: left.map((reason) => ({ ...reason, weight: Math.round(reason.weight) })) };
  const prove = store.prove(ctx.db, asked.id, answer);
  if (score >= 1000 * THRESHOLDS[asked.fraud_mode]) return void (await ctx.db.batch([prove]));
  const [at, event] = [ctx.now(), newEventId(ctx.now())];
  const own = { memberId: asked.member_id, campaignId: asked.campaign_id, referrerId: asked.referrer_id };
  const decision = { state: "approved" as const, by: "proof", note: null, at, settles_at: at };
  const [, , , deliveries] = await ctx.db.batch([prove, ...decisionStatements(ctx.db, own, asked.id, event, decision)]);
  ctx.later(
    hintDeliveries(
      ctx.env,
      deliveries.map(({ id }) => id),
    ),
  );
}
