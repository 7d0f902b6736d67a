import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../../src/cron";
import { openDb } from "../../../src/lib/db";
import { endCodes } from "../../../src/participants/coupons/ended-codes";
import { newCampaign, someCodes, someone, type TestCampaign } from "../../support/campaign";
import { costOf } from "../../support/campaigns";
import { brokenPromises } from "../../support/invariants";

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

const send = (campaign: TestCampaign, codes: unknown[], valid_until?: string | null) =>
  campaign.owner.post(`/api/v1/campaigns/${campaign.id}/coupons`, { codes, valid_until });
const sendCsv = (campaign: TestCampaign, rows: string[]) =>
  campaign.owner.post(`/api/v1/campaigns/${campaign.id}/coupons`, rows.join("\n"), {
    headers: { "Content-Type": "text/csv" },
  });
const listed = async (campaign: TestCampaign, query = "") =>
  (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/coupons?limit=100${query}`)).data;
const earn = async (campaign: TestCampaign) =>
  (await campaign.refer((await campaign.signUp(someone())).data.referral_code, someone())).data.reward;
const earned = async (campaign: TestCampaign) => (await earn(campaign)).coupon;

/** Lets days pass for the codes' last days and the checks. */
async function afterDays(campaign: TestCampaign, days: number) {
  for (const sql of [
    "UPDATE coupons SET valid_until = valid_until - ?2, date_assigned = date_assigned - ?2 WHERE campaign_id = ?1",
    "UPDATE campaign_stats SET coupons_look_at = coupons_look_at - ?2 WHERE campaign_id = ?1",
  ])
    await env.DB.prepare(sql)
      .bind(campaign.id, days * DAY_MS)
      .run();
}
const count = () => endCodes({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });

describe("a code with a last day", () => {
  it("is never given after it, before and after it is counted as expired", async () => {
    const campaign = await newCampaign();
    const [soon, later, ever] = [someCodes(2), someCodes(1), someCodes(1)];
    expect((await send(campaign, ever)).data).toMatchObject({ added: 1 });
    expect((await send(campaign, soon, inDays(1))).data).toMatchObject({ added: 2 });
    expect((await send(campaign, later, inDays(30))).data).toMatchObject({ added: 1 });
    expect(await earned(campaign)).toBe(ever[0]);
    await afterDays(campaign, 2);
    expect((await listed(campaign)).coupons.map(({ status }: { status: string }) => status)).toEqual([
      "available",
      "expired",
      "expired",
      "assigned",
    ]);
    expect(await earned(campaign)).toBe(later[0]);
    expect(await earn(campaign)).toMatchObject({ status: "pending", coupon: null });
    await runJobs(env);
    expect(await campaign.stats()).toMatchObject({ coupons_available: 0, rewards_pending: 1 });
    expect(await listed(campaign)).toMatchObject({ total: 4, available: 0, assigned: 2, expired: 2 });
    expect(await listed(campaign, "&status=expired")).toMatchObject({
      coupons: [{ code: soon[1] }, { code: soon[0] }],
    });
    expect((await listed(campaign, "&status=assigned")).coupons).toHaveLength(2);
    expect((await campaign.events("coupons.%")).map(({ type }) => type)).toEqual(["coupons.low", "coupons.exhausted"]);
    // Waiting rewards get the first valid code.
    expect((await send(campaign, someCodes(1), inDays(3))).data).toMatchObject({ added: 1, filled: 1 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("is given until its last moment", async () => {
    const campaign = await newCampaign();
    const at = Date.now() + DAY_MS;
    await send(campaign, someCodes(3), new Date(at).toISOString());
    const ids = await Promise.all([1, 2].map(async () => (await campaign.signUp(someone())).data.id));
    const ledger = env.LEDGER.getByName(String(campaign.id));
    const give = (participant_id: number, moment: number) =>
      ledger.give({
        kind: "gift",
        id: `evt_${crypto.randomUUID()}`,
        at: moment,
        origin: "https://referrals.test",
        participant_id,
        reward_type: 1,
        amount: null,
        redirect_url: null,
        custom_message: null,
        note: null,
        by: null,
      });
    expect(await give(ids[0], at)).toMatchObject({ value: { status: "fulfilled" } });
    expect(await give(ids[1], at + 1)).toMatchObject({ value: { status: "pending" } });
  });

  it("stays given after its last day", async () => {
    const campaign = await newCampaign();
    await send(campaign, someCodes(1), inDays(1));
    const { id } = await earn(campaign);
    await afterDays(campaign, 2);
    await count();
    expect((await campaign.owner.get(`/api/v1/rewards/${id}`)).data).toMatchObject({ status: "fulfilled" });
    expect(await listed(campaign)).toMatchObject({ assigned: 1, expired: 0, coupons: [{ status: "assigned" }] });
  });

  it("is first within its upload, and is not given again after a restore", async () => {
    const campaign = await newCampaign();
    const codes = someCodes(4);
    const days = [40, 20, 0, 30];
    await sendCsv(campaign, [
      "code,valid_until",
      ...codes.map((code, n) => `${code},${days[n] ? inDays(days[n] ?? 0).slice(0, 10) : ""}`),
    ]);
    expect([await earned(campaign), await earned(campaign)]).toEqual([codes[1], codes[3]]);
    for (const sql of [
      "UPDATE coupons SET reward_id = NULL, date_assigned = NULL WHERE campaign_id = ?",
      "DELETE FROM rewards WHERE campaign_id = ?",
      "UPDATE campaign_stats SET last_coupon_id = 0, coupons_available = 4, rewards_fulfilled = 0 WHERE campaign_id = ?",
    ])
      await env.DB.prepare(sql).bind(campaign.id).run();
    await evictDurableObject(env.LEDGER.getByName(String(campaign.id)));
    expect(await earned(campaign)).toBe(codes[0]);
    await afterDays(campaign, 50);
    await count();
    // Codes given before the restore do not count as unused and expired.
    expect(await listed(campaign)).toMatchObject({ total: 4, available: 1, assigned: 3, expired: 0 });
    expect((await campaign.owner.delete(`/api/v1/campaigns/${campaign.id}/coupons`)).data).toEqual({ deleted: 1 });
  });
});

describe("expired codes", () => {
  it("are counted, however many are next in line, and skipping them reads few rows", async () => {
    const campaign = await newCampaign();
    await send(campaign, someCodes(1), inDays(1));
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
       INSERT INTO coupons (id, campaign_id, code, code_key, valid_until)
       SELECT (SELECT max(id) FROM coupons) + i, ?, 'old-' || i, 'old-' || i, ? FROM n`,
    )
      .bind(campaign.id, Date.now() + DAY_MS)
      .run();
    await env.DB.prepare(
      "UPDATE campaign_stats SET coupons_total = 100001, coupons_available = 100001 WHERE campaign_id = ?",
    )
      .bind(campaign.id)
      .run();
    const [next] = someCodes(1);
    await send(campaign, [next]);
    await afterDays(campaign, 2);
    const { referral_code } = (await campaign.signUp(someone())).data;
    let waits = 0;
    const passing = await costOf(async () => {
      const { reward } = (await campaign.refer(referral_code, someone())).data;
      expect(reward).toMatchObject({ status: "pending" });
      waits = reward.id;
    });
    expect(passing.rows_read).toBeLessThan(60_000);
    await count();
    expect((await campaign.owner.get(`/api/v1/rewards/${waits}`)).data).toMatchObject({ coupon: next });
    expect(await campaign.stats()).toMatchObject({ coupons_available: 0 });
    // Once counted as expired, they are not read again.
    const [after] = someCodes(1);
    await send(campaign, [after]);
    const bob = (await campaign.signUp(someone())).data;
    const giving = await costOf(async () => {
      expect((await campaign.refer(bob.referral_code, someone())).data.reward).toMatchObject({ coupon: after });
    });
    expect(giving.rows_read).toBeLessThan(1000);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("can be deleted separately, or with all unused codes", async () => {
    const campaign = await newCampaign();
    await send(campaign, someCodes(3), inDays(1));
    await send(campaign, someCodes(2));
    await afterDays(campaign, 2);
    await count();
    const path = `/api/v1/campaigns/${campaign.id}/coupons`;
    const [first] = (await listed(campaign, "&status=expired")).coupons;
    expect((await campaign.owner.delete(`${path}/${first.id}`)).data).toEqual({ deleted: 1 });
    expect((await campaign.owner.delete(`${path}?status=expired`)).data).toEqual({ deleted: 2 });
    expect(await listed(campaign)).toMatchObject({ total: 2, available: 2, expired: 0 });
    await send(campaign, someCodes(1), inDays(1));
    await afterDays(campaign, 2);
    await count();
    expect((await campaign.owner.delete(path)).data).toEqual({ deleted: 3 });
    expect(await listed(campaign)).toMatchObject({ total: 0, available: 0, expired: 0 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("are announced before they expire, if most of the remaining ones will", async () => {
    const campaign = await newCampaign();
    await send(campaign, someCodes(9), inDays(20));
    await send(campaign, someCodes(1));
    await count();
    await afterDays(campaign, 10);
    await count();
    expect(await campaign.events("coupons.%")).toEqual([]);
    await afterDays(campaign, 5);
    await count();
    await count();
    const [told, ...others] = await campaign.events("coupons.%");
    expect([told?.type, others]).toEqual(["coupons.low", []]);
    expect(JSON.parse(told?.data ?? "")).toMatchObject({ available: 10, total: 10, expiring: 9 });
    // With a different last day, the event is sent again.
    await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/coupons`, {
      codes: (await listed(campaign)).coupons.map(({ code }: { code: string }) => code),
      valid_until: inDays(60),
    });
    await afterDays(campaign, 55);
    await count();
    expect((await campaign.events("coupons.%")).map(({ type }) => type)).toEqual(["coupons.low", "coupons.low"]);
    await afterDays(campaign, 6);
    await count();
    expect(await campaign.stats()).toMatchObject({ coupons_available: 0 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});

describe("an upload with last days", () => {
  it("ends a day with the account's day, and reports invalid dates", async () => {
    const campaign = await newCampaign();
    await campaign.owner.patch("/api/v1/members/profile", { time_zone: "America/New_York" });
    expect(await send(campaign, someCodes(1), "2027-02-30")).toMatchObject({ status: 400 });
    expect(await send(campaign, someCodes(1), "2020-01-01")).toMatchObject({ status: 400 });
    const [day, moment, bad, over, plain] = someCodes(5);
    const rows = [
      "code,valid_until",
      `${day},2099-03-03`,
      `${moment},2099-03-03T18:00:00Z`,
      `${bad},soon`,
      `${over},2020-01-01`,
      plain,
    ];
    const sent = { campaign_id: campaign.id, kind: "coupons", csv: rows.join("\n"), dry_run: true };
    expect((await campaign.owner.post("/api/v1/imports", sent)).data).toMatchObject({
      counts: { add: 3, invalid: 1, used: 1 },
      problems: [
        { line: 4, outcome: "invalid" },
        { line: 5, outcome: "used", message: "has expired" },
      ],
    });
    expect((await sendCsv(campaign, rows as string[])).data).toEqual({
      added: 3,
      duplicates: 0,
      invalid: 1,
      filled: 0,
      used: 1,
    });
    const coupons = (await listed(campaign)).coupons.map(({ code, valid_until }: Record<string, unknown>) => [
      code,
      valid_until,
    ]);
    expect(coupons).toEqual([
      [plain, null],
      [day, "2099-03-04T04:59:59.999Z"],
      [moment, "2099-03-03T18:00:00.000Z"],
    ]);
    // The reward has the day that the account chose.
    const reward = await earn(campaign);
    expect(reward).toMatchObject({
      coupon: moment,
      coupon_valid_until: "2099-03-03T18:00:00.000Z",
      coupon_last_day: "2099-03-03",
    });
    expect(await earn(campaign)).toMatchObject({ coupon_last_day: "2099-03-03" });
  });

  it("changes the last day of unused codes, restores expired ones, and changes no others", async () => {
    const campaign = await newCampaign();
    const [given, unused, ever] = someCodes(3);
    await send(campaign, [given, unused], inDays(1));
    await send(campaign, [ever]);
    expect(await earned(campaign)).toBe(given);
    expect((await send(campaign, [given, unused, ever])).data).toEqual({
      added: 0,
      duplicates: 3,
      invalid: 0,
      filled: 0,
    });
    expect((await send(campaign, [given, unused], inDays(9))).data).toEqual({
      added: 0,
      duplicates: 2,
      prolonged: 1,
      invalid: 0,
      filled: 0,
    });
    await afterDays(campaign, 2);
    await count();
    expect(await listed(campaign)).toMatchObject({ available: 2, assigned: 1, expired: 0 });
    await afterDays(campaign, 10);
    await count();
    expect(await listed(campaign)).toMatchObject({ available: 1, assigned: 1, expired: 1 });
    expect(await earned(campaign)).toBe(ever);
    expect(await earned(campaign)).toBeNull();
    // The head of the tape has passed it.
    expect((await send(campaign, [given, unused], inDays(9))).data).toMatchObject({
      added: 1,
      duplicates: 1,
      filled: 1,
    });
    expect(await listed(campaign)).toMatchObject({ total: 3, available: 0, assigned: 3, expired: 0 });
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});
