import { WITHOUT_COUPON } from "../../../drizzle/schema";
import { isLost, type Reward } from "../../ledger/records/reward-schema";
import type { InReview } from "../../ledger/signups/outcome";
import type { OwnReward } from "./widget-api-schema";

/**
 * A reward as its participant sees it. Does not show what a held or revoked reward gives, because a held one may still
 * be lost.
 */
export function ownReward(reward: Reward, review: InReview): OwnReward {
  const why = whyOf(reward, review !== null);
  // The owner and the operator know why a token waits. The participant only learns it if they can change it.
  const confirm_email = why === "review" && review === "asked";
  const own = {
    ...reward,
    why,
    confirm_email,
    ...(reward.token_reason !== "address_missing" && { token_reason: null }),
  };
  return why === null ? own : { ...own, ...WITHOUT_COUPON, redirect_url: null, custom_message: null };
}

/** Never reveals what a review found, because that would help cheaters. */
function whyOf({ status, needs_approval, held_until }: Reward, isReviewed: boolean): OwnReward["why"] {
  if (isLost(status)) return isReviewed ? "not_counted" : "gone";
  if (status !== "held") return null;
  if (isReviewed) return "review";
  return needs_approval || held_until === null ? "approval" : "days";
}
