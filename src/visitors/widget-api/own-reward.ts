import { WITHOUT_COUPON } from "../../../drizzle/schema";
import type { InReview } from "../../ledger/outcome";
import { isLost, type Reward } from "../../ledger/reward-schema";
import type { OwnReward } from "./widget-api-schema";

/**
 * A reward as its participant sees it. A held reward may still be lost and a revoked one was, so that what they give is
 * not shown.
 */
export function ownReward(reward: Reward, review: InReview): OwnReward {
  const why = whyOf(reward, review !== null);
  // Why a token waits is between the owner and the operator, unless the participant can change it.
  const confirm_email = why === "review" && review === "asked";
  const own = {
    ...reward,
    why,
    confirm_email,
    ...(reward.token_reason !== "address_missing" && { token_reason: null }),
  };
  return why === null ? own : { ...own, ...WITHOUT_COUPON, redirect_url: null, custom_message: null };
}

/** Never what a review found: that would help those who cheat. */
function whyOf({ status, needs_approval, held_until }: Reward, isReviewed: boolean): OwnReward["why"] {
  if (isLost(status)) return isReviewed ? "not_counted" : "gone";
  if (status !== "held") return null;
  if (isReviewed) return "review";
  return needs_approval || held_until === null ? "approval" : "days";
}
