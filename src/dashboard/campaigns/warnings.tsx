import type { Child } from "hono/jsx";
import { count } from "../ui/parts";
import type { Overview } from "./campaign-overview-page";
import { UNLINKED } from "./reward-settings-words";

const COUPON = 1;
const LINK = 2;
const MESSAGE = 3;
const TOKEN = 4;
const CASH = 5;

/** What keeps a campaign from working as its owner means it to, and where to mend it. */
export const Warnings = ({ overview }: { overview: Overview }) => (
  <>
    {warningsOf(overview).map((warning) => (
      <div class="notice warn">{warning}</div>
    ))}
  </>
);

function warningsOf({ campaign, totals, reward, takes_tokens }: Overview): Child[] {
  const path = `/campaigns/${campaign.id}`;
  const { reward_type } = campaign;
  const set = <a href={`${path}/rewards`}>Set it</a>;
  const isUnseen = totals.total_impressions === 0 && totals.total_participants === 0;
  return [
    isUnseen && (
      <>
        Nobody has seen this campaign yet. <a href={`${path}/install`}>Put it on your site</a>, which is one line to
        paste.
      </>
    ),
    reward_type === COUPON && totals.coupons_available === 0 && (
      <>
        There are no coupons {totals.coupons_total > 0 ? "left to give" : "to give yet"}
        {waiting(totals.rewards_pending)}. <a href={`${path}/coupons`}>Add codes</a>, and rewards that wait are filled
        at once.
      </>
    ),
    reward_type === LINK && !reward.redirect_url && <>The reward is a link, and it is not set yet. {set}</>,
    reward_type === MESSAGE && !reward.custom_message && <>The reward is a message, and it is not written yet. {set}</>,
    reward_type === TOKEN && !takes_tokens && (
      <>
        {UNLINKED} <a href={`${path}/rewards`}>Choose another reward</a>
      </>
    ),
    reward_type === CASH && !reward.cash_cents && <>The reward is cash, and its amount is not set yet. {set}</>,
    reward_type === CASH && totals.rewards_pending > 0 && (
      <>
        {count(totals.rewards_pending)} {totals.rewards_pending === 1 ? "reward waits" : "rewards wait"} to be paid.{" "}
        <a href={`/rewards?campaign_id=${campaign.id}&status=pending`}>Look at them</a>
      </>
    ),
    totals.pending_participants > 0 && (
      <>
        {count(totals.pending_participants)} {totals.pending_participants === 1 ? "participant is" : "participants are"}{" "}
        pending: addresses to be confirmed, or more people than the <a href="/plan">plan</a> allows.
      </>
    ),
  ].filter((warning) => warning !== false);
}

const waiting = (rewards: number) =>
  rewards === 0 ? "" : `, and ${count(rewards)} ${rewards === 1 ? "reward waits" : "rewards wait"} for one`;
