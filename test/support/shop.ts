import { newCampaign, someone, type TestCampaign } from "./campaign";
import type { TestMember } from "./client";

type Rule = Record<string, unknown>;
export const cash = (reward: Record<string, unknown>) => ({ reward_type: 5, ...reward });

/** A campaign with a referrer, a friend of theirs, and these rules. */
export async function newShop(rules: Rule[], fields: Record<string, unknown> = {}, member?: TestMember) {
  const campaign = await newCampaign({ num_signups: 1000, ...fields }, member);
  const made = [];
  for (const rule of rules) {
    const answer = await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, { role: "referrer", ...rule });
    if (answer.status !== 201) throw new Error(answer.text);
    made.push(answer.data);
  }
  const ada = (await campaign.signUp(someone())).data;
  const grace = (await campaign.refer(ada.referral_code, someone(), { external_id: "crm-7" })).data.participant;
  return { campaign, rules: made, ada, grace, buy: buyer(campaign) };
}

let orders = 0;
export const buyer =
  ({ id, owner }: TestCampaign) =>
  (who: Record<string, unknown>, amount = 10_000, more: Record<string, unknown> = {}) =>
    owner.post("/api/v1/conversions", { campaign_id: id, conversion_id: `order-${++orders}`, amount, ...who, ...more });
