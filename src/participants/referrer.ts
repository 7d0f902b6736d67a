import { askLedger } from "../ledger/client";
import type { Ctx } from "../lib/ctx";

/**
 * Changes who referred a participant, or removes their referrer. From now on, the friend counts for the new referrer,
 * who earns the rewards that the rules give for the new count. Existing rewards stay with their owners.
 * @throws 404 if the new referrer is not in the campaign; 400 `self_referral` or `code_incompatible`; 409 if the new
 * referrer is not active or was referred by the participant's own friends, or if the referral is in review
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
