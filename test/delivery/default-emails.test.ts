import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";

type Campaign = Awaited<ReturnType<typeof newCampaign>>;

const join = (campaign: Campaign, email: string, more: object = {}, language = "en") =>
  call(
    "POST",
    "/api/widget/signup",
    { campaign_id: campaign.id, email, ...more },
    {
      headers: { "Accept-Language": language },
    },
  );

async function fresh(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({ reward_invited: true, ...fields });
  await campaign.upload(someCodes(20));
  const room = mailroom(campaign.owner);
  const kinds = async () => (await room.rows()).map(({ kind }) => kind).sort();
  return { campaign, room, kinds };
}

/** Ada joins in the widget, and Grace with her link. */
async function loop(campaign: Campaign) {
  const [ada, grace] = [someone(), someone()];
  const { referral_code } = (await join(campaign, ada, { name: "Ada" })).data;
  await join(campaign, grace, { name: "Grace", ref: referral_code });
  return { ada, grace };
}

describe("a new campaign", () => {
  it("sends a default welcome, and reward emails to both", async () => {
    const { campaign, room } = await fresh();
    const { ada, grace } = await loop(campaign);
    const letters = await room.deliver();
    const to = (email: string) => letters.filter((letter) => letter.to === email);
    expect(to(ada).map(({ subject }) => subject)).toEqual(["You’re in! Share your link", expect.any(String)]);
    expect(to(ada)[0]?.text).toContain("https://referrals.test/status/");
    const coupons = (await campaign.rewards()).map(({ coupon }: { coupon: string }) => coupon);
    expect(coupons).toHaveLength(2);
    for (const letter of [to(ada)[1], to(grace)[1]])
      expect(coupons.filter((code: string) => letter?.text?.includes(code))).toHaveLength(1);
    expect(letters).toHaveLength(4);
  });

  it("writes in the participant's language, if the campaign uses every visitor's", async () => {
    const { campaign, room } = await fresh();
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language: "auto" });
    await join(campaign, someone(), {}, "de-AT,de;q=0.9");
    expect((await room.deliver())[0]?.subject).toBe("Du bist dabei! Teile jetzt deinen Link");
  });

  it.each([
    [{ num_signups: 2 }, "Get a coupon as soon as 2 friends join through your link. Your friends get a reward, too."],
    [{ reward_invited: false, reward_type: 5 }, "Get cash as soon as a friend joins through your link."],
    [{ goal_type: "visit", num_visits: 1_500 }, "Get a coupon as soon as 1,500 people open your link."],
  ])("lists the available rewards in the welcome: %j", async (fields, promise) => {
    const { campaign, room } = await fresh(fields);
    await join(campaign, someone());
    const [welcome] = await room.deliver();
    expect(welcome?.text).toContain(`\n\n${promise}\n`);
    expect(welcome?.html).toContain(promise);
  });

  it("adds nothing to the owner's own welcome", async () => {
    const { campaign, room } = await fresh({ campaign_entry_message: "Hello from us" });
    await join(campaign, someone());
    const [welcome] = await room.deliver();
    expect(welcome?.text).toContain("Hello from us");
    expect(welcome?.text).not.toContain("as soon as");
  });

  it("does not email participants added by a program; rewards of their friends notify friends only", async () => {
    const { campaign, room, kinds } = await fresh();
    const { referral_code } = (await campaign.signUp(someone())).data;
    await campaign.refer(referral_code, someone());
    expect(await room.rows()).toEqual([]);
    await join(campaign, someone(), { ref: referral_code });
    expect(await kinds()).toEqual(["entry", "twoway_reward"]);
  });

  it("sends no email that was switched off, from that moment on", async () => {
    const { campaign, kinds } = await fresh({ default_emails: ["twoway_reward"] });
    await loop(campaign);
    expect(await kinds()).toEqual(["twoway_reward"]);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { default_emails: [] });
    await loop(campaign);
    expect(await kinds()).toEqual(["twoway_reward"]);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { default_emails: ["entry", "reward"] });
    await loop(campaign);
    expect(await kinds()).toEqual(["entry", "entry", "reward", "twoway_reward"]);
  });

  it("sends the owner's text instead of ours, once", async () => {
    const { campaign, room } = await fresh({ campaign_entry_subject: "Mine" });
    await join(campaign, someone());
    expect((await room.deliver()).map(({ subject }) => subject)).toEqual(["Mine"]);
  });

  it("welcomes after the email is confirmed, and when the plan has room again", async () => {
    const { campaign, room, kinds } = await fresh({ double_opt_in: true });
    const email = someone();
    await join(campaign, email);
    const [letter] = await room.deliver();
    expect(await kinds()).toEqual(["confirm"]);
    await call("POST", /\/confirm\/[\w.-]+/.exec(letter?.text ?? "")?.[0] ?? "none", "");
    expect(await kinds()).toEqual(["confirm", "entry"]);
  });

  it("accepts only these kinds", async () => {
    const { campaign } = await fresh();
    const path = `/api/v1/campaigns/${campaign.id}`;
    for (const default_emails of [["invitation"], "entry", [1], null])
      expect((await campaign.owner.put(path, { default_emails })).status).toBe(400);
    expect((await campaign.owner.get(path)).data.default_emails).toEqual([
      "entry",
      "reward",
      "twoway_reward",
      "admitted",
    ]);
  });
});

it("an older campaign stays unchanged", async () => {
  const { campaign, room } = await fresh();
  await env.DB.prepare("UPDATE campaigns SET default_emails = '[]' WHERE id = ?").bind(campaign.id).run();
  await loop(campaign);
  expect(await room.rows()).toEqual([]);
});
