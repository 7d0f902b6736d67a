import type { RewardSettings } from "../../campaigns/reward/reward-settings-schema";
import { kindFacts, kindOf } from "../../ledger/records/reward-kinds";
import { kindWords } from "../ui/reward-words";

type Facts = {
  reward: RewardSettings;
  coupons_available: number;
  /** Whether the brand is linked, so its campaigns can give tokens. */
  takes_tokens: boolean;
};

/** What prevents a campaign's rewards from being fulfilled, and where to fix it. Null if nothing does. */
export function rewardMissing({ reward, coupons_available, takes_tokens }: Facts) {
  const kind = kindOf(reward.reward_type);
  const { fulfilled, needs } = kindFacts(kind);
  const path = `/campaigns/${reward.campaign_id}`;
  const { missing } = kindWords[kind];
  if (fulfilled === "by code")
    return coupons_available === 0 ? { missing, href: `${path}/coupons`, action: "Upload codes" } : null;
  if (fulfilled === "by transfer")
    return takes_tokens ? null : { missing, href: `${path}/rewards`, action: "Choose another reward" };
  return needs && !reward[needs] ? { missing, href: `${path}/rewards`, action: "Set it" } : null;
}
