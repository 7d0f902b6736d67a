import type { PageContext } from "../../auth/page-session";
import { changeCampaign } from "../../campaigns/campaign/campaign";
import { CampaignChange } from "../../campaigns/campaign/campaign-schema";
import { type RewardPlan, rewardPlan } from "../../campaigns/reward/reward-settings";
import { rewardsFriends } from "../../campaigns/reward/reward-settings-schema";
import { rewardKinds } from "../../ledger/reward-kinds";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { Check, Input, Problems, Select, TextArea } from "../ui/field";
import { blank, type Form, readForm, submit } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, count, Stat, Stats } from "../ui/parts";
import { UNLINKED } from "./reward-settings-words";

const PATH = "/campaigns/:campaignId/rewards";

/** What a campaign gives, to whom, and how much of it was given. */
export const rewardSettingsPages = createPages([PATH]);

const RewardForm = CampaignChange.pick({ reward_type: true, reward_invited: true, reward: true });

rewardSettingsPages.get(PATH, async (c) => planPage(c));

rewardSettingsPages.post(PATH, async (c) => {
  const id = campaignIdIn(c);
  const { form } = await submit(await readForm(c, RewardForm), (change) => changeCampaign(c.var.ctx, id, change));
  return form ? planPage(c, form) : c.redirect(doneAt(`/campaigns/${id}/rewards`, "saved"), 303);
});

async function planPage(c: PageContext, failed?: Form<unknown>) {
  const plan = await rewardPlan(c.var.ctx, campaignIdIn(c));
  const { head, rules, reward } = plan;
  const { reward_type } = reward;
  const form = failed ?? blank({ reward_type, reward_invited: rules.reward_invited, reward });
  const mayChange = c.var.session.role !== "viewer";
  const body = campaignBody(
    head,
    "/rewards",
    <>
      <Totals plan={plan} />
      {missing(plan) && <p class="notice warn">{missing(plan)}</p>}
      <Card title="What is given">
        <p class="quiet">
          Who brings {goalInWords(rules)} gets this, once.{" "}
          {mayChange && <a href={`/campaigns/${head.id}/settings`}>Change the goal</a>}
        </p>
        {mayChange ? <RewardFields form={form} plan={plan} /> : <RewardRead plan={plan} />}
      </Card>
    </>,
  );
  return show(c, { title: `Rewards · ${head.name}`, section: "/campaigns", body, status: failed ? 400 : 200 });
}

const Totals = ({ plan: { head, rules, reward } }: { plan: RewardPlan }) => {
  const list = (status: string) => `/rewards?campaign_id=${head.id}&status=${status}`;
  return (
    <>
      <Stats>
        <Stat label="Given" value={rules.fulfilled} />
        <Stat label="Pending" value={rules.pending} />
        <Stat label="Revoked" value={rules.revoked} />
        {reward.reward_type === 1 && <Stat label="Coupons left" value={rules.coupons_available} />}
      </Stats>
      <p class="actions">
        <a class={rules.pending > 0 ? "button main" : "button"} href={list("pending")}>
          {reward.reward_type === 5 ? "Pending, to be paid" : "Pending rewards"}
        </a>
        <a class="button" href={`/rewards?campaign_id=${head.id}`}>
          Who earned what
        </a>
        <a class="button" href={`/campaigns/${head.id}/coupons`}>
          Coupons
        </a>
      </p>
    </>
  );
};

function goalInWords({ goal_type, num_signups, num_visits }: RewardPlan["rules"]) {
  const [n, one, many] =
    goal_type === "signup" ? [num_signups, "friend", "friends"] : [num_visits ?? 1, "visitor", "visitors"];
  const whom = `${n === 1 ? "one" : count(n)} ${n === 1 ? one : many}`;
  return goal_type === "signup" ? `${whom} who ${n === 1 ? "signs" : "sign"} up` : whom;
}

/** What is still to be set, so that rewards are worth something. */
function missing({ reward, rules, head }: RewardPlan) {
  if (reward.reward_type === 1 && rules.coupons_available === 0)
    return (
      <>
        There is no coupon left to give. Rewards are earned all the same, and wait for codes:{" "}
        <a href={`/campaigns/${head.id}/coupons`}>upload some</a>.
      </>
    );
  if (reward.reward_type === 2 && !reward.redirect_url) return "The link is not set yet: who earns it gets nothing.";
  if (reward.reward_type === 3 && !reward.custom_message)
    return "The message is not written yet: who earns it gets nothing.";
  if (reward.reward_type === rewardKinds.token.id && !rules.in_vnoc) return UNLINKED;
  if (reward.reward_type === 5 && !reward.cash_value)
    return "The amount is not set yet: rewards are recorded without one.";
  return null;
}

const TYPES = [
  [1, "A coupon code"],
  [3, "A message"],
  [2, "A link"],
  [5, "Cash, which you pay"],
] as const;

const RewardFields = ({ form, plan: { head, reward, rules } }: { form: Form<unknown>; plan: RewardPlan }) => (
  <form method="post" action={`/campaigns/${head.id}/rewards`}>
    <Problems form={form} />
    <Select
      form={form}
      name="reward_type"
      label="The reward is"
      options={
        rules.in_vnoc || reward.reward_type === rewardKinds.token.id ? [...TYPES, [rewardKinds.token.id, "A crypto token"]] : TYPES
      }
    />
    <div class="when-1">
      <p>
        Each code is given once, in the order of your upload. <a href={`/campaigns/${head.id}/coupons`}>Coupons</a>:{" "}
        {count(rules.coupons_available)} left.
      </p>
      <Input
        form={form}
        name="reward.worth_value"
        label="Worth, in dollars"
        hint="What a coupon is worth to who gets it. For your own records."
        inputmode="decimal"
      />
    </div>
    <div class="when-2">
      <Input
        form={form}
        name="reward.redirect_url"
        label="Where the link leads"
        hint="A page with the download, the secret offer or the booking form, say."
        type="url"
        placeholder="https://"
      />
    </div>
    <div class="when-3">
      <TextArea
        form={form}
        name="reward.custom_message"
        label="The message"
        hint="Shown, and mailed, to who earned it. Little HTML is fine: b, i, a, lists."
        maxlength={10_000}
      />
    </div>
    {rules.in_vnoc && (
      <div class="when-4 row">
        <Input form={form} name="reward.token_symbol" label="Symbol" />
        <Input form={form} name="reward.token_amount" label="Amount" inputmode="decimal" />
        <Input form={form} name="reward.token_address" label="Contract's address" />
        <Input form={form} name="reward.token_chain_id" label="Chain's id" inputmode="numeric" />
      </div>
    )}
    <div class="when-5">
      <Input
        form={form}
        name="reward.cash_value"
        label="Dollars"
        hint="You pay it yourself, then mark the reward as paid."
        inputmode="decimal"
        placeholder="10"
      />
    </div>
    {rules.goal_type === "signup" && (
      <Check
        form={form}
        name="reward_invited"
        label="Invited friends get one, too"
        hint="The same kind of reward, as soon as they sign up."
      />
    )}
    <p class="hint">Rewards that were earned already keep what they were.</p>
    <button type="submit">Save</button>
  </form>
);

/** For those who may only look. */
const RewardRead = ({ plan: { reward, rules } }: { plan: RewardPlan }) => (
  <p>
    {TYPES.find(([type]) => type === reward.reward_type)?.[1] ?? "A crypto token"}
    {rewardsFriends(rules) ? ", for both sides." : ", for who invites."}
  </p>
);
