import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { flushGroup } from "../../src/ledger/counts/impressions";
import { dropGroup, takeBackGroup, uploadGroup } from "../../src/ledger/rewards/coupons";
import { endCodesGroup } from "../../src/ledger/rewards/end-codes";
import { giftGroup } from "../../src/ledger/rewards/gift";
import { goalGroup } from "../../src/ledger/rewards/goals";
import { payGroup, unpayGroup } from "../../src/ledger/rewards/payouts";
import { releaseGroup } from "../../src/ledger/rewards/release";
import { rewardGroup } from "../../src/ledger/rewards/rewards";
import { conversionGroup } from "../../src/ledger/sales/conversions";
import { redeemGroup } from "../../src/ledger/sales/redemptions";
import { refundGroup } from "../../src/ledger/sales/refunds";
import { clickGroup } from "../../src/ledger/signups/clicks";
import { eraseGroup } from "../../src/ledger/signups/erase";
import { referGroup } from "../../src/ledger/signups/refer";
import { shareGroup } from "../../src/ledger/signups/shares";
import { basicGroup, referralGroup } from "../../src/ledger/signups/signups";
import { statusGroup } from "../../src/ledger/signups/statuses";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { call } from "../support/client";
import { lemon } from "../support/provider-events";
import { signers } from "../support/till";

/** Tables that grow. The three rows of plans may be scanned. */
const LARGE = [
  "members",
  "api_keys",
  "brands",
  "campaigns",
  "campaign_stats",
  "campaign_days",
  "participants",
  "scores",
  "shares",
  "visits",
  "invitations",
  "rewards",
  "coupons",
  "webhooks",
  "events",
  "deliveries",
  "contests",
  "idempotency_keys",
  "campaign_rules",
  "conversions",
  "refunds",
  "credits",
  "rule_counts",
  "payouts",
  "redemptions",
  "payout_lines",
  "inputs",
  "input_events",
  "input_aliases",
  "transfers",
];

async function scans(sql: string) {
  const holders = Math.max(
    0,
    ...[...sql.matchAll(/\?(\d)/g)].map((m) => Number(m[1])),
    (sql.match(/\?(?!\d)/g) ?? []).length,
  );
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...Array(holders).fill(1))
    .all<{ detail: string }>();
  const aliases = new Map(
    [...sql.matchAll(/\b(?:FROM|JOIN|UPDATE|INTO)\s+"?(\w+)"?(?:\s+AS)?\s+"?(\w+)"?/gi)].map((m) => [
      m[2] ?? "",
      m[1] ?? "",
    ]),
  );
  return results
    .map((row) => row.detail)
    .filter((detail) => {
      const name = /^SCAN "?(\w+)"?/.exec(detail)?.[1];
      return name !== undefined && [name, aliases.get(name) ?? ""].some((table) => LARGE.includes(table));
    });
}

/** D1's documented limit. The local runtime allows more. */
const ARGUMENTS_MAX = 32;

/** The maximum number of arguments that a statement passes to a function. */
function mostArguments(sql: string) {
  const open: { isCall: boolean; commas: number }[] = [];
  let most = 0;
  for (const [mark] of sql.replace(/'[^']*'/g, "''").matchAll(/\w\(|[(),]/g)) {
    const inner = open.at(-1);
    if (mark === "," && inner) inner.commas++;
    else if (mark === ")") most = Math.max(most, inner?.isCall ? inner.commas + 1 : 0);
    if (mark === ")") open.pop();
    else if (mark !== ",") open.push({ isCall: mark.length > 1, commas: 0 });
  }
  return most;
}

const groups = {
  basicGroup,
  referralGroup,
  clickGroup,
  shareGroup,
  statusGroup,
  goalGroup,
  conversionGroup,
  refundGroup,
  releaseGroup,
  uploadGroup,
  dropGroup,
  takeBackGroup,
  endCodesGroup,
  rewardGroup,
  payGroup,
  redeemGroup,
  unpayGroup,
  eraseGroup,
  flushGroup,
  giftGroup,
  referGroup,
};

describe.each(Object.entries(groups))("the ledger's %s", (_, group) => {
  it.each(Object.entries(group))("%s scans no table", async (_name, sql) => {
    // A group's items come as JSON: an empty list is planned like any other.
    expect(await scans(sql.text.replaceAll("?1", "'[]'"))).toEqual([]);
  });

  it.each(Object.entries(group))("%s gives no function more arguments than D1 allows", (_name, sql) => {
    expect(mostArguments(sql.text)).toBeLessThanOrEqual(ARGUMENTS_MAX);
  });
});

describe("the API's queries", () => {
  it("scan no table", async () => {
    const seen = new Set<string>();
    const recording = Object.assign(Object.create(env.DB) as D1Database, {
      withSession: (constraint: string) => {
        const session = env.DB.withSession(constraint);
        return {
          prepare: (sql: string) => {
            seen.add(sql);
            return session.prepare(sql);
          },
          batch: session.batch.bind(session),
          getBookmark: () => session.getBookmark(),
        };
      },
    });
    const campaign = await newCampaign({ publish: "public" });
    const { owner, id, brand } = campaign;
    await campaign.upload(someCodes(2));
    const ada = (await campaign.signUp(someone(), { external_id: "x" })).data;
    await campaign.refer(ada.referral_code, someone());
    const hook = (await owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/" })).data;
    const [reward] = await campaign.rewards();
    const rule = { role: "referrer", reward: { reward_type: 5, amount: 100 } };
    const { id: ruleId } = (await owner.post(`/api/v1/campaigns/${id}/rules`, rule)).data;
    const sale = { campaign_id: id, referral_code: ada.referral_code, conversion_id: "order-1", amount: 100 };
    const { conversion } = (await owner.post("/api/v1/conversions", sale)).data;
    const options = { env: { DB: recording } };
    const input = (
      await owner.post(`/api/v1/campaigns/${id}/inputs`, { kind: "lemonsqueezy", secret: "secret" }, options)
    ).data;
    const [body, at] = [JSON.stringify(lemon("order_created", { user_email: "x@example.com" })), Date.now() / 1000];
    const signed = { headers: signers.lemonsqueezy("secret", body, at), ...options };
    expect((await call("POST", new URL(input.url).pathname, body, signed)).status).toBe(200);
    const reads = [
      "/members/profile",
      "/members/api-key",
      "/members/api-keys",
      "/billing/plans",
      "/brands",
      `/brands/${brand.id}`,
      `/brands/${brand.id}/stats`,
      "/campaigns",
      `/campaigns?brand_id=${brand.id}`,
      ...[
        "",
        "/stats",
        "/widget",
        "/reward",
        "/lander",
        "/coupons",
        "/coupons?status=available",
        "/coupons?status=assigned",
        "/coupons?status=expired",
        "/leaderboard",
        "/leaderboard?page=2",
      ].map((part) => `/campaigns/${id}${part}`),
      "/rewards",
      "/rewards?status=held",
      `/rewards/${reward.id}`,
      `/rewards?campaign_id=${id}&status=pending`,
      `/rewards?participant_id=${ada.id}`,
      "/rewards?reward_type=1&status=fulfilled",
      "/participants",
      ...[
        `campaign_id=${id}`,
        "email=a@example.com",
        "external_id=x",
        "checkout_code=x",
        "checkout_code=x&email=a@example.com",
        `invited_by=${ada.id}`,
        "status=pending",
        "name=ada",
        `name=ada&campaign_id=${id}&after=0`,
        `status=active&campaign_id=${id}&page=3`,
        `campaign_id=${id}&email=a@example.com&invited_by=1&status=blocked`,
      ].map((q) => `/participants?${q}`),
      `/participants/${ada.id}`,
      "/payouts",
      `/participants/${ada.id}/redemptions`,
      `/payouts?campaign_id=${id}&participant_id=${ada.id}&currency=USD`,
      "/payouts/owed.csv",
      "/conversions",
      "/conversions?event_name=purchase",
      `/conversions?campaign_id=${id}`,
      `/conversions?campaign_id=${id}&participant_id=${ada.id}`,
      `/conversions?campaign_id=${id}&event_name=purchase`,
      "/conversions?after=0",
      `/conversions?campaign_id=${id}&event_name=purchase&after=0`,
      `/conversions?campaign_id=${id}&participant_id=${ada.id}&after=0`,
      `/conversions/${conversion.id}`,
      `/campaigns/${id}/rules`,
      `/campaigns/${id}/inputs`,
      `/campaigns/${id}/inputs/${input.id}`,
      `/campaigns/${id}/inputs/${input.id}/events`,
      "/webhooks",
      `/webhooks/${hook.id}`,
      `/webhooks/${hook.id}/deliveries`,
      `/webhooks/${hook.id}/deliveries?status=failed`,
      "/zapier/contacts",
      `/zapier/contacts?campaign_id=${id}`,
      `/lander?campaign_id=${id}`,
    ];
    for (const path of reads) expect([path, (await owner.get(`/api/v1${path}`, options)).status]).toEqual([path, 200]);
    await call("GET", `/api/widget/config?campaign_id=${id}`, undefined, options);
    await call("GET", `/t/${ada.referral_code}`, undefined, options);
    for (const path of [`/p/${brand.slug}`, `/p/${brand.slug}/campaign/${id}`, "/sitemap.xml"])
      expect([path, (await call("GET", path, undefined, options)).status]).toEqual([path, 200]);
    await owner.put(`/api/v1/brands/${brand.id}`, { description: "x" }, options);
    await owner.put(
      `/api/v1/campaigns/${id}`,
      { name: "x", goal_type: "visit", num_visits: 1, widget: { button_text: "x" }, reward: { custom_message: "x" } },
      options,
    );
    await owner.post(`/api/v1/campaigns/${id}/rules`, rule, options);
    await owner.put(`/api/v1/campaigns/${id}/rules/${ruleId}`, { threshold: 2 }, options);
    await owner.delete(`/api/v1/campaigns/${id}/rules/${ruleId}`, options);
    await owner.put(`/api/v1/campaigns/${id}/inputs/${input.id}`, { status: "disabled" }, options);
    await owner.delete(`/api/v1/campaigns/${id}/inputs/${input.id}`, options);
    await owner.put(`/api/v1/campaigns/${id}`, { currency: "USD" }, options);
    await owner.patch(`/api/v1/rewards/${reward.id}`, { status: "revoked" }, options);
    await owner.patch(`/api/v1/participants/${ada.id}`, { name: "x" }, options);
    await owner.post(`/api/v1/webhooks/${hook.id}/test`, {}, options);
    await owner.delete(`/api/v1/webhooks/${hook.id}`, options);
    await owner.delete(`/api/v1/campaigns/${id}`, options);
    await owner.delete(`/api/v1/brands/${brand.id}`, options);
    expect(seen.size).toBeGreaterThan(60);
    const bad: [string, string[]][] = [];
    for (const sql of seen) {
      const found = await scans(sql);
      if (found.length > 0) bad.push([sql, found]);
    }
    expect(bad).toEqual([]);
  });
});
