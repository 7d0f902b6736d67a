import { describe, expect, it } from "vitest";
import { newCampaign, someCodes, someone } from "./support/campaign";
import { call } from "./support/client";
import { mailroom } from "./support/mailroom";

const TEXTS = {
  campaign_entry_subject: "Welcome to {{campaign_name}}",
  campaign_entry_message: "Hello {{name}}, share {{referral_url}}",
  reward_notify_subject: "You earned {{reward}}",
  reward_notify_message: "Here it is: {{reward}}",
  twoway_reward_notify_subject: "A gift",
  twoway_reward_notify_message: "Yours: {{reward}}",
};

describe("a campaign's mail", () => {
  it("welcomes who joins, and nobody when the campaign has no words for it", async () => {
    const campaign = await newCampaign({ campaign_entry_subject: "Welcome to {{campaign_name}}" });
    const silent = await newCampaign({}, campaign.owner);
    const room = mailroom(campaign.owner);
    const email = someone();
    await campaign.signUp(email);
    await silent.signUp(someone());
    const taken = await room.deliver();
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatchObject({
      to: email,
      from: { email: "mail@referrals.test", name: campaign.brand.domain },
      subject: "Welcome to Test",
    });
    expect(await room.rows()).toMatchObject([{ kind: "entry", status: "sent", attempts: 1, error: null }]);
  });

  it("tells both of their rewards, with the code, once a code is there", async () => {
    const campaign = await newCampaign({ ...TEXTS, reward_invited: true });
    const room = mailroom(campaign.owner);
    const [ada, grace] = [someone(), someone()];
    const { data } = await campaign.signUp(ada);
    await campaign.refer(data.referral_code, grace);
    expect((await room.deliver()).map(({ to, subject }) => [to, subject])).toEqual([
      [ada, "Welcome to Test"],
      [grace, "Welcome to Test"],
    ]);
    const codes = someCodes(2);
    await campaign.upload(codes);
    const told = (await room.deliver()).slice(2);
    expect(told.map(({ to, subject }) => [to, subject])).toEqual(
      expect.arrayContaining([
        [ada, expect.stringContaining("You earned")],
        [grace, "A gift"],
      ]),
    );
    expect(told.every(({ text }) => codes.some((code) => text?.includes(code)))).toBe(true);
    expect(told).toHaveLength(2);
  });

  it("sends who is known a link to his page, and at most three a day", async () => {
    const campaign = await newCampaign();
    const room = mailroom(campaign.owner);
    const email = someone();
    await campaign.signUp(email);
    for (let n = 0; n < 5; n++) {
      const answer = await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email });
      expect(answer.data).toEqual({ already_joined: true });
    }
    const taken = await room.deliver();
    expect(taken).toHaveLength(3);
    const path = taken[0]?.text?.match(/https:\/\/referrals\.test(\/status\/\S+)/)?.[1] ?? "";
    expect((await call("GET", path)).status).toBe(200);
  });
});
