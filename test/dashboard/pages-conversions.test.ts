import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { decisionWords } from "../../src/dashboard/ui/decision-words";
import { decisionCodes } from "../../src/ledger/records/decision-codes";
import { newCampaign, someone } from "../support/campaign";
import { browserOf, colleagueOf, leadsTo, signedIn } from "../support/session";
import { cash, newShop } from "../support/shop";
import { workOf } from "../support/work";

type Shop = Awaited<ReturnType<typeof newShop>>;
const listOf = ({ campaign }: Shop) => `/campaigns/${campaign.id}/conversions`;
const orders = (text: string) => [...text.matchAll(/class="person" href="[^"]*">([^<]*)</g)].map(([, id]) => id);
const conversionsOf = async ({ campaign }: Shop) =>
  (await campaign.owner.get(`/api/v1/conversions?campaign_id=${campaign.id}`)).data.conversions;

describe("the list of a campaign's conversions", () => {
  let shop: Shop;
  let ada: Awaited<ReturnType<typeof browserOf>>;
  beforeAll(async () => {
    shop = await newShop([{ reward: cash({ percent: 10 }), min_amount: 2000, max_per_participant: 1 }]);
    const { buy, grace, ada: referrer } = shop;
    ada = await browserOf(shop.campaign.owner);
    await buy({ participant_id: grace.id }, 4999, { conversion_id: "first" });
    await buy({ participant_id: grace.id }, 5000, { conversion_id: "second" });
    await buy({ participant_id: grace.id }, 100, { conversion_id: "small", event_name: "top.up" });
    await buy({ referral_code: referrer.referral_code }, 100, { conversion_id: "by-code" });
    const [, , second] = await conversionsOf(shop);
    await shop.campaign.owner.post(`/api/v1/conversions/${second.id}/refunds`, { refund_id: "r", amount: 1250 });
  });

  it("shows the buyer, the purchase, the referrer, and the result, newest first", async () => {
    const { text, status } = await ada.page(listOf(shop));
    expect(status).toBe(200);
    expect(orders(text)).toEqual(["by-code", "small", "second", "first"]);
    for (const said of ["$49.99", "$12.50 refunded", "top.up", "Rewarded", "Limit reached", "No reward", "Unknown"])
      expect(text, said).toContain(said);
    expect(text).toContain(`href="/participants/${shop.grace.id}"`);
    expect(text).toContain(`href="/participants/${shop.ada.id}"`);
  });

  it.each([
    ["outcome=credited", ["first"]],
    ["outcome=capped", ["second"]],
    ["outcome=not_credited", ["by-code", "small"]],
    ["event_name=top.up", ["small"]],
    ["event_name=top.up&outcome=credited", []],
    ["q=second", ["second"]],
    ["q=small&event_name=top.up", ["small"]],
    ["q=sec", []],
    ["q=second&outcome=credited", []],
    ["outcome=lucky&after=x&event_name=%00", ["by-code", "small", "second", "first"]],
  ])("filters by %s", async (query, expected) => {
    const page = await ada.page(`${listOf(shop)}?${query}`);
    expect(page.status).toBe(200);
    expect(orders(page.text)).toEqual(expected);
  });

  it("filters by participant, and finds nobody of another campaign", async () => {
    expect(orders((await ada.page(`${listOf(shop)}?participant_id=${shop.grace.id}`)).text)).toHaveLength(3);
    const other = await newCampaign({}, shop.campaign.owner);
    const page = await ada.page(`/campaigns/${other.id}/conversions?participant_id=${shop.grace.id}`);
    expect(orders(page.text)).toEqual([]);
  });

  it("pages through all conversions, each once, even with a rare filter", async () => {
    const big = await newShop([]);
    await env.DB.prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2130)
      INSERT INTO conversions (member_id, campaign_id, participant_id, referrer_id, event_name, external_id, amount, currency,
        outcome, decisions, occurred_at, date_added, event)
      SELECT ?1, ?2, ?3, NULL, 'purchase', 'bulk-' || i, 100, 'USD', iif(i <= 3, 'credited', 'not_credited'), '[]', 0, 0, 'e' || i FROM n`)
      .bind(big.campaign.owner.id, big.campaign.id, big.grace.id)
      .run();
    const reader = await browserOf(big.campaign.owner);
    const walked = async (query: string) => {
      const seen: (string | undefined)[] = [];
      let path: string | undefined = `${listOf(big)}${query}`;
      for (let pages = 0; path && pages < 50; pages++) {
        const { text } = await reader.page(path.replaceAll("&amp;", "&"));
        seen.push(...orders(text));
        path = /rel="next" href="([^"]*)"/.exec(text)?.[1];
      }
      return seen;
    };
    expect(await walked("")).toEqual(Array.from({ length: 2130 }, (_, i) => `bulk-${2130 - i}`));
    expect(await walked("?outcome=credited")).toEqual(["bulk-3", "bulk-2", "bulk-1"]);
  });

  it("sorts the newest 2,000 by amount, from page to page, in a bounded number of rows", async () => {
    const { campaign, grace } = await newShop([]);
    await env.DB.prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2130)
      INSERT INTO conversions (member_id, campaign_id, participant_id, referrer_id, event_name, external_id, amount, currency,
        outcome, decisions, occurred_at, date_added, event)
      SELECT ?1, ?2, ?3, NULL, 'purchase', 'bulk-' || i, i * 7919 % 100, iif(i % 500 = 0, 'EUR', 'USD'), iif(i % 20 = 0, 'credited', 'not_credited'), '[]', 0, 0, 'e' || i FROM n`)
      .bind(campaign.owner.id, campaign.id, grace.id)
      .run();
    const reader = await browserOf(campaign.owner);
    const list = `/campaigns/${campaign.id}/conversions`;
    const sorted = Array.from({ length: 2000 }, (_, i) => 131 + i).map((i) => ({
      i,
      amount: (i * 7919) % 100,
      currency: i % 500 === 0 ? "EUR" : "USD",
    }));
    for (const [sort, sign] of [
      ["largest", -1],
      ["smallest", 1],
    ] as const) {
      sorted.sort((a, b) => a.currency.localeCompare(b.currency) || sign * (a.amount - b.amount) || sign * (a.i - b.i));
      for (const filter of ["", "&outcome=credited"]) {
        const seen: (string | undefined)[] = [];
        let path: string | undefined = `${list}?sort=${sort}${filter}`;
        for (let pages = 0; path && pages < 50; pages++) {
          const { text } = await reader.page(path.replaceAll("&amp;", "&"));
          seen.push(...orders(text));
          expect(text).toContain("Only the newest 2,000 conversions are sorted by amount.");
          path = /rel="next" href="([^"]*)"/.exec(text)?.[1];
        }
        const right = filter ? sorted.filter(({ i }) => i % 20 === 0) : sorted;
        expect(seen).toEqual(right.map(({ i }) => `bulk-${i}`));
      }
    }
    const work = await workOf(() => reader.page(`${list}?sort=largest`));
    expect(work.d1_calls).toBe(2);
    expect(work.rows_read).toBeLessThanOrEqual(11_000);
    const { text } = await reader.page(`${list}?sort=largest`);
    for (const said of ['aria-sort="descending"', "sort=smallest"]) expect(text).toContain(said);
    expect((await reader.page(`${list}/export?sort=largest`)).text.split("\r\n")).toHaveLength(2132);
    expect((await reader.page(`${list}?sort=largest&after=999999999`)).status).toBe(200);
  });
});

describe("a conversion's page", () => {
  it("shows each rule's decision and what would change it, with rewards and refunds", async () => {
    const shop = await newShop([
      { reward: cash({ percent: 10 }), hold_days: 30 },
      { role: "invited", reward: cash({ amount: 500 }), min_amount: 9900 },
      { reward: { reward_type: 1 }, threshold: 2 },
    ]);
    const { conversion } = (await shop.buy({ participant_id: shop.grace.id }, 5000, { metadata: { sku: "<b>" } })).data;
    const ada = await browserOf(shop.campaign.owner);
    await shop.campaign.owner.delete(`/api/v1/campaigns/${shop.campaign.id}/rules/${shop.rules[2].id}`);
    const { text } = await ada.page(`${listOf(shop)}/${conversion.id}`);
    for (const said of [
      "10% of each purchase, held 30 days",
      "It earned the reward.",
      "Each purchase of $99 or more → $5",
      "The amount is below the rule&#39;s minimum",
      "A larger purchase counts",
      "A rule that was removed",
      "more are needed for the reward",
      "Held",
      "Leave empty to refund all of $50.00.",
      "&lt;b&gt;",
    ])
      expect(text, said).toContain(said);
  });

  it("has a text for every decision code", () => {
    for (const code of Object.keys(decisionCodes)) {
      const { said, change } = decisionWords(code);
      expect([code, said.endsWith("."), change === "" || change.endsWith(".")]).toEqual([code, true, true]);
      expect(said + change, code).not.toMatch(/_/);
      if (code !== "earned") expect(change, code).not.toBe("");
    }
    expect(decisionWords("toString")).toEqual({ said: "toString", change: "" });
  });

  it("accepts a refund in the major unit, once however often it is sent, and then the rest", async () => {
    const shop = await newShop([{ reward: cash({ percent: 10 }) }], { currency: "KWD" });
    const { conversion } = (await shop.buy({ participant_id: shop.grace.id }, 50_000)).data;
    const ada = await browserOf(shop.campaign.owner);
    const path = `${listOf(shop)}/${conversion.id}`;
    const form = { currency: "KWD", refund_id: "by-hand-1", amount: "12.345", reason: "Broken" };
    expect(leadsTo(await ada.submit(`${path}/refunds`, form))).toBe(`${path}?done=refunded`);
    expect(leadsTo(await ada.submit(`${path}/refunds`, form))).toBe(`${path}?done=refunded_before`);
    expect((await conversionsOf(shop))[0].refunded_amount).toBe(12_345);
    expect((await ada.page(path)).text).toContain("Broken");
    for (const [amount, problem] of [
      ["1.2345", "KWD has at most 3 decimals."],
      ["0", "Must be at least 1"],
      ["all", "Enter an amount in KWD"],
    ]) {
      const refused = await ada.submit(`${path}/refunds`, { ...form, refund_id: "by-hand-2", amount });
      expect([refused.status, refused.text.includes(problem ?? ""), refused.text.includes("by-hand-2")]).toEqual([
        400,
        true,
        true,
      ]);
    }
    const clash = await ada.submit(`${path}/refunds`, { ...form, amount: "1" });
    expect(clash.status).toBe(400);
    expect((await ada.submit(`${path}/refunds`, { currency: "KWD", refund_id: "by-hand-3", amount: "" })).status).toBe(
      303,
    );
    expect((await conversionsOf(shop))[0].refunded_amount).toBe(50_000);
    expect((await ada.page(path)).text).toContain("Nothing is left to refund.");
  });
});

describe("a conversion recorded by hand", () => {
  let shop: Shop;
  let ada: Awaited<ReturnType<typeof browserOf>>;
  beforeAll(async () => {
    shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    ada = await browserOf(shop.campaign.owner);
  });
  const sale = { currency: "USD", event_name: "purchase" };
  const record = (fields: Record<string, string>) => ada.submit(`${listOf(shop)}/new`, { ...sale, ...fields });

  it("counts like a reported one, once", async () => {
    const fields = {
      email: shop.grace.email.toUpperCase(),
      conversion_id: "hand-1",
      amount: "19.99",
      occurred_at: "2026-01-31T10:00",
    };
    const answer = await record(fields);
    expect(answer.status, answer.text).toBe(303);
    const [conversion] = await conversionsOf(shop);
    expect(leadsTo(answer)).toBe(`${listOf(shop)}/${conversion.id}?done=recorded`);
    expect(conversion).toMatchObject({
      conversion_id: "hand-1",
      participant_id: shop.grace.id,
      amount: 1999,
      occurred_at: "2026-01-31T10:00:00.000Z",
    });
    expect(leadsTo(await record(fields))).toBe(`${listOf(shop)}/${conversion.id}?done=recorded_before`);
    const clash = await record({ ...fields, amount: "20" });
    expect([clash.status, clash.text.includes("recorded with a different amount")]).toEqual([400, true]);
  });

  it("accepts a share link as the referrer's code", async () => {
    expect((await record({ referral_code: shop.ada.share_url, conversion_id: "hand-2", amount: "10" })).status).toBe(
      303,
    );
    expect((await conversionsOf(shop))[0]).toMatchObject({
      participant_id: null,
      referrer_id: shop.ada.id,
      amount: 1000,
    });
  });

  it("accepts a checkout code, and confirms it", async () => {
    await shop.campaign.owner.patch(`/api/v1/participants/${shop.ada.id}`, { checkout_code: "ADA10" });
    const sent = { checkout_code: "ada10", email: "stranger@example.com", conversion_id: "hand-3", amount: "10" };
    const answer = await record(sent);
    expect(answer.status, answer.text).toBe(303);
    const [conversion] = await conversionsOf(shop);
    expect(conversion).toMatchObject({ referrer_id: shop.ada.id, attributed_by: "checkout_code", amount: 1000 });
    expect((await ada.page(`${listOf(shop)}/${conversion.id}`)).text).toContain("by their checkout code");
  });

  it.each([
    ["nobody", { conversion_id: "x" }, "Enter an email"],
    ["two codes", { conversion_id: "x", referral_code: "b", checkout_code: "ada10" }, "not both"],
    ["a checkout code of nobody", { conversion_id: "x", checkout_code: "nobodys" }, "has this code"],
    [
      "a stranger",
      { conversion_id: "x", email: "stranger@example.com" },
      "No participant in this campaign has this email address.",
    ],
    ["a code of nobody", { conversion_id: "x", referral_code: "nonsense" }, "code"],
    ["no order", { email: "a@example.com", conversion_id: "" }, "This field is required."],
    ["a negative amount", { email: "a@example.com", conversion_id: "x", amount: "-1" }, "Enter an amount in USD"],
    ["more than anything costs", { email: "a@example.com", conversion_id: "x", amount: "99999999999" }, "Is too large"],
    ["a time of long ago", { email: "a@example.com", conversion_id: "x", occurred_at: "1970-01-01T00:00" }, "2000"],
    ["another currency", { email: "a@example.com", conversion_id: "x", currency: "EUR" }, "currency is USD now"],
  ])("of %s is refused beside the field", async (_, fields, problem) => {
    const before = await conversionsOf(shop);
    const answer = await record(fields as Record<string, string>);
    expect([answer.status, answer.text.includes(problem)]).toEqual([400, true]);
    expect(await conversionsOf(shop)).toEqual(before);
  });

  it("of another campaign's participant is refused", async () => {
    const other = await newCampaign({}, shop.campaign.owner);
    const email = someone();
    await other.signUp(email);
    expect((await record({ email, conversion_id: "other" })).status).toBe(400);
  });
});

describe("another member's conversions", () => {
  let shop: Shop;
  let id: number;
  beforeAll(async () => {
    shop = await newShop([{ reward: cash({ percent: 10 }) }]);
    id = (await shop.buy({ participant_id: shop.grace.id }, 5000, { conversion_id: "private-order" })).data.conversion
      .id;
  });
  const forms = (): [string, Record<string, string>][] => [
    ["new", { currency: "USD", event_name: "purchase", email: shop.grace.email, conversion_id: "theirs" }],
    [`${id}/refunds`, { currency: "USD", refund_id: "theirs", amount: "" }],
  ];
  const untouched = async () => {
    const all = await conversionsOf(shop);
    expect(all).toHaveLength(1);
    expect(all[0].refunded_amount).toBe(0);
  };

  it("are read-only for a viewer", async () => {
    const victor = await colleagueOf(shop.campaign.owner, "viewer");
    for (const at of ["", `/${id}`]) {
      const page = await victor.page(`${listOf(shop)}${at}`);
      expect(page.text).toContain("private-order");
      expect(page.text).not.toMatch(/<form method="post" action="\/campaigns/);
      expect(page.text).not.toContain("conversions/new");
    }
    expect((await victor.page(`${listOf(shop)}/new`)).status).toBe(403);
    for (const [at, fields] of forms()) expect((await victor.submit(`${listOf(shop)}/${at}`, fields)).status).toBe(403);
    await untouched();
  });

  it("are a 404 for another account, even through its own campaign", async () => {
    const eve = await signedIn();
    const own = await newCampaign({}, eve.member);
    for (const at of ["", "/new", `/${id}`]) expect((await eve.page(`${listOf(shop)}${at}`)).status).toBe(404);
    expect((await eve.page(`/campaigns/${own.id}/conversions/${id}`)).status).toBe(404);
    expect((await eve.page(`/campaigns/${own.id}/conversions?q=private-order`)).text).not.toContain("/conversions/1");
    for (const [at, fields] of forms())
      expect((await eve.submit(`${listOf(shop)}/${at}`, fields)).status, at).toBe(404);
    expect((await eve.submit(`/campaigns/${own.id}/conversions/${id}/refunds`, forms()[1]?.[1])).status).toBe(404);
    await untouched();
  });

  it("are not shown under another campaign of the same account", async () => {
    const other = await newCampaign({}, shop.campaign.owner);
    const ada = await browserOf(shop.campaign.owner);
    expect((await ada.page(`/campaigns/${other.id}/conversions/${id}`)).status).toBe(404);
    expect((await ada.page(`${listOf(shop)}/none`)).status).toBe(404);
  });

  it("cannot be changed from another site", async () => {
    const ada = await browserOf(shop.campaign.owner);
    for (const [at, fields] of forms())
      expect(
        (await ada.submit(`${listOf(shop)}/${at}`, fields, { headers: { Origin: "https://evil.example" } })).status,
      ).toBe(403);
    await untouched();
  });
});
