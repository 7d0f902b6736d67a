import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { vetoUse } from "../../src/delivery/vetoes/veto-round";
import { openDb } from "../../src/lib/db";
import { sweep } from "../../src/outbox/sweep";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { newMember } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { type Endpoint, faultyDb, type Outside, outside } from "../support/outside";
import { cash, newShop } from "../support/shop";
import { workOf } from "../support/work";

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

let world: Outside;
beforeEach(async () => {
  world = outside();
  // This test's sweeps would find due rows of earlier tests.
  await env.DB.prepare("UPDATE veto_calls SET status = 'done' WHERE status = 'pending'").run();
});
afterEach(() => {
  expect(world.unverified).toEqual([]);
  world.close();
});

type Reward = { id: number; status: string; role: string; note?: string | null; coupon: string | null };
const says =
  (status: number, body: unknown = {}) =>
  () =>
    Response.json(body, { status });

/** A campaign whose coupons wait for a veto endpoint. */
async function asking(reply: Endpoint["reply"], fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign({ num_signups: 1, reward_invited: true });
  await campaign.upload(someCodes(10));
  const endpoint = await world.veto(campaign.owner, campaign.id, reply, fields);
  return { campaign, endpoint };
}

/** A friend signs up: two coupons are earned. */
async function refer(campaign: TestCampaign) {
  const ada = (await campaign.signUp(someone())).data;
  return (await campaign.refer(ada.referral_code, someone())).data;
}

/** The sweep finds due questions, and the queue asks them. */
async function asked(later = 0) {
  vi.setSystemTime(Date.now() + later);
  await swept();
  vi.setSystemTime(Date.now() + SECOND);
  await world.consume();
}

const swept = () => sweep({ db: openDb(env.DB, "first-primary"), env: world.env, now: () => new Date() }, vetoUse);

const statuses = async (campaign: TestCampaign) =>
  (await campaign.rewards()).map(({ status }: Reward) => status).sort();
const veto = async ({ owner, id }: TestCampaign) => (await owner.get(`/api/v1/campaigns/${id}/veto`)).data;
const calls = async ({ id }: TestCampaign) =>
  (await env.DB.prepare("SELECT * FROM veto_calls WHERE campaign_id = ? ORDER BY id").bind(id).all()).results;

describe("a reward with a veto", () => {
  it("is held until a 200, and then given; the question is signed, with its subject and recipient", async () => {
    const { campaign, endpoint } = await asking(says(200));
    const joined = await refer(campaign);
    expect([joined.reward.status, joined.invited_reward.status, joined.invited_reward.needs_approval]).toEqual([
      "held",
      "held",
      true,
    ]);
    expect(await veto(campaign)).toMatchObject({ is_on: true, ending: "hold", waiting: 2, last_error: null });
    await asked();
    expect(await statuses(campaign)).toEqual(["fulfilled", "fulfilled"]);
    expect((await campaign.rewards()).every(({ coupon }: Reward) => coupon !== null)).toBe(true);
    expect(endpoint.received).toHaveLength(2);
    const { id, participant } = joined;
    const question = endpoint.received
      .map(({ body }) => JSON.parse(body))
      .find(({ data }: { data: { participant_id: number } }) => data.participant_id === id);
    expect(question).toMatchObject({
      id: `veto_${joined.invited_reward.id}`,
      type: "reward.veto",
      livemode: true,
      data: {
        id: joined.invited_reward.id,
        campaign_id: campaign.id,
        role: "invited",
        status: "held",
        coupon: null,
        participant: { id, email: participant.email, invited_by: participant.invited_by },
        conversion: null,
      },
    });
    expect(endpoint.received.map((one) => one.id).sort()).toEqual(
      [joined.reward.id, joined.invited_reward.id].map((one) => `veto_${one}`).sort(),
    );
    expect(await veto(campaign)).toMatchObject({ waiting: 0 });
    await asked(DAY);
    expect(endpoint.received).toHaveLength(2);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("is revoked by a 4xx, with the endpoint's code in its note, an event, and a decision", async () => {
    const { campaign } = await asking(says(403, { code: "chargeback_risk", message: "not kept" }));
    const joined = await refer(campaign);
    await asked();
    expect(await statuses(campaign)).toEqual(["revoked", "revoked"]);
    const noted = await env.DB.prepare("SELECT note FROM rewards WHERE campaign_id = ?").bind(campaign.id).all();
    expect(noted.results).toEqual(Array(2).fill({ note: "Refused by your endpoint: chargeback_risk" }));
    expect((await campaign.events("reward.revoked")).length).toBe(2);
    const { data } = await campaign.owner.get(
      `/api/v1/decisions?campaign_id=${campaign.id}&participant_id=${joined.id}&limit=50`,
    );
    const codes = data.decisions.flatMap((one: { reasons: { code: string }[] }) => one.reasons.map(({ code }) => code));
    expect(codes).toContain("veto_refused");
    expect(codes).toContain("veto_asked");
    const { coupons_available } = await campaign.stats();
    expect(coupons_available).toBe(10);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("is asked for again after anything else, never at another address, and given once it is answered", async () => {
    const replies: Endpoint["reply"][] = [
      says(500),
      () => new Response(null, { status: 302, headers: { location: "https://elsewhere.example/" } }),
      () => new Response(null, { status: 204 }),
      says(429, { code: "later" }),
      () => {
        throw new TypeError("refused");
      },
      () => new Response("x".repeat(1_000_000), { status: 503 }),
      says(200),
    ];
    const campaign = await newCampaign({ num_signups: 1 });
    await campaign.upload(someCodes(1));
    const endpoint = await world.veto(campaign.owner, campaign.id, (...args) => {
      const reply = replies.shift() ?? says(200);
      return reply(...args);
    });
    await refer(campaign);
    await asked();
    const errors = [];
    for (const wait of [6 * SECOND, 2 * MINUTE, 7 * MINUTE, 40 * MINUTE, 2 * HOUR, 3 * HOUR]) {
      errors.push((await veto(campaign)).last_error);
      expect(await statuses(campaign)).toEqual(["held"]);
      await asked(wait);
    }
    expect(errors).toEqual(["http_500", "redirect", "http_204", "http_429", "connect_error", "http_503"]);
    expect(endpoint.received).toHaveLength(7);
    expect(new Set(endpoint.received.map(({ id }) => id)).size).toBe(1);
    expect(await statuses(campaign)).toEqual(["fulfilled"]);
  });

  it("is decided by the setting after 72 hours, or when the veto is turned off: held for a person, given, or refused", async () => {
    for (const [ending, becomes] of [
      ["hold", "held"],
      ["give", "fulfilled"],
      ["refuse", "revoked"],
    ] as const) {
      const { campaign } = await asking(says(500), { ending });
      await refer(campaign);
      for (let n = 0; n < 12; n++) await asked(8 * HOUR);
      expect(await statuses(campaign)).toEqual([becomes, becomes]);
      expect((await calls(campaign)).map(({ state, status }) => [state, status])).toEqual(
        Array(2).fill(["unanswered", "done"]),
      );
      const off = await asking(says(500), { ending });
      await refer(off.campaign);
      await asked();
      await off.campaign.owner.put(`/api/v1/campaigns/${off.campaign.id}/veto`, {
        link: off.endpoint.link,
        is_on: false,
      });
      await asked();
      expect(await statuses(off.campaign)).toEqual([becomes, becomes]);
      expect(off.endpoint.received).toHaveLength(2);
      expect((await refer(off.campaign)).reward.status).toBe("fulfilled");
      const [held] = await campaign.rewards();
      if (ending === "hold") {
        await campaign.owner.post("/api/v1/rewards/actions", { ids: [held.id], action: "approve" });
        expect(await statuses(campaign)).toEqual(["fulfilled", "held"]);
      }
      for (const one of [campaign, off.campaign]) expect(await brokenPromises(one.id)).toEqual([]);
    }
  });

  it("follows a person who decides first, and only the endpoint's first answer", async () => {
    const { campaign } = await asking(says(403));
    const joined = await refer(campaign);
    await campaign.owner.post("/api/v1/rewards/actions", { ids: [joined.reward.id], action: "approve" });
    await asked();
    expect(await statuses(campaign)).toEqual(["fulfilled", "revoked"]);
    // A Worker that died before it recorded the answer asks again, and gets another one.
    const again = await asking(says(200));
    await refer(again.campaign);
    await asked();
    again.endpoint.reply = says(403);
    await env.DB.prepare(
      "UPDATE veto_calls SET status = 'pending', state = 'waiting', next_attempt_at = 1 WHERE campaign_id = ?",
    )
      .bind(again.campaign.id)
      .run();
    await asked();
    expect(await statuses(again.campaign)).toEqual(["fulfilled", "fulfilled"]);
    expect(await brokenPromises(again.campaign.id)).toEqual([]);
  });

  it("survives a Worker that dies between the response and its record: one effect", async () => {
    const { campaign, endpoint } = await asking(says(200));
    await refer(campaign);
    await swept();
    vi.setSystemTime(Date.now() + SECOND);
    const dies = faultyDb((call, run) => (call === 1 ? run() : Promise.reject(new Error("died"))));
    await world.consume(undefined, { DB: dies });
    expect((await calls(campaign)).map(({ state }) => state)).toEqual(["waiting", "waiting"]);
    endpoint.reply = says(403);
    await asked(6 * MINUTE);
    expect(await statuses(campaign)).toEqual(["fulfilled", "fulfilled"]);
    expect((await campaign.events("reward.fulfilled")).length).toBe(2);
    expect((await calls(campaign)).map(({ status }) => status)).toEqual(["done", "done"]);
    expect(endpoint.received).toHaveLength(2);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("a sale's reward", () => {
  it("is asked for after its hold days, and stays held if its rule requires approval", async () => {
    const shop = await newShop([
      { reward: cash({ percent: 10 }), hold_days: 3 },
      { reward: cash({ amount: 100 }), needs_approval: true },
    ]);
    const { campaign } = shop;
    const endpoint = await world.veto(campaign.owner, campaign.id, says(200));
    await shop.buy({ participant_id: shop.grace.id }, 1000, { conversion_id: "order-1" });
    await asked();
    expect(endpoint.received).toHaveLength(1);
    await asked(3 * DAY + MINUTE);
    expect(endpoint.received.map(({ body }) => JSON.parse(body).data.conversion)).toEqual(
      Array(2).fill({ conversion_id: "order-1" }),
    );
    await asked(MINUTE);
    expect(await statuses(campaign)).toEqual(["held", "pending"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("the setting", () => {
  it("needs a public https URL, shows its secret once, and belongs to the member", async () => {
    const campaign = await newCampaign();
    const path = `/api/v1/campaigns/${campaign.id}/veto`;
    const { owner } = campaign;
    expect((await owner.get(path)).status).toBe(404);
    for (const link of ["http://example.com/", "https://10.0.0.1/", "https://localhost/", "ftp://example.com/", "x"])
      expect([link, (await owner.put(path, { link })).status]).toEqual([link, 400]);
    const made = await owner.put(path, { link: "https://example.com/veto" });
    expect(made.data).toMatchObject({ is_on: true, ending: "hold", secret: expect.stringMatching(/^whsec_/) });
    expect((await owner.put(path, { link: "https://example.com/veto", ending: "give" })).data).toMatchObject({
      ending: "give",
      is_on: true,
      secret: null,
    });
    const rotated = await owner.post(`${path}/secret`, {});
    expect([rotated.status, rotated.data.secret === made.data.secret]).toEqual([201, false]);
    expect((await owner.post(`${path}/secret`, {})).status).toBe(409);
    const stranger = await newMember();
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.put(path, { link: "https://example.com/mine" })).status).toBe(404);
    expect((await stranger.post(`${path}/secret`, {})).status).toBe(404);
    expect((await owner.get(path)).data.link).toBe("https://example.com/veto");
    const kept = await env.DB.prepare("SELECT secret FROM vetoes WHERE campaign_id = ?").bind(campaign.id).first();
    expect(JSON.stringify(kept)).not.toContain(made.data.secret.slice(6, 30));
  });

  it("costs a campaign without one no row and no call", async () => {
    const campaign = await newCampaign({ num_signups: 1 });
    const ada = (await campaign.signUp(someone())).data;
    const join = () => workOf(() => campaign.refer(ada.referral_code, someone()));
    await join();
    const without = await join();
    await world.veto(campaign.owner, campaign.id, says(200), { is_on: false });
    expect(await join()).toMatchObject({ d1_calls: without.d1_calls, rows_written: without.rows_written });
    expect(await calls(campaign)).toEqual([]);
  });
});
