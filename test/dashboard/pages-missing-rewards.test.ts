import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { browserOf } from "../support/session";
import { cash, newShop } from "../support/shop";

type Campaign = Awaited<ReturnType<typeof newCampaign>>;

/** The sentence on a participant's page about a missing reward and its remedy. */
async function whyOn(campaign: Campaign, id: number) {
  const { text } = await (await browserOf(campaign.owner)).page(`/participants/${id}`);
  const [, why = ""] = /<ul class="decisions">(.*?)<\/ul>/s.exec(text) ?? [];
  return why
    .replace(/<[^>]*>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

describe("the reason for a missing reward", () => {
  it("is the number of missing friends", async () => {
    const campaign = await newCampaign({ num_signups: 3 });
    const { data } = await campaign.signUp(someone());
    expect(await whyOn(campaign, data.id)).toBe("0 of 3 friends count. 3 more friends earn the reward.");
    const friend = (await campaign.refer(data.referral_code, someone())).data.participant;
    await campaign.refer(data.referral_code, someone());
    expect(await whyOn(campaign, data.id)).toBe("2 of 3 friends count. 1 more friend earns the reward.");
    // Friends who have counted keep counting.
    await campaign.owner.patch(`/api/v1/participants/${friend.id}`, { status: "blocked" });
    expect(await whyOn(campaign, data.id)).toBe("2 of 3 friends count. 1 more friend earns the reward.");
  });

  it("is that friends are pending or blocked", async () => {
    const campaign = await newCampaign({ num_signups: 3 });
    const { data } = await campaign.signUp(someone());
    const friend = (await campaign.refer(data.referral_code, someone())).data.participant;
    await env.DB.prepare("UPDATE participants SET referral_count = 0 WHERE id = ?").bind(data.id).run();
    const become = (status: string) =>
      env.DB.prepare("UPDATE participants SET status = ? WHERE id = ?").bind(status, friend.id).run();
    await become("pending");
    expect(await whyOn(campaign, data.id)).toBe(
      "0 of 3 friends count. 1 friend of theirs is pending. Friends count once they confirm their email or you activate them.",
    );
    await become("blocked");
    expect(await whyOn(campaign, data.id)).toBe("0 of 3 friends count. 1 friend of theirs is blocked. Activate them.");
  });

  it("is a mailbox that counted before", async () => {
    const campaign = await newCampaign({ num_signups: 2 });
    const { data } = await campaign.signUp(someone());
    const name = crypto.randomUUID();
    await campaign.refer(data.referral_code, `${name}@gmail.com`);
    await campaign.refer(data.referral_code, `${name}+again@gmail.com`);
    expect(await whyOn(campaign, data.id)).toContain("1 friend had already counted under the same email address.");
  });

  it("is the participant's own status", async () => {
    const campaign = await newCampaign({ num_signups: 1 });
    const { data } = await campaign.signUp(someone());
    await campaign.owner.patch(`/api/v1/participants/${data.id}`, { status: "blocked" });
    expect(await whyOn(campaign, data.id)).toBe("They are blocked, so they earn nothing. Activate them.");
    await campaign.owner.patch(`/api/v1/participants/${data.id}`, { status: "pending" });
    expect(await whyOn(campaign, data.id)).toBe("They are pending, so nothing counts yet. Activate them.");
    await env.DB.prepare("UPDATE participants SET confirmation = 'waiting' WHERE id = ?").bind(data.id).run();
    expect(await whyOn(campaign, data.id)).toContain("They have not confirmed their email yet.");
  });

  it("is missing visitors", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 100 });
    const { data } = await campaign.signUp(someone());
    expect(await whyOn(campaign, data.id)).toBe("0 of 100 visitors opened their link. 100 more earn the reward.");
  });

  it("is a missing coupon code, until there is one", async () => {
    const campaign = await newCampaign({ num_signups: 1 });
    const { data } = await campaign.signUp(someone());
    await campaign.refer(data.referral_code, someone());
    expect(await whyOn(campaign, data.id)).toBe("Their reward is waiting for a coupon code. Upload codes.");
    await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/coupons`, { codes: someCodes(1) });
    expect(await whyOn(campaign, data.id)).toBe("");
  });

  it.each([
    [{ needs_approval: true }, "Their reward is waiting for your approval. Approve or revoke it."],
    [{ hold_days: 30 }, "will be given then, unless the purchase is refunded."],
    [{}, "Their reward is waiting to be paid. Pay it, then mark it as paid."],
    [{ min_amount: 9900 }, "Their friend's latest purchase earned nothing. The amount is below"],
    [
      { event_name: "renewal" },
      "Their friend's latest purchase earned nothing. No rule rewards this event. Add a rule for it.",
    ],
  ])("is the hold of a reward of the rule %o, or why a purchase earned none", async (rule, expected) => {
    const { campaign, buy, ada, grace } = await newShop([{ reward: cash({ amount: 500 }), ...rule }]);
    await buy({ participant_id: grace.id }, 5000);
    expect(await whyOn(campaign, ada.id)).toContain(expected);
  });

  it("is a limit, if one rule counts and another does not", async () => {
    const { campaign, buy, ada, grace, rules } = await newShop([
      { reward: cash({ amount: 500 }), min_amount: 99_000 },
      { reward: cash({ amount: 100 }), max_per_participant: 1 },
    ]);
    const { rewards } = (await buy({ participant_id: grace.id }, 5000)).data;
    expect(rewards).toMatchObject([{ rule_id: rules[1].id }]);
    await campaign.owner.patch(`/api/v1/rewards/${rewards[0].id}`, { status: "fulfilled" });
    expect(await whyOn(campaign, ada.id)).toBe("");
    await buy({ participant_id: grace.id }, 5000);
    expect(await whyOn(campaign, ada.id)).toContain(
      "They already have the most rewards this rule gives one participant.",
    );
  });

  it("is that it was revoked", async () => {
    const { campaign, buy, ada, grace } = await newShop([{ reward: cash({ amount: 500 }) }]);
    const { rewards } = (await buy({ participant_id: grace.id }, 5000)).data;
    await campaign.owner.patch(`/api/v1/rewards/${rewards[0].id}`, { status: "revoked" });
    expect(await whyOn(campaign, ada.id)).toBe(
      "Their reward was revoked. This cannot be undone. The reward's page shows why.",
    );
  });
});
