import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { brokenPromises } from "../support/invariants";

/** A campaign where one friend earns both sides a coupon. */
async function generous(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({ num_signups: 1, reward_invited: true, ...fields });
  await campaign.upload(someCodes(30));
  return campaign;
}

/** Five spellings of one mailbox. */
function spellings() {
  const name = `friend${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  return [
    `${name}@gmail.com`,
    `${name.slice(0, 3)}.${name.slice(3)}@gmail.com`,
    `${name}+shop@gmail.com`,
    `${name}@googlemail.com`,
    `${name.split("").join(".")}+x+y@googlemail.com`,
  ];
}

const join = (campaign: TestCampaign, email: string, ref: string) =>
  call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, ref });

const participant = async (campaign: TestCampaign, id: number) =>
  (await campaign.owner.get(`/api/v1/participants/${id}`)).data;

const rowOf = async (campaign: TestCampaign, email: string) =>
  (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&email=${encodeURIComponent(email)}`)).data
    .participants[0];

const counted = async (campaign: TestCampaign) => {
  const { total_participants, total_referrals } = await campaign.stats();
  return { people: total_participants, referrals: total_referrals, rewards: (await campaign.rewards()).length };
};

describe("one mailbox in several spellings", () => {
  it("signs up each time and credits once, through the API", async () => {
    const campaign = await generous();
    const ada = (await campaign.signUp(someone())).data;
    const answers = [];
    for (const email of spellings()) answers.push(await campaign.refer(ada.referral_code, email));
    expect(answers.map(({ status, data }) => [status, data.attributed])).toEqual(Array(5).fill([201, true]));
    expect(answers.map(({ data }) => data.participant.invited_by)).toEqual(Array(5).fill(ada.id));
    expect(answers.map(({ data }) => data.invited_reward !== null)).toEqual([true, false, false, false, false]);
    expect((await participant(campaign, ada.id)).referral_count).toBe(1);
    expect(await counted(campaign)).toEqual({ people: 6, referrals: 1, rewards: 2 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("credits once for concurrent signups, whoever invited them", async () => {
    const campaign = await generous();
    const inviters = await Promise.all([1, 2, 3].map(async () => (await campaign.signUp(someone())).data));
    const mailboxes = Array.from({ length: 4 }, spellings);
    await Promise.all(
      mailboxes
        .flat()
        .flatMap((email, i) => [
          join(campaign, email, inviters[i % 3].referral_code),
          campaign.refer(inviters[(i + 1) % 3].referral_code, email),
        ]),
    );
    expect(await counted(campaign)).toMatchObject({ people: 23, referrals: 4 });
    const counts = await Promise.all(inviters.map(async ({ id }) => (await participant(campaign, id)).referral_count));
    expect(counts.reduce((sum, count) => sum + count)).toBe(4);
    expect((await campaign.rewards()).filter(({ role }: { role: string }) => role === "invited")).toHaveLength(4);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("credits once for concurrent confirmations", async () => {
    const campaign = await generous({ double_opt_in: true });
    const ada = (await campaign.signUp(someone())).data;
    const emails = spellings();
    for (const email of emails) await join(campaign, email, ada.referral_code);
    const links = await Promise.all(
      emails.map(async (email) => {
        const who = { campaign_id: campaign.id, participant_id: (await rowOf(campaign, email)).id };
        return `/confirm/${await confirmationToken(env, who, new Date())}`;
      }),
    );
    await Promise.all(links.map((link) => call("POST", link)));
    expect(await counted(campaign)).toEqual({ people: 6, referrals: 1, rewards: 2 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("earns nothing more by being blocked and admitted again", async () => {
    const campaign = await generous();
    const ada = (await campaign.signUp(someone())).data;
    const [first = "", second = ""] = spellings();
    await campaign.refer(ada.referral_code, first);
    const { id } = (await campaign.refer(ada.referral_code, second)).data;
    for (const status of ["blocked", "active", "pending", "active"])
      expect((await campaign.owner.patch(`/api/v1/participants/${id}`, { status })).status).toBe(200);
    expect(await counted(campaign)).toEqual({ people: 3, referrals: 1, rewards: 2 });
  });

  it("earns nothing more by being erased and joining again", async () => {
    const campaign = await generous();
    const ada = (await campaign.signUp(someone())).data;
    const emails = spellings();
    for (const email of [emails[0] ?? "", ...emails]) {
      const { id } = (await campaign.refer(ada.referral_code, email)).data;
      await campaign.owner.delete(`/api/v1/participants/${id}`);
    }
    expect((await participant(campaign, ada.id)).referral_count).toBe(1);
    expect((await campaign.stats()).total_referrals).toBe(1);
    const kept = await env.DB.prepare("SELECT * FROM participants WHERE campaign_id = ? AND status = 'erased'")
      .bind(campaign.id)
      .all();
    expect(kept.results).toHaveLength(6);
    for (const email of emails) expect(JSON.stringify(kept.results)).not.toContain(email.split("@")[0]);
  });

  it("keeps the credit while it waits for a larger plan", async () => {
    const campaign = await generous();
    const ada = (await campaign.signUp(someone())).data;
    const plan = (id: number) =>
      env.DB.prepare("UPDATE members SET plan_id = ? WHERE id = ?").bind(id, campaign.owner.id).run();
    await plan(1);
    await env.DB.prepare("UPDATE campaign_stats SET total_participants = 500 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    const [parked = "", next = ""] = spellings();
    expect((await campaign.refer(ada.referral_code, parked)).data.participant.status).toBe("pending");
    await plan(3);
    expect((await campaign.refer(ada.referral_code, next)).data.reward).not.toBeNull();
    expect((await participant(campaign, ada.id)).referral_count).toBe(1);
  });

  it("counts separately in each campaign", async () => {
    const [email = ""] = spellings();
    for (const campaign of [await generous(), await generous()]) {
      const ada = (await campaign.signUp(someone())).data;
      expect((await campaign.refer(ada.referral_code, email)).data.reward).not.toBeNull();
    }
  });
});

describe("a public form", () => {
  it("credits new participants only, whatever is entered; owners' API calls count as before", async () => {
    const campaign = await generous();
    const ada = (await campaign.signUp(someone())).data;
    const known = (await campaign.signUp(someone())).data;
    expect((await join(campaign, known.email, ada.referral_code)).data).toEqual({ already_joined: true });
    expect(await participant(campaign, known.id)).toMatchObject({ invited_by: null });
    expect(await counted(campaign)).toEqual({ people: 2, referrals: 0, rewards: 0 });

    expect((await join(campaign, someone(), ada.referral_code)).data).toMatchObject({ already_joined: false });
    expect(await counted(campaign)).toMatchObject({ people: 3, referrals: 1 });

    expect(await campaign.refer(ada.referral_code, known.email)).toMatchObject({
      status: 201,
      data: { attributed: true, participant: { invited_by: ada.id } },
    });
    expect(await counted(campaign)).toMatchObject({ people: 3, referrals: 2 });
  });
});
