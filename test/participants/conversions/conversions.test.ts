import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import guide from "../../../docs/conversions.md?raw";
import { allCodes } from "../../../src/ledger/records/decision-codes";
import { newCampaign, someCodes, someone } from "../../support/campaign";
import { newMember } from "../../support/client";
import { brokenPromises } from "../../support/invariants";
import { buyer, cash, newShop } from "../../support/shop";
import { workOf } from "../../support/work";

const codes = (answer: { data: { decision: { reasons: { code: string }[] } } }) =>
  answer.data.decision.reasons.map(({ code }) => code);

const creditsOf = async (campaignId: number) =>
  (
    await env.DB.prepare(
      "SELECT c.* FROM credit_entries c JOIN rewards w ON w.id = c.reward_id WHERE w.campaign_id = ? ORDER BY c.event, c.reward_id",
    )
      .bind(campaignId)
      .all<{ reward_id: number; amount: number | null; reason: string; rule: string }>()
  ).results;

describe("a conversion", () => {
  it("earns the referrer a share, and reports it", async () => {
    const { campaign, rules, ada, grace, buy } = await newShop([{ reward: cash({ percent: 10 }) }]);
    const answer = await buy({ participant_id: grace.id }, 4999, { metadata: { sku: "fig" } });
    expect(answer, answer.text).toMatchObject({
      status: 201,
      data: {
        duplicate: false,
        conversion: {
          campaign_id: campaign.id,
          participant_id: grace.id,
          referrer_id: ada.id,
          event_name: "purchase",
          amount: 4999,
          currency: "USD",
          metadata: { sku: "fig" },
        },
        rewards: [
          {
            participant_id: ada.id,
            role: "referrer",
            type: "cash",
            status: "pending",
            amount: 500,
            cash_value: 5,
            currency: "USD",
            rule_id: rules[0].id,
            conversion_id: answer.data.conversion.id,
          },
        ],
        decision: { outcome: "credited", reasons: [{ code: "earned", rule_id: rules[0].id }] },
      },
    });
    const { conversion, rewards, decision } = answer.data;
    const shown = await campaign.owner.get(`/api/v1/conversions/${conversion.id}`);
    expect(shown.data).toEqual({ conversion, rewards, decision, refunds: [] });
    const list = await campaign.owner.get(`/api/v1/conversions?campaign_id=${campaign.id}`);
    expect(list.data).toMatchObject({ conversions: [conversion], pagination: { total: 1, totalPages: 1 } });
    expect((await campaign.owner.get("/api/v1/conversions?event_name=purchase")).data).toEqual(list.data);
    expect((await campaign.owner.get("/api/v1/conversions?event_name=renewal")).data.conversions).toEqual([]);
    const ofGrace = await campaign.owner.get(`/api/v1/conversions?participant_id=${grace.id}`);
    expect(ofGrace.data.conversions).toEqual([conversion]);
    expect(await campaign.rewards()).toEqual(rewards);
    const person = (await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data;
    expect(person).toMatchObject({ rewards, total_rewards: 1 });
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 1 });
    expect(await creditsOf(campaign.id)).toMatchObject([{ reward_id: rewards[0].id, amount: 500, reason: "earned" }]);
    const events = await campaign.events();
    expect(events.map(({ type }) => type).slice(-2)).toEqual(["conversion.created", "reward.pending"]);
  });

  it.each([
    ["participant_id", ({ grace }) => ({ participant_id: grace.id })],
    ["email", ({ grace }) => ({ email: grace.email.toUpperCase() })],
    ["external_id", () => ({ external_id: "crm-7" })],
    ["referral_code", ({ ada }) => ({ referral_code: ada.referral_code })],
  ] as [string, (shop: Awaited<ReturnType<typeof newShop>>) => object][])(
    "counts for a buyer known by %s",
    async (_, who) => {
      const shop = await newShop([{ reward: cash({ amount: 300 }) }]);
      const answer = await shop.buy(who(shop) as Record<string, unknown>);
      expect(answer, answer.text).toMatchObject({
        status: 201,
        data: { rewards: [{ participant_id: shop.ada.id, amount: 300 }] },
      });
    },
  );

  it("changes nothing the second time, and refuses a different amount", async () => {
    const { campaign, ada, grace, buy } = await newShop([{ reward: cash({ percent: 10 }) }]);
    const order = { participant_id: grace.id, conversion_id: "order-x" };
    const first = await buy(order, 1000);
    const again = await buy(order, 1000);
    expect(again).toMatchObject({ status: 200, data: { ...first.data, duplicate: true } });
    expect(await buy(order, 1001)).toMatchObject({ status: 409, code: "conflict" });
    expect(await buy(order, 1000, { currency: "EUR" })).toMatchObject({ status: 409 });
    expect(await buy({ ...order, participant_id: ada.id }, 1000)).toMatchObject({ status: 409 });
    expect(await buy({ ...order, participant_id: 987_654_321 }, 1000)).toMatchObject({ status: 404 });
    // The same ID under another event is another conversion.
    expect((await buy(order, 1000, { event_name: "renewal" })).status).toBe(201);
    expect(await campaign.rewards()).toHaveLength(1);
    expect(await creditsOf(campaign.id)).toHaveLength(1);
  });

  it("is recorded once by many concurrent requests", async () => {
    const { campaign, grace, buy } = await newShop([{ reward: cash({ percent: 10 }) }]);
    const order = { participant_id: grace.id, conversion_id: "order-x" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => buy(order, 1000)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    expect(await creditsOf(campaign.id)).toHaveLength(1);
  });

  it.each([
    ["nobody", {}, 400],
    ["two people", { participant_id: 1, email: "a@b.co" }, 400],
    ["an unknown participant", { participant_id: 987_654_321 }, 404],
    ["an unknown email", { email: "nobody@example.com" }, 404],
    ["an unknown external id", { external_id: "nobody" }, 404],
    ["a bad code", { referral_code: "!!" }, 400],
  ])("of %s is refused", async (_, who, status) => {
    const { buy } = await newShop([]);
    expect((await buy(who)).status).toBe(status);
  });

  it.each([
    ["a fraction", { amount: 19.99 }],
    ["a negative amount", { amount: -1 }],
    ["text", { amount: "12" }],
    ["an amount beyond all", { amount: 1e12 }],
    ["an unknown currency", { currency: "XXQ" }],
    ["an odd event", { event_name: "Bought it!" }],
    ["no id", { conversion_id: "" }],
  ])("with %s is refused", async (_, more) => {
    const { grace, buy } = await newShop([]);
    expect(await buy({ participant_id: grace.id }, 100, more)).toMatchObject({ status: 400, code: "invalid_request" });
  });

  it("cannot be seen or created by another member", async () => {
    const { campaign, grace, buy } = await newShop([]);
    const { conversion } = (await buy({ participant_id: grace.id })).data;
    const stranger = await newMember();
    expect((await stranger.get(`/api/v1/conversions/${conversion.id}`)).status).toBe(404);
    expect((await stranger.get(`/api/v1/conversions?campaign_id=${campaign.id}`)).status).toBe(404);
    const body = { campaign_id: campaign.id, participant_id: grace.id, conversion_id: "theirs" };
    expect((await stranger.post("/api/v1/conversions", body)).status).toBe(404);
    const recorded = (await campaign.owner.get(`/api/v1/conversions?campaign_id=${campaign.id}`)).data.conversions;
    expect(recorded.map((one: { id: number }) => one.id)).toEqual([conversion.id]);
    const other = await newCampaign();
    expect(await buyer(other)({ participant_id: grace.id })).toMatchObject({ status: 404 });
    const { ada } = await newShop([]);
    expect(await buyer(other)({ referral_code: ada.referral_code })).toMatchObject({ status: 404 });
  });

  it("costs one call, and 16 rows for cash, 18 for a coupon, and one more with a cap", async () => {
    const coupon = { reward_type: 1 };
    for (const [rule, most] of [
      [{ reward: cash({ percent: 10 }) }, 16],
      [{ reward: coupon }, 18],
      [{ reward: coupon, max_per_month: 99 }, 19],
    ] as const) {
      const { campaign, grace, buy } = await newShop([rule]);
      await campaign.upload(someCodes(50));
      await buy({ participant_id: grace.id });
      const work = await workOf(() => buy({ participant_id: grace.id }));
      expect(work.d1_calls).toBe(1);
      expect(work.rows_written).toBeLessThanOrEqual(most);
    }
  });
});

describe("a rule", () => {
  it("ignores conversions that it excludes", async () => {
    const { campaign, ada, grace, buy } = await newShop([
      { reward: cash({ amount: 100 }), min_amount: 5000, first_only: true },
    ]);
    const ask = async (who: Record<string, unknown>, amount = 5000, more = {}) => codes(await buy(who, amount, more));
    const friend = { participant_id: grace.id };
    expect(await ask(friend, 10_000, { event_name: "renewal" })).toEqual(["no_rule"]);
    expect(await ask(friend, 10_000, { currency: "EUR" })).toEqual(["other_currency"]);
    expect(await ask({ participant_id: ada.id })).toEqual(["no_referrer"]);
    expect(await ask({ referral_code: ada.referral_code })).toEqual(["buyer_unknown"]);
    const heidi = (await campaign.refer(ada.referral_code, someone())).data.participant;
    expect(await ask({ participant_id: heidi.id }, 4999)).toEqual(["amount_too_small"]);
    expect(await ask({ participant_id: heidi.id })).toEqual(["not_first"]);
    const ivan = (await campaign.refer(ada.referral_code, someone())).data.participant;
    await campaign.owner.patch(`/api/v1/participants/${ivan.id}`, { status: "blocked" });
    expect(await ask({ participant_id: ivan.id })).toEqual(["participant_not_active"]);
    const judy = (await campaign.refer(ada.referral_code, someone())).data.participant;
    await campaign.owner.patch(`/api/v1/participants/${ada.id}`, { status: "blocked" });
    expect(await ask({ participant_id: judy.id })).toEqual(["referrer_not_active"]);
    expect(await campaign.rewards()).toEqual([]);
  });

  it("gives both sides their share", async () => {
    const { ada, grace, buy, campaign } = await newShop([
      { reward: cash({ percent: 12.5, max_amount: 900 }) },
      { role: "invited", first_only: true, reward: { reward_type: 3, custom_message: "Thank you!" } },
    ]);
    const { rewards } = (await buy({ participant_id: grace.id }, 10_000)).data;
    expect(rewards).toMatchObject([
      { participant_id: ada.id, role: "referrer", amount: 900 },
      { participant_id: grace.id, role: "invited", status: "fulfilled", custom_message: "Thank you!", amount: null },
    ]);
    expect(codes(await buy({ participant_id: grace.id }, 1001))).toEqual(["earned", "not_first"]);
    // 12.5% of 1001 is 125.125, and of 1004 it is 125.5.
    expect((await buy({ participant_id: grace.id }, 1004)).data.rewards).toMatchObject([{ amount: 126 }]);
    expect((await campaign.rewards()).map((reward: { amount: number | null }) => reward.amount)).toEqual([
      126,
      125,
      null,
      900,
    ]);
  });

  it("rewards every N, or once, or up to its caps", async () => {
    const { grace, buy } = await newShop([
      { reward: cash({ amount: 1 }), threshold: 3 },
      { reward: cash({ amount: 2 }), threshold: 2, repeat: "once" },
      { reward: cash({ amount: 3 }), max_per_participant: 2 },
      { reward: cash({ amount: 4 }), max_per_month: 1 },
    ]);
    const seen = [];
    for (let i = 0; i < 6; i++) seen.push(codes(await buy({ participant_id: grace.id })));
    const waits = "threshold_not_reached";
    expect(seen).toEqual([
      [waits, waits, "earned", "earned"],
      [waits, "earned", "earned", "monthly_cap"],
      ["earned", "already_earned", "participant_cap", "monthly_cap"],
      [waits, "already_earned", "participant_cap", "monthly_cap"],
      [waits, "already_earned", "participant_cap", "monthly_cap"],
      ["earned", "already_earned", "participant_cap", "monthly_cap"],
    ]);
  });

  it("counts earlier rewards when it gets its first cap", async () => {
    const { campaign, rules, ada, grace, buy } = await newShop([
      { reward: cash({ amount: 4 }) },
      { reward: cash({ amount: 1 }) },
    ]);
    const [{ id }, other] = rules;
    const kept = () =>
      env.DB.prepare("SELECT reached, granted, month_granted FROM rule_counts WHERE participant_id = ? AND rule_id = ?")
        .bind(ada.id, id)
        .first();
    const first = async () => codes(await buy({ participant_id: grace.id }))[0];
    for (let n = 0; n < 3; n++) expect(await first()).toBe("earned");
    expect(await kept()).toBeNull();
    await env.DB.prepare(
      "UPDATE rewards SET date_earned = 1767225600000 WHERE id = (SELECT min(id) FROM rewards WHERE rule_id = ?)",
    )
      .bind(id)
      .run();
    const change = (fields: object) => campaign.owner.put(`/api/v1/campaigns/${campaign.id}/rules/${id}`, fields);
    const changed = await change({ max_per_month: 4, max_per_participant: 5 });
    expect(Object.keys(changed.data)).not.toContain("is_counted");
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/rules/${other.id}`, { max_per_participant: 3 });
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["earned", "participant_cap"]);
    expect(await kept()).toEqual({ reached: 4, granted: 4, month_granted: 3 });
    const crowd = await Promise.all(Array.from({ length: 3 }, first));
    expect(crowd).toEqual(["earned", "participant_cap", "participant_cap"]);
    expect(await kept()).toEqual({ reached: 7, granted: 5, month_granted: 4 });
    await change({ max_per_month: null, max_per_participant: null });
    expect(await first()).toBe("earned");
    await change({ threshold: 4 });
    expect(await kept()).toMatchObject({ reached: 8, granted: 6 });
    expect([await first(), await first(), await first(), await first()]).toEqual([
      ...Array(3).fill("threshold_not_reached"),
      "earned",
    ]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("counts earlier sales below its minimum when it gets a threshold", async () => {
    const { campaign, rules, grace, buy } = await newShop([{ reward: cash({ percent: 10 }) }]);
    const sell = async (amount: number) => codes(await buy({ participant_id: grace.id }, amount))[0];
    expect([await sell(1), await sell(5000), await sell(2), await sell(5000), await sell(5000)]).toEqual([
      "amount_too_small",
      "earned",
      "amount_too_small",
      "earned",
      "earned",
    ]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/rules/${rules[0].id}`, { threshold: 4 });
    const waits = "threshold_not_reached";
    expect([await sell(5000), await sell(5000), await sell(5000)]).toEqual([waits, waits, "earned"]);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("starts over each month", async () => {
    const { campaign, grace, buy } = await newShop([{ reward: cash({ amount: 4 }), max_per_month: 1 }]);
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["earned"]);
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["monthly_cap"]);
    await env.DB.prepare(
      "UPDATE rule_counts SET month = '2026-01' WHERE participant_id IN (SELECT id FROM participants WHERE campaign_id = ?)",
    )
      .bind(campaign.id)
      .run();
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["earned"]);
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["monthly_cap"]);
  });

  it("decides the same for a group as one by one", async () => {
    const { campaign, grace, buy } = await newShop([
      { reward: cash({ amount: 1 }), threshold: 3, max_per_participant: 2 },
      { reward: cash({ amount: 2 }), threshold: 2, repeat: "once" },
      { reward: cash({ percent: 10 }), budget: 2500 },
    ]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => buy({ participant_id: grace.id })));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    const amounts = (await campaign.rewards()).map((reward: { amount: number }) => reward.amount);
    expect(amounts.toSorted((a: number, b: number) => a - b)).toEqual([1, 1, 2, 500, 1000, 1000]);
    const all = answers.map(codes);
    expect(all.map((list) => list[2]).filter((code) => code === "earned_rest")).toHaveLength(1);
    expect(all.map((list) => list[2]).filter((code) => code === "budget_spent")).toHaveLength(7);
    expect(all.map((list) => list[0]).filter((code) => code === "participant_cap")).toHaveLength(1);
  });

  it.each([{ repeat: "once" }, { max_per_participant: 1 }, { max_per_month: 1 }])(
    "lets sales that earn nothing use up nothing, in a crowd too: %j",
    async (limits) => {
      const rules = [{ reward: cash({ percent: 10 }), ...limits }];
      for (const isCrowd of [false, true]) {
        const { campaign, grace, buy } = await newShop(rules);
        const sales = [1, 1, 1, 1, 10_000, 1, 10_000].map((amount) => () => buy({ participant_id: grace.id }, amount));
        if (isCrowd) await Promise.all(sales.map((sell) => sell()));
        else for (const sell of sales) await sell();
        expect((await campaign.rewards()).map(({ amount }: { amount: number }) => amount)).toEqual([1000]);
      }
    },
  );

  it.each([
    ["once only", { repeat: "once" }],
    ["once per participant", { max_per_participant: 1 }],
    ["once a month", { max_per_month: 1 }],
  ])("names the budget as the reason in a group as one by one, for a reward that comes %s", async (_, limit) => {
    const reasons = async (isCrowd: boolean) => {
      const { grace, buy } = await newShop([{ reward: cash({ amount: 300 }), budget: 100, ...limit }]);
      const told = [];
      // The first conversion is decided alone, and all others together.
      for (const crowd of isCrowd ? [4] : [1, 1]) {
        const answers = Array.from({ length: crowd }, () => buy({ participant_id: grace.id }));
        told.push(...(await Promise.all(answers)).flatMap(codes));
      }
      return told;
    };
    expect(await reasons(false)).toEqual(Array(2).fill("budget_spent"));
    expect(await reasons(true)).toEqual(Array(4).fill("budget_spent"));
  });

  it("cannot have a period without sales", async () => {
    const { grace, buy } = await newShop([{ reward: cash({ percent: 10 }) }]);
    for (const occurred_at of ["0001-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "9999-01-01T00:00:00Z"])
      expect(await buy({ participant_id: grace.id }, 100, { occurred_at })).toMatchObject({
        status: 400,
        details: [{ path: "occurred_at" }],
      });
    const late = new Date(Date.now() - 400 * 86_400_000).toISOString();
    expect((await buy({ participant_id: grace.id }, 100, { occurred_at: late })).status).toBe(201);
  });

  it("with a budget for 50 rewards exactly 50 of 200 concurrent conversions", async () => {
    const { campaign, rules, grace, buy } = await newShop([{ reward: cash({ amount: 300 }), budget: 15_100 }]);
    const answers = await Promise.all(Array.from({ length: 200 }, () => buy({ participant_id: grace.id })));
    const outcomes = answers.map(({ data }) => data.decision.outcome);
    expect(outcomes.filter((outcome) => outcome === "credited")).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === "capped")).toHaveLength(150);
    const credits = await creditsOf(campaign.id);
    expect(credits.reduce((sum, { amount }) => sum + (amount ?? 0), 0)).toBe(15_000);
    const rule = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/rules/${rules[0].id}`)).data;
    expect(rule.spent).toBe(15_000);
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 50 });
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["budget_spent"]);
    // A larger budget counts from the next conversion on.
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/rules/${rules[0].id}`, { budget: 15_300 });
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["earned"]);
    expect(codes(await buy({ participant_id: grace.id }))).toEqual(["budget_spent"]);
  });

  it("for some months counts from the participant's first conversion", async () => {
    const { grace, buy } = await newShop([{ reward: cash({ percent: 10, duration_months: 2 }) }]);
    const at = async (occurred_at: string) => codes(await buy({ participant_id: grace.id }, 1000, { occurred_at }));
    expect(await at("2026-01-15T12:00:00Z")).toEqual(["earned"]);
    expect(await at("2026-03-15T11:59:59Z")).toEqual(["earned"]);
    expect(await at("2026-03-15T12:00:00Z")).toEqual(["too_late"]);
  });

  it("keeps earned rewards and their snapshot when it changes or is removed", async () => {
    const { campaign, rules, grace, buy } = await newShop([{ reward: cash({ percent: 10 }) }]);
    const path = `/api/v1/campaigns/${campaign.id}/rules/${rules[0].id}`;
    await buy({ participant_id: grace.id }, 1000);
    expect((await campaign.owner.put(path, { reward: cash({ percent: 20 }) })).data.reward.percent).toBe(20);
    await buy({ participant_id: grace.id }, 1000);
    expect((await campaign.owner.delete(path)).data).toEqual({ id: rules[0].id, deleted: true });
    expect(codes(await buy({ participant_id: grace.id }, 1000))).toEqual(["no_rule"]);
    expect((await campaign.owner.get(path)).status).toBe(404);
    expect((await campaign.rewards()).map((reward: { amount: number }) => reward.amount)).toEqual([200, 100]);
    const kept = (await creditsOf(campaign.id)).map(({ rule }) => JSON.parse(rule).basis_points);
    expect(kept).toEqual([1000, 2000]);
  });

  it("with coupons gives each code once, and rewards without a code wait", async () => {
    const { campaign, grace, buy } = await newShop([
      { reward: { reward_type: 1 } },
      { role: "invited", reward: { reward_type: 1 } },
    ]);
    const [a, b, c, d] = someCodes(4);
    await campaign.upload([a, b, c]);
    const first = (await buy({ participant_id: grace.id })).data.rewards;
    expect(first.map((reward: { coupon: string }) => reward.coupon).sort()).toEqual([a, b].sort());
    const second = (await buy({ participant_id: grace.id })).data.rewards;
    expect(second.map((reward: { coupon: string | null }) => reward.coupon)).toEqual([c, null]);
    expect((await campaign.upload([d])).data).toMatchObject({ filled: 1 });
    const rewards = await campaign.rewards();
    expect(rewards.map((reward: { status: string }) => reward.status)).toEqual(Array(4).fill("fulfilled"));
    const coupons = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/coupons`)).data.coupons;
    expect(coupons[0]).toMatchObject({ code: d, participant_id: grace.id });
    const { entries } = (await campaign.owner.get(`/api/v1/rewards/${second[1].id}`)).data;
    expect(entries.map(({ from, to }: Record<string, string>) => [from, to])).toEqual([
      [null, "pending"],
      ["pending", "fulfilled"],
    ]);
  });
});

describe("erasing a participant", () => {
  it("deletes the conversion's metadata and pending rewards, and keeps the ledger", async () => {
    const { campaign, ada, grace, buy } = await newShop([{ reward: cash({ amount: 300 }) }]);
    const { conversion } = (await buy({ participant_id: grace.id }, 100, { metadata: { note: "for Grace" } })).data;
    await campaign.owner.delete(`/api/v1/participants/${grace.id}`);
    expect((await campaign.owner.get(`/api/v1/conversions/${conversion.id}`)).data.conversion.metadata).toBeNull();
    await campaign.owner.delete(`/api/v1/participants/${ada.id}`);
    expect((await campaign.rewards()).map((reward: { status: string }) => reward.status)).toEqual(["revoked"]);
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 0 });
    expect(await creditsOf(campaign.id)).toMatchObject([
      { amount: 300, reason: "earned" },
      { amount: -300, reason: "erased" },
    ]);
  });
});

it("docs/conversions.md lists the decision codes", () => {
  const rows = Object.entries(allCodes).map(
    ([code, { outcome, message }]) => `| \`${code}\` | \`${outcome}\` | ${message} |`,
  );
  const table = guide.slice(guide.indexOf("<!-- codes -->"), guide.indexOf("<!-- /codes -->"));
  expect(table.split("\n").filter((line) => line.startsWith("| `"))).toEqual(rows);
});
