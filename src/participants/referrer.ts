import { askLedger } from "../ledger/client";
import type { Ctx } from "../lib/ctx";

/**
 * Changes who referred a participant, or says that nobody did. The friend counts for the new referrer from now on, who earns
 * what the rules give for the count; existing rewards stay with those who have them.
 * @throws 404 if the new referrer is not in the campaign; 400 `self_referral` or `code_incompatible`; 409 if the new referrer is not active or was referred by the
 * participant's own friends, or if the referral is in review
 */
export const changeReferrer = (
  ctx: Ctx,
  { id, campaign_id }: { id: number; campaign_id: number },
  referrer_id: number | null,
): Promise<null> => {
  const item = {
    kind: "refer" as const,
    id: `${ctx.requestEvent}_i`,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    participant_id: id,
    referrer_id,
  };
  return askLedger(ctx, campaign_id, (ledger) => ledger.refer(item));
};
