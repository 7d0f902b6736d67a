import { ownedCampaign } from "../../campaigns/ownership";
import { type Factors, factorOf } from "../../fraud/feedback.ts";
import { ENGINE_VERSION, wordsOf } from "../../fraud/reasons.ts";
import { askLedger } from "../../ledger/client";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import type { FraudFeedback } from "./feedback-schema";
import { type Counted, verdictsIn } from "./feedback-store";

/** The query behind a campaign's feedback, for a caller's own batch. */
export const verdictsQuery = (ctx: MemberCtx, campaignId: number) => verdictsIn(ctx.db, ctx.actor.memberId, campaignId);

export const toFeedback = (rows: Counted[]): FraudFeedback["reasons"] =>
  rows.map(({ code, reviewed, confirmed }) => ({
    code,
    ...wordsOf(code),
    reviewed,
    confirmed,
    factor: factorOf({ reviewed, confirmed }),
  }));

/** How often people confirmed each reason in a campaign, and the resulting weights. @throws 404 */
export async function feedback(ctx: MemberCtx, campaignId: number): Promise<FraudFeedback> {
  const [own, rows] = await ctx.db.batch([ownedCampaign(ctx, campaignId), verdictsQuery(ctx, campaignId)]);
  if (own.length === 0) throw notFound("campaign");
  return { campaign_id: campaignId, version: ENGINE_VERSION, reasons: toFeedback(rows) };
}

/** Updates a campaign's ledger with the weights that follow from people's decisions. */
export async function learnVerdicts(ctx: JobCtx, memberId: number, campaignId: number): Promise<void> {
  const [rows] = await ctx.db.batch([verdictsIn(ctx.db, memberId, campaignId)]);
  const factors: Factors = Object.fromEntries(
    rows.map(({ code, reviewed, confirmed }) => [code, factorOf({ reviewed, confirmed })]),
  );
  await askLedger(ctx, campaignId, (ledger) => ledger.learnVerdicts(factors));
}
