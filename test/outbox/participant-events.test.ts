import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { confirmationToken } from "../../src/participants/confirmations/confirmation-link";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call, type TestMember } from "../support/client";
import { type Endpoint, type Outside, outside } from "../support/outside";

let world: Outside;
let member: TestMember;
let campaign: TestCampaign;
let endpoint: Endpoint;
beforeEach(async () => {
  world = outside();
  member = await world.verified();
  campaign = await newCampaign({ double_opt_in: true, reward_type: 5 }, member);
  await member.put(`/api/v1/campaigns/${campaign.id}/reward`, { cash_value: 5 });
  endpoint = await world.endpoint(member);
});
afterEach(() => {
  expect(world.unverified).toEqual([]);
  world.close();
});

/** New events at the endpoint since the last call, in order. */
async function heard() {
  world.later(120_000);
  await world.cron();
  await world.consume();
  return endpoint.received
    .splice(0)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ body }) => {
      const { type, timestamp, data } = JSON.parse(body);
      return { type, timestamp, data } as { type: string; timestamp: string; data: Record<string, unknown> };
    });
}

/** A participant who joined in the widget, and their confirmation. */
async function newcomer(more: Record<string, unknown> = {}) {
  const email = someone();
  await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, ...more });
  const query = `/api/v1/participants?campaign_id=${campaign.id}&email=${email}`;
  const { id } = (await member.get(query)).data.participants[0];
  const token = () => confirmationToken(env, { campaign_id: campaign.id, participant_id: id }, new Date());
  return { id, email, confirm: async () => call("POST", `/confirm/${await token()}`) };
}
const patch = (id: number, status: string) => member.patch(`/api/v1/participants/${id}`, { status });
const inShort = (all: Awaited<ReturnType<typeof heard>>) => all.map(({ type, data }) => [type, data.status]);

describe("a participant's changes are sent to webhooks", () => {
  it("when they confirm their email, once", async () => {
    const { id, email, confirm } = await newcomer({ name: "Ada" });
    expect((await heard()).map(({ type }) => type)).toEqual(["participant.signup"]);
    await confirm();
    const who = { campaign_id: campaign.id, participant_id: id, email, name: "Ada", external_id: null };
    expect(await heard()).toEqual(
      ["participant.admitted", "participant.confirmed"].map((type) => ({
        type,
        timestamp: expect.any(String),
        data: { ...who, status: "active" },
      })),
    );
    await confirm();
    expect(await heard()).toEqual([]);
  });

  it("when they confirm although the plan is full, or they are blocked", async () => {
    const [one, two] = [await newcomer(), await newcomer()];
    await patch(two.id, "blocked");
    await env.DB.prepare("UPDATE members SET plan_id = 1 WHERE id = ?").bind(member.id).run();
    await env.DB.prepare("UPDATE campaign_stats SET total_participants = 600 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    await heard();
    await one.confirm();
    expect(inShort(await heard())).toEqual([["participant.confirmed", "pending"]]);
    await two.confirm();
    expect(inShort(await heard())).toEqual([["participant.confirmed", "blocked"]]);
  });

  it("when they are blocked, unblocked, or set to pending, but not when nothing changes", async () => {
    const { id } = (await campaign.signUp(someone())).data;
    await heard();
    for (const status of ["blocked", "blocked", "active", "pending", "active"]) {
      await patch(id, status);
      world.later(1_000);
    }
    expect(inShort(await heard())).toEqual([
      ["participant.blocked", "blocked"],
      ["participant.admitted", "active"],
      ["participant.pending", "pending"],
      ["participant.admitted", "active"],
    ]);
  });

  it("when they are referred after they joined", async () => {
    const ada = (await campaign.signUp(someone())).data;
    const email = someone();
    const grace = (await campaign.signUp(email)).data;
    await heard();
    await campaign.refer(ada.referral_code, email);
    const [first] = await heard();
    expect(first).toMatchObject({
      type: "participant.attributed",
      data: { participant_id: grace.id, email, invited_by: ada.id, referral_code: grace.referral_code },
    });
  });

  it("when they are erased, with only their ID", async () => {
    const { id } = (await campaign.signUp(someone())).data;
    await heard();
    await member.delete(`/api/v1/participants/${id}`);
    expect(await heard()).toEqual([
      {
        type: "participant.erased",
        timestamp: expect.any(String),
        data: { campaign_id: campaign.id, participant_id: id },
      },
    ]);
  });

  it("when one of their rewards is revoked", async () => {
    const ada = (await campaign.signUp(someone())).data;
    await campaign.refer(ada.referral_code, someone());
    const [reward] = await campaign.rewards();
    await heard();
    await member.patch(`/api/v1/rewards/${reward.id}`, { status: "revoked" });
    expect(await heard()).toMatchObject([
      { type: "reward.revoked", data: { id: reward.id, status: "revoked", participant: { id: ada.id } } },
    ]);
  });

  it("only if an endpoint asked for them", async () => {
    const listed = await world.endpoint(member, { events: ["participant.confirmed"] });
    const { confirm, id } = await newcomer();
    await confirm();
    await patch(id, "blocked");
    await heard();
    expect(listed.received.map(({ body }) => JSON.parse(body).type)).toEqual(["participant.confirmed"]);
  });
});
