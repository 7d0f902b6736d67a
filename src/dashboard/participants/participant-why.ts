import { isGift } from "../../../drizzle/schema";
import type { conversionOutcomes, RuleDecision } from "../../../drizzle/schema/conversions";
import type { ParticipantDetails } from "../../ledger/records/participant-schema";
import { isLost, type Reward } from "../../ledger/records/reward-schema";
import { lazy } from "../../lib/lazy";
import { decisionWords } from "../ui/decision-words";
import { count } from "../ui/parts";
import type { broughtBy, Facts } from "./participant-detail-store";

/** Why a participant got no reward, what would change that, and where to do it. */
export type Why = { said: string; change: string; href?: string };

/** The newest conversion of a participant or one of their friends. */
type LatestConversion = {
  id: number;
  campaign_id: number;
  participant_id: number | null;
  outcome: (typeof conversionOutcomes)[number];
  decisions: RuleDecision[];
};

export type WhySource = {
  details: ParticipantDetails;
  facts: Facts;
  brought: Awaited<ReturnType<typeof broughtBy>>;
  latest: LatestConversion | undefined;
};

const dayFormat = lazy(() => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }));

/** Null if they have what they earned. */
export function whyOf(source: WhySource): Why | null {
  const { details, latest } = source;
  const rewards = details.rewards.filter((reward) => !isGift(reward));
  const open = rewards.findLast(({ status }) => status === "held" || status === "pending");
  const isSale = latest !== undefined && latest.outcome !== "credited";
  if (details.status !== "active") return inactive(source);
  if (open) return waiting(open);
  if (isSale) return ofConversion(details.id, latest);
  if (rewards.some(({ status }) => status === "fulfilled")) return null;
  const lost = rewards.findLast(({ status }) => isLost(status));
  if (lost?.status === "expired")
    return {
      said: "Their reward expired before it was given or used.",
      change: "This cannot be undone. To make the next one last longer, increase the rule's days until expiry.",
      href: `/rewards/${lost.id}`,
    };
  if (lost)
    return {
      said: "Their reward was revoked.",
      change: "This cannot be undone. The reward's page shows why.",
      href: `/rewards/${lost.id}`,
    };
  return goal(source);
}

/** Why a rule that applies to them gives no more rewards. Their own page tells them too. */
export const budgetWhy = (campaignId: number): Why => ({
  ...decisionWords("budget_spent"),
  href: `/campaigns/${campaignId}/rules`,
});

const inactive = ({ details: { status }, facts: { confirmation } }: WhySource): Why => {
  if (status === "blocked") return { said: "They are blocked, so they earn nothing.", change: "Activate them." };
  return confirmation === "waiting"
    ? {
        said: "They have not confirmed their email yet.",
        change: "They count once they do, or once you activate them.",
      }
    : { said: "They are pending, so nothing counts yet.", change: "Activate them." };
};

function waiting({ id, type, held_until, needs_approval, status, campaign_id }: Reward): Why {
  const href = `/rewards/${id}`;
  if (needs_approval)
    return { said: "Their reward is waiting for your approval.", change: "Approve or revoke it.", href };
  if (status === "held" && held_until !== null)
    return {
      said: `Their reward is held until ${dayFormat().format(new Date(held_until))} (UTC).`,
      change: "It will be given then, unless the purchase is refunded.",
      href,
    };
  if (type === "coupon")
    return {
      said: "Their reward is waiting for a coupon code.",
      change: "Upload codes.",
      href: `/campaigns/${campaign_id}/coupons`,
    };
  return { said: "Their reward is waiting to be paid.", change: "Pay it, then mark it as paid.", href };
}

/** If several rules apply, the one that came closest decides what to say. A cap comes before everything else. */
function ofConversion(id: number, { decisions, outcome, participant_id, ...latest }: LatestConversion): Why {
  const capped = ["participant_cap", "monthly_cap", "budget_spent"];
  const decision = (outcome === "capped" && decisions.find(({ code }) => capped.includes(code))) || decisions[0];
  const { said, change } = decisionWords(decision?.code ?? "no_rule");
  return {
    said: `${participant_id === id ? "Their" : "Their friend's"} latest purchase earned nothing. ${said}`,
    change,
    href: `/campaigns/${latest.campaign_id}/conversions/${latest.id}`,
  };
}

const friends = (n: number) => `${count(n)} ${n === 1 ? "friend" : "friends"}`;

/** How far they are from the campaign's goal. */
function goal({ details, facts, brought }: WhySource): Why {
  const isVisit = facts.goal_type === "visit";
  const target = Math.max(1, (isVisit ? facts.num_visits : facts.num_signups) ?? 1);
  if (isVisit) {
    const left = Math.max(0, target - details.click_count);
    return {
      said: `${count(details.click_count)} of ${count(target)} visitors opened their link.`,
      change: left === 0 ? "The next visit earns the reward." : `${count(left)} more earn the reward.`,
    };
  }
  const counted = details.referral_count;
  const said = `${count(counted)} of ${friends(target)} count.`;
  const uncounted = Math.max(0, brought.length - counted);
  for (const status of ["pending", "blocked"]) {
    const n = Math.min(uncounted, brought.filter((friend) => friend.status === status).length);
    if (n === 0) continue;
    return {
      said: `${said} ${friends(n)} of theirs ${n === 1 ? "is" : "are"} ${status}.`,
      change:
        status === "pending" ? "Friends count once they confirm their email or you activate them." : "Activate them.",
    };
  }
  if (uncounted > 0)
    return {
      said: `${said} ${friends(uncounted)} had already counted under the same email address.`,
      change: "Each email address counts once. New friends count.",
    };
  const left = Math.max(0, target - counted);
  return {
    said,
    change:
      left === 0
        ? "The next friend earns the reward."
        : `${count(left)} more ${left === 1 ? "friend earns" : "friends earn"} the reward.`,
  };
}
