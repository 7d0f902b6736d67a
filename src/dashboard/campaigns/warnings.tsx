import type { Child } from "hono/jsx";
import { kindFacts, kindOf } from "../../ledger/records/reward-kinds";
import { count } from "../ui/parts";
import { Withheld } from "../ui/withheld";
import type { Overview } from "./campaign-overview-page";
import { GoLive } from "./go-live";
import { rewardMissing } from "./reward-missing";

/** What prevents a campaign from working as intended, and where to fix it. */
export const Warnings = ({ overview }: { overview: Overview }) => (
  <>
    {warningsOf(overview).map((warning) => (
      <div class="notice warn">{warning}</div>
    ))}
    <GoLive overview={overview} />
  </>
);

function warningsOf({ campaign, totals, reward, takes_tokens, sending }: Overview): Child[] {
  const path = `/campaigns/${campaign.id}`;
  const lack = rewardMissing({ reward, coupons_available: totals.coupons_available, takes_tokens });
  const { fulfilled } = kindFacts(kindOf(campaign.reward_type));
  const isUnseen = totals.total_impressions === 0 && totals.total_participants === 0;
  return [
    sending.withheld !== null && (
      <>
        <Withheld reason={sending.withheld} brand={{ id: campaign.brand_id, domain: campaign.brand_domain }} />
        {sending.is_confirmed_by_email &&
          " Until then, participants cannot confirm their email address and stay pending."}
      </>
    ),
    isUnseen && (
      <>
        No one has seen this campaign yet. <a href={`${path}/install`}>Install it on your site</a> with one line of
        code.
      </>
    ),
    // Before the first referral, one of the steps shows this.
    lack !== null && totals.total_referrals > 0 && (
      <>
        {lack.missing} <a href={lack.href}>{lack.action}</a>
      </>
    ),
    fulfilled === "by hand" && totals.rewards_pending > 0 && (
      <>
        {count(totals.rewards_pending)} {totals.rewards_pending === 1 ? "reward waits" : "rewards wait"} to be paid.{" "}
        <a href={`/rewards?campaign_id=${campaign.id}&status=pending`}>Review</a>
      </>
    ),
    totals.pending_participants > 0 && (
      <>
        {count(totals.pending_participants)} {totals.pending_participants === 1 ? "participant is" : "participants are"}{" "}
        pending: unconfirmed emails, or more participants than the <a href="/plan">plan</a> allows.
      </>
    ),
  ].filter((warning) => warning !== false);
}
