import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { participantLinkToken, participantToken } from "../../src/auth/token";
import { openDb } from "../../src/lib/db";
import { expireRewards } from "../../src/participants/rewards/expiry";
import { de as german } from "../../src/texts/de/de";
import { en } from "../../src/texts/en/en";
import { dayIn, fill, textsOf } from "../../src/texts/text";
import { someCodes } from "../support/campaign";
import { call } from "../support/client";
import { cash, newShop } from "../support/shop";

type Shop = Awaited<ReturnType<typeof newShop>>;
type Who = Shop["ada"];

/** The text of a participant's own list of rewards. */
async function pageOf({ campaign }: Shop, { id }: Who) {
  const page = await call(
    "GET",
    `/status/${await participantLinkToken(env, { id, campaign_id: campaign.id }, new Date())}`,
  );
  expect(page.status).toBe(200);
  const list = /data-list="rewards">(.*?)<template/s.exec(page.text)?.[1] ?? "";
  const credit = /<p[^>]*data-credit[^>]*>(.*?)<\/p>/s.exec(page.text)?.[0] ?? "";
  return { list, credit };
}

async function numbersOf({ campaign }: Shop, { id }: Who) {
  const token = await participantToken(env, { id, campaign_id: campaign.id }, new Date(), { isProven: true });
  return (await call("GET", "/api/widget/participant", undefined, { headers: { Authorization: `Bearer ${token}` } }))
    .data;
}

/** A sale of $50; the referrer gets a tenth. */
async function sold(rule: object, fields: Record<string, unknown> = {}) {
  const shop = await newShop([{ reward: cash({ percent: 10 }), ...rule }], fields);
  const sale = await shop.buy({ participant_id: shop.grace.id }, 5000, { conversion_id: "sale" });
  return { shop, owner: shop.campaign.owner, reward: sale.data.rewards[0] };
}

describe("a participant's own page", () => {
  it("shows until when a reward is held, and its value, in the reader's language", async () => {
    const { shop, reward } = await sold({ hold_days: 14 });
    const day = new Date(reward.held_until);
    expect((await pageOf(shop, shop.ada)).list).toContain(`$5.00 · ${fill(en.reward_held, { day: dayIn("en", day) })}`);
    await shop.campaign.owner.put(`/api/v1/campaigns/${shop.campaign.id}/widget`, { language: "de" });
    const { list } = await pageOf(shop, shop.ada);
    expect(list).toContain(`5,00\u00a0$ · ${fill(german().reward_held, { day: dayIn("de", day) })}`);
  });

  it("shows that a reward waits for approval, without a day, and shows it once it is given", async () => {
    const { shop, owner, reward } = await sold({ hold_days: 14, needs_approval: true });
    expect((await pageOf(shop, shop.ada)).list).toContain(`$5.00 · ${en.reward_unapproved}`);
    await owner.post("/api/v1/rewards/actions", { action: "approve", ids: [reward.id] });
    const { list } = await pageOf(shop, shop.ada);
    expect(list).toContain(fill(en.reward_held, { day: dayIn("en", new Date(reward.held_until)) }));
    expect(list).not.toContain(en.reward_unapproved);
  });

  it("shows that a reward is gone, without the owner's findings or its value", async () => {
    const { shop, owner, reward } = await sold({ hold_days: 14 });
    await owner.patch(`/api/v1/rewards/${reward.id}`, { status: "revoked", note: "Same device as the friend" });
    const { list } = await pageOf(shop, shop.ada);
    expect(list).toContain(en.reward_revoked);
    expect(list).not.toMatch(/device/);
    expect(JSON.stringify(await numbersOf(shop, shop.ada))).not.toMatch(/device/);
  });

  it("shows no code of a revoked coupon", async () => {
    const shop = await newShop([], { reward_type: 1, num_signups: 2 });
    const codes = someCodes(1);
    await shop.campaign.upload(codes);
    await shop.campaign.refer(shop.ada.referral_code, `${crypto.randomUUID()}@example.com`);
    expect((await pageOf(shop, shop.ada)).list).toContain(codes[0]);
    const [reward] = await shop.campaign.rewards();
    await shop.campaign.owner.patch(`/api/v1/rewards/${reward.id}`, { status: "revoked" });
    const { list } = await pageOf(shop, shop.ada);
    expect(list).toContain(en.reward_revoked);
    expect(list).not.toContain(codes[0]);
    expect(await numbersOf(shop, shop.ada)).toMatchObject({ rewards: [{ status: "revoked", coupon: null }] });
  });

  it.each([
    ["max_per_participant", "total", en.limit_total],
    ["max_per_month", "month", en.limit_month],
  ])("shows that %s is reached, once it is", async (field, limit, text) => {
    const shop = await newShop([{ reward: cash({ amount: 500 }), repeat: "every", [field]: 2 }]);
    const sells = () => shop.buy({ participant_id: shop.grace.id }, 5000);
    await sells();
    expect((await pageOf(shop, shop.ada)).list).not.toContain(text);
    expect(await numbersOf(shop, shop.ada)).toMatchObject({ limit: null });
    await sells();
    expect((await pageOf(shop, shop.ada)).list).toContain(text);
    expect(await numbersOf(shop, shop.ada)).toMatchObject({ limit });
    expect(await numbersOf(shop, shop.grace)).toMatchObject({ limit: null });
    await env.DB.prepare("UPDATE rule_counts SET month = '2020-01' WHERE participant_id = ?").bind(shop.ada.id).run();
    expect(await numbersOf(shop, shop.ada)).toMatchObject({ limit: limit === "month" ? null : limit });
  });

  it("shows until when a reward lasts, that it expired, and that unredeemed credit did", async () => {
    const credit = { reward: { reward_type: 6, percent: 10 }, expires_days: 9 };
    const shop = await newShop([credit, { reward: cash({ amount: 700 }), expires_days: 9 }]);
    const { rewards } = (await shop.buy({ participant_id: shop.grace.id }, 5000)).data;
    const until = fill(en.reward_expires, { day: dayIn("en", new Date(rewards[0].expires_at)) });
    const before = (await pageOf(shop, shop.ada)).list;
    expect(before).toContain(`${fill(en.reward_credit, { amount: "$5.00" })} ${until}`);
    expect(before).toContain(`${fill(en.reward_owed, { amount: "$7.00" })} ${until}`);
    const spent = { redemption_id: "order-1", amount: 100 };
    await shop.campaign.owner.post(`/api/v1/participants/${shop.ada.id}/redemptions`, spent);
    await env.DB.prepare("UPDATE rewards SET expires_at = 1 WHERE campaign_id = ?").bind(shop.campaign.id).run();
    await expireRewards({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });
    const { list, credit: left } = await pageOf(shop, shop.ada);
    expect(list).toContain(`$5.00 · ${en.reward_rest_expired}`);
    expect(list).toContain(`$7.00 · ${en.reward_expired}`);
    expect(left).toContain(fill(en.your_credit, { amount: "$0.00" }));
  });

  it("shows until when a code works, in the reader's language", async () => {
    const shop = await newShop([{ reward: { reward_type: 1 } }]);
    const { owner, id } = shop.campaign;
    await owner.post(`/api/v1/campaigns/${id}/coupons`, { codes: someCodes(1), valid_until: "2099-03-03" });
    await shop.buy({ participant_id: shop.grace.id }, 5000);
    for (const language of ["en", "de", "ja"]) {
      await owner.put(`/api/v1/campaigns/${id}/widget`, { language });
      const day = dayIn(language, new Date("2099-03-03"));
      expect((await pageOf(shop, shop.ada)).list).toContain(fill(textsOf(language).coupon_valid, { day }));
    }
    expect(await numbersOf(shop, shop.ada)).toMatchObject({ rewards: [{ coupon_last_day: "2099-03-03" }] });
  });

  it("shows that a spent budget gives no more for now, to affected participants, and the remedy to the owner", async () => {
    const sale = { reward: cash({ amount: 500 }), budget: 600 };
    const rung = { ...sale, trigger: "signup", repeat: "once", threshold: 2, budget: 400 };
    const hidden = { ...sale, visible: false, budget: 1 };
    const limits = async (shop: Awaited<ReturnType<typeof newShop>>) =>
      Promise.all([shop.ada, shop.grace].map(async (one) => (await numbersOf(shop, one)).limit));
    const [bySale, byRung, secret] = [await newShop([sale]), await newShop([rung]), await newShop([hidden])];
    expect(await limits(bySale)).toEqual([null, null]);
    for (let n = 0; n < 2; n++) await bySale.buy({ participant_id: bySale.grace.id }, 5000);
    await secret.buy({ participant_id: secret.grace.id }, 5000);
    expect(await limits(bySale)).toEqual(["budget", null]);
    expect(await limits(byRung)).toEqual(["budget", null]);
    expect(await limits(secret)).toEqual([null, null]);
    expect((await pageOf(bySale, bySale.ada)).list).toContain(en.limit_budget);
    const rules = `/api/v1/campaigns/${bySale.campaign.id}/rules/${bySale.rules[0].id}`;
    await bySale.campaign.owner.put(rules, { budget: 5000 });
    expect(await limits(bySale)).toEqual([null, null]);
  });

  it("shows the balance of store credit in each currency, and nothing without credit", async () => {
    const shop = await newShop([{ reward: { reward_type: 6, percent: 10 } }], { currency: "KWD" });
    await shop.buy({ participant_id: shop.grace.id }, 50_000, { currency: "KWD" });
    const { list, credit } = await pageOf(shop, shop.ada);
    expect(list).toContain(fill(en.reward_credit, { amount: "KWD\u00a05.000" }));
    expect(credit).toContain(fill(en.your_credit, { amount: "KWD\u00a05.000" }));
    const spent = { redemption_id: "order-1", amount: 1250 };
    await shop.campaign.owner.post(`/api/v1/participants/${shop.ada.id}/redemptions`, spent);
    expect((await pageOf(shop, shop.ada)).credit).toContain(fill(en.your_credit, { amount: "KWD\u00a03.750" }));
    expect(await numbersOf(shop, shop.ada)).toMatchObject({ credit: [{ currency: "KWD", amount: 3750, value: 3.75 }] });
    expect((await pageOf(shop, shop.grace)).credit).toMatch(/ hidden/);
    expect(await numbersOf(shop, shop.grace)).toMatchObject({ credit: [] });
  });
});
