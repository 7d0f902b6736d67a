import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { changeCampaign } from "../../campaigns/campaign/campaign";
import { CampaignChange } from "../../campaigns/campaign/campaign-schema";
import { type RewardPlan, rewardPlan } from "../../campaigns/reward/reward-settings";
import { rewardsFriends } from "../../campaigns/reward/reward-settings-schema";
import { kindFacts, kindOf } from "../../ledger/records/reward-kinds";
import { takesUploads } from "../../lib/body-limit";
import { createPages } from "../doors/pages";
import { uploadsIn } from "../editors/image-upload";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, count, Stat, Stats } from "../ui/parts";
import { RewardFields, rewardImages } from "../ui/reward-form";
import { kindWords } from "../ui/reward-words";
import { shown } from "../ui/seen";
import { rewardMissing } from "./reward-missing";

const PATH = "/campaigns/:campaignId/rewards";

export const rewardSettingsPages = createPages([PATH]);

const RewardChange = CampaignChange.pick({ reward_type: true, reward_invited: true, reward: true });

rewardSettingsPages.get(PATH, async (c) => planPage(c));

const valuesOf = ({ reward, rules: { reward_invited } }: RewardPlan) => {
  const { reward_type, ...fields } = reward;
  return { reward_type, reward_invited, reward: fields };
};

rewardSettingsPages.post(
  PATH,
  takesUploads,
  audited("Updated a campaign's rewards"),
  edits({
    schema: RewardChange,
    stored: async (c: PageContext) => valuesOf(await rewardPlan(c.var.ctx, campaignIdIn(c))),
    page: planPage,
    files: (c) => uploadsIn(c, rewardImages),
    choices: { reward_type: ["reward"] },
    run: async (c, change) => {
      const id = campaignIdIn(c);
      await changeCampaign(c.var.ctx, id, change);
      return c.redirect(doneAt(`/campaigns/${id}/rewards`, "saved"), 303);
    },
  }),
);

async function planPage(c: PageContext, failed?: Form<unknown>) {
  const plan = await rewardPlan(c.var.ctx, campaignIdIn(c));
  const { head, rules } = plan;
  const form = failed ?? shown(valuesOf(plan));
  const mayChange = c.var.session.role !== "viewer";
  const body = campaignBody(
    head,
    "/rewards",
    <>
      <Totals plan={plan} />
      <Missing plan={plan} />
      <Card title="Reward">
        <p class="quiet">
          Given once, after {goalInWords(rules)}.{" "}
          {mayChange && <a href={`/campaigns/${head.id}/settings`}>Change the goal</a>}
        </p>
        {mayChange ? <RewardForm form={form} plan={plan} /> : <RewardRead plan={plan} />}
      </Card>
    </>,
  );
  return show(c, { title: `Rewards · ${head.name}`, section: "/campaigns", body, status: failed ? 400 : 200 });
}

const Totals = ({ plan: { head, rules, reward } }: { plan: RewardPlan }) => {
  const { fulfilled } = kindFacts(kindOf(reward.reward_type));
  const list = (status: string) => `/rewards?campaign_id=${head.id}&status=${status}`;
  return (
    <>
      <Stats>
        <Stat label="Given" value={rules.fulfilled} />
        <Stat label="Pending" value={rules.pending} />
        <Stat label="Revoked" value={rules.revoked} />
        {fulfilled === "by code" && <Stat label="Coupons left" value={rules.coupons_available} />}
      </Stats>
      <p class="actions">
        <a class={rules.pending > 0 ? "button main" : "button"} href={list("pending")}>
          {fulfilled === "by hand" ? "Rewards to pay" : "Pending rewards"}
        </a>
        <a class="button" href={`/rewards?campaign_id=${head.id}`}>
          All rewards
        </a>
        <a class="button" href={`/campaigns/${head.id}/coupons`}>
          Coupon codes
        </a>
      </p>
    </>
  );
};

function goalInWords({ goal_type, num_signups, num_visits }: RewardPlan["rules"]) {
  const n = goal_type === "signup" ? num_signups : (num_visits ?? 1);
  const [one, many] =
    goal_type === "signup"
      ? ["friend signs up", "friends sign up"]
      : ["visitor opens their link", "visitors open their link"];
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** What is still missing. Only coupon codes need a link; everything else is set on this page. */
const Missing = ({ plan: { reward, rules } }: { plan: RewardPlan }) => {
  const lack = rewardMissing({
    reward,
    coupons_available: rules.coupons_available,
    takes_tokens: rules.in_vnoc,
  });
  return (
    lack && (
      <p class="notice warn">
        {lack.missing} {lack.href.endsWith("/coupons") && <a href={lack.href}>{lack.action}</a>}
      </p>
    )
  );
};

const RewardForm = ({ form, plan: { head, reward, rules } }: { form: Form<unknown>; plan: RewardPlan }) => (
  <form method="post" action={`/campaigns/${head.id}/rewards`} enctype="multipart/form-data">
    <Problems form={form} />
    <RewardFields
      form={form}
      takesTokens={rules.in_vnoc}
      givesTokens={kindOf(reward.reward_type) === "token"}
      countsFriends={rules.goal_type === "signup"}
      codes={
        <p>
          Each code is given once, in the order of your upload. {count(rules.coupons_available)} left.{" "}
          <a href={`/campaigns/${head.id}/coupons`}>Coupon codes</a>
        </p>
      }
    />
    <p class="hint">Changes apply to future rewards only.</p>
    <button type="submit">Save</button>
  </form>
);

const RewardRead = ({ plan: { reward, rules } }: { plan: RewardPlan }) => (
  <p>
    {kindWords[kindOf(reward.reward_type)].name}
    {rewardsFriends(rules) ? ", for referrers and their friends." : ", for referrers."}
  </p>
);
