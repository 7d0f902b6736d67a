import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { participantLinkToken } from "../../src/auth/token";
import { newCampaign, plainCode, someone } from "../support/campaign";
import { call, newMember } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { cash, newShop } from "../support/shop";
import { workOf } from "../support/work";

type Shop = Awaited<ReturnType<typeof newShop>>;

/** A shop whose referrer has a checkout code. */
async function newCodedShop(rules: Record<string, unknown>[], fields: Record<string, unknown> = {}) {
  const shop = await newShop(rules, fields);
  const patched = await patch(shop, shop.ada.id, { checkout_code: "Ada-10" });
  if (patched.status !== 200) throw new Error(patched.text);
  return shop;
}

const patch = ({ campaign }: Pick<Shop, "campaign">, id: number, change: object) =>
  campaign.owner.patch(`/api/v1/participants/${id}`, change);

const codes = (answer: { data: { decision: { reasons: { code: string }[] } } }) =>
  answer.data.decision.reasons.map(({ code }) => code);

describe("a participant's checkout code", () => {
  it("is set, shown, found, moved, and removed", async () => {
    const { campaign, ada, grace } = await newShop([]);
    expect(ada.checkout_code).toBeNull();
    const set = await patch({ campaign }, ada.id, { checkout_code: "  Ada-10 " });
    expect(set, set.text).toMatchObject({ status: 200, data: { id: ada.id, checkout_code: "Ada-10" } });
    const shown = await campaign.owner.get(`/api/v1/participants/${ada.id}`);
    expect(shown.data.checkout_code).toBe("Ada-10");
    const find = async (text: string) =>
      (
        await campaign.owner.get(`/api/v1/participants?checkout_code=${encodeURIComponent(text)}`)
      ).data.participants.map(({ id }: { id: number }) => id);
    expect(await find("aDA-10")).toEqual([ada.id]);
    expect(await find(" ada-10\u200b")).toEqual([ada.id]);
    expect(await find("ada-1")).toEqual([]);
    expect(await find("\u200b")).toEqual([]);
    expect(await find("")).toHaveLength(2);
    // Changing another field keeps it, and so does the same code in another case.
    expect((await patch({ campaign }, ada.id, { name: "Ada" })).data.checkout_code).toBe("Ada-10");
    expect((await patch({ campaign }, ada.id, { checkout_code: "ADA-10" })).data.checkout_code).toBe("ADA-10");
    expect((await patch({ campaign }, ada.id, { checkout_code: null })).data.checkout_code).toBeNull();
    expect((await patch({ campaign }, grace.id, { checkout_code: "ada-10" })).status).toBe(200);
    expect(await find("Ada-10")).toEqual([grace.id]);
  });

  it("can be set with a signup, with and without a referrer", async () => {
    const campaign = await newCampaign();
    const ada = await campaign.signUp(someone(), { checkout_code: "ADA" });
    expect(ada, ada.text).toMatchObject({ status: 201, data: { checkout_code: "ADA" } });
    const bob = await campaign.refer(ada.data.referral_code, someone(), { checkout_code: "Bob" });
    expect(bob, bob.text).toMatchObject({ status: 201, data: { participant: { checkout_code: "Bob" } } });
    const email = someone();
    expect(await campaign.signUp(email, { checkout_code: "ada" })).toMatchObject({
      status: 409,
      code: "checkout_code_taken",
    });
    expect(await campaign.refer(ada.data.referral_code, email, { checkout_code: "BOB" })).toMatchObject({
      status: 409,
      code: "checkout_code_taken",
    });
    expect((await campaign.owner.get(`/api/v1/participants?email=${email}`)).data.participants).toEqual([]);
    // Existing participants keep their code, like their name.
    const again = await campaign.signUp(ada.data.email, { checkout_code: "Bob" });
    expect(again).toMatchObject({ status: 409, code: "already_signed_up" });
    const eve = (await campaign.signUp(someone())).data;
    const referred = await campaign.refer(ada.data.referral_code, eve.email, { checkout_code: "ADA" });
    expect(referred, referred.text).toMatchObject({ status: 201, data: { participant: { checkout_code: null } } });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it.each([
    ["the same letters", "Ada-10", "Ada-10"],
    ["another case", "Ada-10", "aDA-10"],
    ["a decomposed accent", "JOSÉ", "jose\u0301"],
    ["ß and SS", "GROSS", "groß"],
    ["both sigmas", "ΛΌΓΟΣ", "λόγος"],
  ])("belongs to one participant, compared by %s", async (_, first, second) => {
    const { campaign, ada, grace } = await newShop([]);
    expect((await patch({ campaign }, ada.id, { checkout_code: first })).status).toBe(200);
    const taken = await patch({ campaign }, grace.id, { checkout_code: second, name: "Changed", status: "blocked" });
    expect(taken).toMatchObject({ status: 409, code: "checkout_code_taken" });
    expect((await patch({ campaign }, grace.id, { checkout_code: second })).code).toBe("checkout_code_taken");
    const kept = (await campaign.owner.get(`/api/v1/participants/${grace.id}`)).data;
    expect(kept).toMatchObject({ name: "Friend", status: "active", checkout_code: null });
    // Another campaign has its own codes.
    const other = await newCampaign({}, campaign.owner);
    expect((await other.signUp(someone(), { checkout_code: second })).status).toBe(201);
  });

  it("goes to one of many concurrent requests", async () => {
    const campaign = await newCampaign();
    const people = await Promise.all(Array.from({ length: 6 }, async () => (await campaign.signUp(someone())).data));
    const answers = await Promise.all([
      ...people.map(({ id }) => patch({ campaign }, id, { checkout_code: "summer" })),
      ...Array.from({ length: 6 }, () => campaign.signUp(someone(), { checkout_code: "SUMMER" })),
      ...Array.from({ length: 6 }, () => campaign.signUp(someone())),
    ]);
    const wanted = answers.slice(0, 12);
    expect(wanted.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(wanted.filter(({ code }) => code === "checkout_code_taken")).toHaveLength(11);
    expect(answers.slice(12).every(({ status }) => status === 201)).toBe(true);
  });

  it("must be a word that people can type", async () => {
    const { campaign, ada } = await newShop([]);
    const texts = [
      "ab",
      "a".repeat(41),
      "",
      "     ",
      "ADA 10",
      "ADA\u200b10",
      "-ada",
      "ada.10",
      "<b>x</b>",
      "ada\ud800",
    ];
    for (const checkout_code of [...texts, 12345, true, ["ada10"]]) {
      const refused = await patch({ campaign }, ada.id, { checkout_code });
      expect([checkout_code, refused.status, refused.details?.[0]?.path]).toEqual([
        checkout_code,
        400,
        "checkout_code",
      ]);
      expect((await campaign.signUp(someone(), { checkout_code })).status).toBe(400);
    }
    for (const checkout_code of ["abc", "a".repeat(40), "日本語", "हिन्दी", "2026", "Ada_10-x"])
      expect((await patch({ campaign }, ada.id, { checkout_code })).data.checkout_code).toBe(checkout_code);
  });

  it("is never read as a referral code", async () => {
    const { campaign, ada, grace } = await newShop([]);
    for (const plain of [plainCode(campaign.id, 6, grace.id), plainCode(1, 1, 1)]) {
      const code = plain.replaceAll("=", "");
      for (const checkout_code of [code, code.toLowerCase(), code.toUpperCase()])
        expect((await patch({ campaign }, ada.id, { checkout_code })).status, checkout_code).toBe(400);
    }
    expect((await patch({ campaign }, ada.id, { checkout_code: grace.referral_code })).status).toBe(400);
  });

  it("is freed by an erasure", async () => {
    const { campaign, ada, grace, buy } = await newCodedShop([{ reward: cash({ percent: 10 }) }]);
    const order = { checkout_code: "ada-10", conversion_id: "order-x" };
    const first = await buy(order);
    expect(first.status).toBe(201);
    await campaign.owner.delete(`/api/v1/participants/${ada.id}`);
    const row = await env.DB.prepare("SELECT checkout_code, checkout_key FROM participants WHERE id = ?")
      .bind(ada.id)
      .first();
    expect(row).toEqual({ checkout_code: null, checkout_key: null });
    expect((await buy({ checkout_code: "ada-10" })).status).toBe(404);
    // The shop may still repeat what it reported.
    expect(await buy(order)).toMatchObject({ status: 200, data: { duplicate: true } });
    expect((await patch({ campaign }, grace.id, { checkout_code: "ADA-10" })).status).toBe(200);
    expect(await buy({ checkout_code: "ada-10" })).toMatchObject({ data: { conversion: { referrer_id: grace.id } } });
  });

  it("is shown to the participant, in the widget and on their own page", async () => {
    const campaign = await newCampaign();
    const email = someone();
    const joined = (await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email, name: "Ada" })).data;
    const own = async () =>
      (
        await call("GET", "/api/widget/participant", undefined, {
          headers: { Authorization: `Bearer ${joined.participant_token}` },
        })
      ).data;
    const { id, checkout_code } = await own();
    expect(checkout_code).toBeNull();
    const page = async () =>
      (
        await call("GET", `/status/${await participantLinkToken(env, { id, campaign_id: campaign.id }, new Date())}`)
      ).text.replace(/\s+/g, " ");
    expect(await page()).toContain('data-code-box="true" hidden=""');
    await patch({ campaign }, id, { checkout_code: "ADA10" });
    expect((await own()).checkout_code).toBe("ADA10");
    expect(await page()).toContain('data-code="true">ADA10</code>');
    expect(await page()).not.toContain('data-code-box="true" hidden=""');
  });

  it("is hidden from other members", async () => {
    const { ada } = await newCodedShop([]);
    const stranger = await newMember();
    const change = { checkout_code: "mine" };
    expect((await stranger.patch(`/api/v1/participants/${ada.id}`, change)).status).toBe(404);
    expect((await stranger.get("/api/v1/participants?checkout_code=ada-10")).data.participants).toEqual([]);
  });
});

describe("an order with a checkout code", () => {
  it("credits its owner if the buyer is unknown", async () => {
    const { campaign, ada, buy } = await newCodedShop([{ reward: cash({ percent: 10 }) }]);
    const answer = await buy({ checkout_code: " ada-10 " }, 4999);
    expect(answer, answer.text).toMatchObject({
      status: 201,
      data: {
        conversion: { participant_id: null, referrer_id: ada.id, attributed_by: "checkout_code" },
        rewards: [{ participant_id: ada.id, amount: 500 }],
        decision: {
          outcome: "credited",
          reasons: [{ code: "earned", message: "The reward was earned.The checkout code determined the referrer." }],
        },
        ignored: [],
      },
    });
    expect((await campaign.stats()).total_participants).toBe(2);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("costs one call and 16 rows, however the buyer is identified", async () => {
    const { grace, buy } = await newCodedShop([{ reward: cash({ percent: 10 }), first_only: true }]);
    await buy({ participant_id: grace.id });
    for (const who of [{ email: someone() }, { email: someone() }]) {
      const { d1_calls, rows_written } = await workOf(() => buy({ checkout_code: "ada-10", ...who }));
      expect(d1_calls).toBe(1);
      expect(rows_written).toBeLessThanOrEqual(16);
    }
  });

  it("uses the buyer's email without signing them up", async () => {
    const { campaign, ada, buy } = await newCodedShop([{ reward: cash({ amount: 300 }), first_only: true }]);
    const email = someone();
    const first = await buy({ checkout_code: "ada-10", email });
    expect(first, first.text).toMatchObject({
      status: 201,
      data: { conversion: { participant_id: null, referrer_id: ada.id }, rewards: [{ amount: 300 }] },
    });
    // The same mailbox in another spelling is not a first purchase; without an email it is unknown.
    expect(codes(await buy({ checkout_code: "ada-10", email: email.replace("@", "+shop@") }))).toEqual(["not_first"]);
    expect(codes(await buy({ checkout_code: "ada-10" }))).toEqual(["buyer_unknown"]);
    expect(codes(await buy({ checkout_code: "ada-10", email: someone() }))).toEqual(["earned"]);
    expect((await campaign.owner.get(`/api/v1/participants?email=${email}`)).data.participants).toEqual([]);
    const { results } = await env.DB.prepare("SELECT * FROM conversions WHERE campaign_id = ?").bind(campaign.id).all();
    expect(JSON.stringify(results)).not.toContain(email.split("@")[0]);
    // They join later, and still count as the earlier buyer.
    const joined = (await campaign.refer(ada.referral_code, email)).data.participant;
    expect(codes(await buy({ participant_id: joined.id }))).toEqual(["not_first"]);
  });

  it("counts one first purchase of many at once", async () => {
    const { campaign, buy } = await newCodedShop([{ reward: cash({ amount: 300 }), first_only: true }]);
    const email = someone();
    // The ledger takes what comes while it records the first one together.
    const wanted = [someone(), someone(), ...Array<string>(8).fill(email)];
    const answers = await Promise.all(wanted.map((email) => buy({ checkout_code: "ADA-10", email })));
    expect(answers.slice(2).flatMap(codes).sort()).toEqual(["earned", ...Array(7).fill("not_first")]);
    expect(await campaign.rewards()).toHaveLength(3);
  });

  it("earns for the rule's months after an unknown buyer's first purchase", async () => {
    const { buy } = await newCodedShop([{ reward: cash({ percent: 10, duration_months: 2 }) }]);
    const who = { checkout_code: "ada-10", email: someone() };
    const at = (occurred_at: string) => buy(who, 1000, { occurred_at });
    expect(codes(await at("2026-01-15T00:00:00Z"))).toEqual(["earned"]);
    expect(codes(await at("2026-03-14T00:00:00Z"))).toEqual(["earned"]);
    expect(codes(await at("2026-03-15T00:00:00Z"))).toEqual(["too_late"]);
    expect(codes(await buy({ checkout_code: "ada-10" }))).toEqual(["buyer_unknown"]);
  });

  it("earns for the rule's months after the first of many concurrent purchases", async () => {
    const { buy } = await newCodedShop([{ reward: cash({ percent: 10, duration_months: 2 }) }]);
    const email = someone();
    const of = (email: string, occurred_at: string) => buy({ checkout_code: "ada-10", email }, 1000, { occurred_at });
    // The ledger takes what comes while it records the first one together.
    const answers = await Promise.all([
      of(someone(), "2026-01-01T00:00:00Z"),
      of(someone(), "2026-01-01T00:00:00Z"),
      of(email, "2026-01-15T00:00:00Z"),
      of(email, "2026-04-01T00:00:00Z"),
      of(email, "2026-03-14T00:00:00Z"),
    ]);
    expect(answers.slice(2).flatMap(codes)).toEqual(["earned", "too_late", "earned"]);
  });

  it("earns nothing for an unknown buyer who has not signed up", async () => {
    const { buy } = await newCodedShop([{ role: "invited", reward: cash({ amount: 300 }) }]);
    expect(codes(await buy({ checkout_code: "ada-10", email: someone() }))).toEqual(["buyer_unknown"]);
  });

  it("credits the code's owner for a participant without a referrer", async () => {
    const { campaign, ada, buy } = await newCodedShop([
      { reward: cash({ percent: 10 }) },
      { role: "invited", reward: cash({ amount: 100 }) },
    ]);
    const eve = (await campaign.signUp(someone(), { external_id: "crm-8" })).data;
    for (const who of [{ participant_id: eve.id }, { external_id: "crm-8" }, { email: eve.email }]) {
      const answer = await buy({ ...who, checkout_code: "ada-10" }, 1000);
      expect(answer, answer.text).toMatchObject({
        status: 201,
        data: {
          conversion: { participant_id: eve.id, referrer_id: ada.id, attributed_by: "checkout_code" },
          rewards: [
            { participant_id: ada.id, amount: 100 },
            { participant_id: eve.id, amount: 100 },
          ],
        },
      });
    }
    // It is not a referral: the participant's chain stays as it is.
    expect((await campaign.owner.get(`/api/v1/participants/${eve.id}`)).data.invited_by).toBeNull();
  });

  it("keeps the buyer's first referrer, and reports the code as ignored", async () => {
    const { campaign, ada, grace, buy } = await newCodedShop([{ reward: cash({ percent: 10 }) }]);
    const bob = (await campaign.signUp(someone(), { checkout_code: "BOB" })).data;
    const answer = await buy({ participant_id: grace.id, checkout_code: "bob" });
    expect(answer.data).toMatchObject({
      conversion: { referrer_id: ada.id, attributed_by: "participant" },
      rewards: [{ participant_id: ada.id }],
      ignored: ["checkout_code"],
    });
    const linked = await buy({ email: grace.email, referral_code: bob.referral_code });
    expect(linked.data).toMatchObject({ conversion: { referrer_id: ada.id }, ignored: ["referral_code"] });
  });

  it("earns nothing for the owner's own purchase", async () => {
    const { campaign, ada, grace, buy } = await newCodedShop([
      { reward: cash({ percent: 10 }) },
      { role: "invited", reward: cash({ amount: 100 }) },
    ]);
    const plus = ada.email.replace("@", "+shop@");
    const own = { email: plus, checkout_code: "ada-10" };
    expect(codes(await buy({ email: ada.email, checkout_code: "ada-10" }))).toEqual(["own_code", "own_code"]);
    expect(codes(await buy({ participant_id: ada.id, checkout_code: "ada-10" }))).toEqual(["own_code", "own_code"]);
    expect(codes(await buy(own))).toEqual(["own_code", "own_code"]);
    expect(codes(await buy({ email: plus, referral_code: ada.referral_code }))).toEqual(["own_code", "own_code"]);
    const second = (await campaign.signUp(plus)).data;
    expect(codes(await buy({ participant_id: second.id, checkout_code: "ada-10" }))).toEqual(["own_code", "own_code"]);
    expect(await campaign.rewards()).toEqual([]);
    // A friend who buys with their own code still has their referrer.
    await patch({ campaign }, grace.id, { checkout_code: "GRACE" });
    const friends = await buy({ participant_id: grace.id, checkout_code: "grace" });
    expect(friends.data).toMatchObject({ conversion: { referrer_id: ada.id, attributed_by: "participant" } });
    expect(codes(friends)).toEqual(["earned", "earned"]);
  });

  it("counts for the buyer only if the code is unknown, like any discount of the shop", async () => {
    const { ada, grace, buy } = await newCodedShop([{ reward: cash({ percent: 10 }) }]);
    for (const checkout_code of ["SUMMER 20%", "x".repeat(300), "\u200b-", "';--"]) {
      const answer = await buy({ participant_id: grace.id, checkout_code });
      expect(answer, answer.text).toMatchObject({
        status: 201,
        data: {
          conversion: { referrer_id: ada.id, attributed_by: "participant" },
          ignored: checkout_code.trim() ? ["checkout_code"] : [],
        },
      });
    }
    // An empty checkout field is not a code.
    expect((await buy({ participant_id: grace.id, checkout_code: " " })).data.ignored).toEqual([]);
    expect((await buy({ checkout_code: "SUMMER20" })).status).toBe(404);
    expect((await buy({ checkout_code: "SUMMER20", email: someone() })).status).toBe(404);
    expect((await buy({ checkout_code: "" })).status).toBe(400);
  });

  it.each([
    ["two buyers", { participant_id: 1, email: "a@b.co", checkout_code: "ada-10" }, 400],
    ["two codes", { referral_code: "NDI6MTo3", checkout_code: "ada-10" }, 400],
    ["a participant who is not there", { participant_id: 987_654_321, checkout_code: "ada-10" }, 404],
    ["no text", { checkout_code: 10 }, 400],
  ])("is refused with %s", async (_, who, status) => {
    const { buy } = await newCodedShop([]);
    expect((await buy(who)).status).toBe(status);
  });

  it("is recorded once, even if the buyer joined or the code moved meanwhile", async () => {
    const { campaign, ada, grace, buy } = await newCodedShop([{ reward: cash({ percent: 10 }) }]);
    const email = someone();
    const order = { checkout_code: "ada-10", email, conversion_id: "order-x" };
    expect((await buy(order)).status).toBe(201);
    expect(await buy(order)).toMatchObject({ status: 200, data: { duplicate: true, ignored: [] } });
    expect(await buy(order, 1)).toMatchObject({ status: 409 });
    await campaign.refer(grace.referral_code, email);
    expect(await buy(order)).toMatchObject({ status: 200, data: { conversion: { participant_id: null } } });
    await patch({ campaign }, ada.id, { checkout_code: "another" });
    expect(await buy(order)).toMatchObject({ status: 200, data: { conversion: { referrer_id: ada.id } } });
    await patch({ campaign }, grace.id, { checkout_code: "bobs" });
    expect(await buy({ ...order, checkout_code: "bobs" })).toMatchObject({ status: 409, code: "conflict" });
    expect(await campaign.rewards()).toHaveLength(1);
  });

  it("does not count for another campaign's code", async () => {
    const { campaign } = await newCodedShop([]);
    const other = await newShop([], {}, campaign.owner);
    expect((await other.buy({ checkout_code: "ada-10" })).status).toBe(404);
  });

  it("earns nothing for a blocked referrer, with a reason", async () => {
    const shop = await newCodedShop([{ reward: cash({ percent: 10 }) }]);
    await patch(shop, shop.ada.id, { status: "blocked" });
    expect(codes(await shop.buy({ checkout_code: "ada-10" }))).toEqual(["referrer_not_active"]);
  });

  it("can be refunded like any other", async () => {
    const { campaign, buy } = await newCodedShop([{ reward: cash({ percent: 10 }), hold_days: 14 }]);
    const { conversion } = (await buy({ checkout_code: "ada-10" }, 10_000)).data;
    const refund = await campaign.owner.post(`/api/v1/conversions/${conversion.id}/refunds`, {
      refund_id: "r1",
      amount: 5000,
    });
    expect(refund, refund.text).toMatchObject({ status: 201, data: { rewards: [{ status: "held", amount: 500 }] } });
  });
});
