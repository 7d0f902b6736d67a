import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OTHER, VALUES_PER_DAY } from "../../src/ledger/counts/day-tally";
import { sourceOf } from "../../src/participants/source";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { brokenPromises, countedAgain } from "../support/invariants";
import { runs, seed } from "../support/seed";

const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";

const headers = { "User-Agent": PHONE, Referer: "https://t.co/" };
const rowsOf = async <T>(sql: string, { id }: TestCampaign) => (await env.DB.prepare(sql).bind(id).all<T>()).results;

const acts = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("join" as const), by: fc.nat(9), source: fc.nat(3) }),
    fc.record({ do: fc.constant("click" as const), of: fc.nat(9), channel: fc.nat(5) }),
    fc.record({ do: fc.constant("share" as const), of: fc.nat(9), channel: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ do: fc.constant("buy" as const), of: fc.nat(9), amount: fc.nat(9_000), euro: fc.boolean() }),
    fc.record({
      do: fc.constant("refund" as const),
      order: fc.nat(12),
      amount: fc.option(fc.integer({ min: 1, max: 9_000 })),
    }),
    fc.record({ do: fc.constant("block" as const), of: fc.nat(9), back: fc.boolean() }),
    fc.record({ do: fc.constant("erase" as const), of: fc.nat(9) }),
  ),
  { minLength: 20, maxLength: 40 },
);
type Act = typeof acts extends fc.Arbitrary<(infer A)[]> ? A : never;

/** A campaign in which all of this happens in sequence. */
function living(campaign: TestCampaign) {
  const { owner } = campaign;
  const people: { id: number; referral_code: string; links: { url: string }[]; token: string }[] = [];
  let orders = 0;
  let refunds = 0;
  return async (act: Act) => {
    const one = people["of" in act ? act.of % Math.max(1, people.length) : 0];
    if (act.do === "join") {
      const ref = people[act.by]?.referral_code;
      const utm = ["", "utm_source=news", "utm_source=ads&utm_campaign=May", "utm_medium=email"][act.source];
      const sent = { campaign_id: campaign.id, email: someone(), ref, utm, referrer: "https://www.blog.example/a" };
      const { data, status } = await call("POST", "/api/widget/signup", sent, { headers });
      const [row] = await rowsOf<{ id: number }>(
        "SELECT max(id) AS id FROM participants WHERE campaign_id = ?",
        campaign,
      );
      if (people.length < 10) people.push({ ...data, token: data.participant_token, id: row?.id ?? 0 });
      return status;
    }
    if (act.do === "refund") {
      const of = { campaign_id: campaign.id, conversion_id: `order-${act.order}` };
      return (await owner.post("/api/v1/refunds", { ...of, refund_id: `r-${refunds++}`, amount: act.amount })).status;
    }
    if (!one) return 0;
    switch (act.do) {
      case "click": {
        const { pathname } = new URL(one.links[act.channel % one.links.length]?.url ?? "");
        return (await call("GET", `${pathname}?utm_source=link`, undefined, { headers })).status;
      }
      case "share": {
        const authorization = { Authorization: `Bearer ${one.token}` };
        return (await call("POST", "/api/widget/share", { social_type: act.channel }, { headers: authorization }))
          .status;
      }
      case "buy": {
        const of = { campaign_id: campaign.id, participant_id: one.id, conversion_id: `order-${orders++}` };
        const currency = act.euro ? "EUR" : "USD";
        return (await owner.post("/api/v1/conversions", { ...of, amount: act.amount, currency })).status;
      }
      case "block": {
        const status = act.back ? "active" : "blocked";
        return (await owner.patch(`/api/v1/participants/${one.id}`, { status })).status;
      }
      case "erase":
        return (await owner.delete(`/api/v1/participants/${one.id}`)).status;
    }
  };
}

describe("analytics counters", () => {
  it("equal a recount of the rows, whatever happened", async () => {
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const campaign = await newCampaign({ reward_type: 2, cash_amount: 5, num_signups: 1, default_emails: [] });
        const live = living(campaign);
        for (const act of all) {
          const status = await live(act);
          expect(status).toBeLessThan(500);
          if (status >= 200 && status < 400) done.add(act.do);
        }
        expect(await brokenPromises(campaign.id, countedAgain)).toEqual([]);
      }),
      { seed, numRuns: runs(3), endOnFailure: true },
    );
    expect([...done].sort()).toEqual(["block", "buy", "click", "erase", "join", "refund", "share"]);
  });

  it("keep the values with the most signups, and combine the rest", async () => {
    const campaign = await newCampaign({ default_emails: [] });
    const { data } = await campaign.signUp(someone());
    for (let i = 0; i < 3; i++)
      await campaign.signUp(someone(), { referral_url: "https://shop.example/?utm_source=real" });
    const click = (i: number) =>
      call("GET", `/t/${data.referral_code}?utm_source=junk-${i}`, undefined, { headers: { "User-Agent": PHONE } });
    for (let i = 0; i < VALUES_PER_DAY + 5; i++) await click(i);
    const [row] = await rowsOf<{ tally: string }>("SELECT tally FROM campaign_days WHERE campaign_id = ?", campaign);
    const tally = JSON.parse(row?.tally ?? "{}");
    const sources = Object.keys(tally).filter((key) => key.startsWith("utm_source:"));
    expect(sources).toHaveLength(VALUES_PER_DAY + 1);
    expect(tally["utm_source:real"]).toEqual([0, 0, 0, 3, 0, 0, 0, 0]);
    expect(tally[`utm_source:${OTHER}`]).toEqual([0, 0, 6, 0, 0, 0, 0, 0]);
  });

  it.each([
    [{ urls: ["?utm_source=News%20Letter&utm_medium=EMAIL"] }, { utm_source: "news letter", utm_medium: "email" }],
    [{ urls: ["https://shop.example/?utm_source=ada%40example.com&utm_campaign=x"] }, { utm_campaign: "x" }],
    [{ referrer: "https://www.shop.example/a?b", host: "https://shop.example/" }, null],
    [
      { referrer: "https://News.Example/a?token=secret", country: "DE" },
      { referrer: "news.example", country: "DE" },
    ],
    [{ country: "XX", agent: "curl/8" }, null],
    [{ agent: PHONE }, { device: "mobile" }],
    [{ urls: [`?utm_source=${"x".repeat(5000)}`] }, { utm_source: "x".repeat(60) }],
    [{ urls: ["?utm_source=%00%22%5C*"] }, null],
    [{ referrer: "not a url" }, null],
  ])("read no personal data from %j", (arrival, source) => {
    expect(JSON.parse(sourceOf(arrival) ?? "null")).toEqual(source);
  });
});
