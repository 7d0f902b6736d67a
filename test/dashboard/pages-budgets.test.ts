import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checks, fillCampaign } from "../../demo/seed-campaign";
import { someCodes } from "../support/campaign";
import { newDomain } from "../support/client";
import { brokenPromises, countedAgain, promises } from "../support/invariants";
import { isOpen, isOperators, pageAccount, pageRoutes } from "../support/pages";
import { type Work, workOf } from "../support/work";

const [FEW, MANY] = [300, 3000];
const DAY_MS = 86_400_000;
/** A page's limit of rows read, whatever the number of people. */
const ROWS = 700;
/** Pages with a higher limit, and the reason. */
const MORE: Record<string, number> = {
  // The health of up to twenty endpoints, from the last hundred deliveries of each.
  "/webhooks": 2500,
  // The data of 25 events, out of up to 50 that are read, and the deliveries of each.
  "/events": 1000,
  // A hundred decisions, each with its rewards and rules, to find the ones that match.
  "/campaigns/:campaignId/decisions": 3000,
  // The entries of thirty days' tallies, each of which D1 counts as a row, and sorting them.
  "/campaigns/:campaignId": 2000,
};
/** Streamed files, whose cost grows with their size. */
const STREAMED = /\/export$/;
const ROUND_TRIPS = 2;
/** Whether a participant unsubscribed is stored by a hash of their email, which only the first round trip returns. */
const MORE_TRIPS: Record<string, number> = { "/participants/:participantId": 3 };
/** Tolerance: a page with fewer rows, or a shorter chain of friends. */
const SLACK = 300;
/** A quiet day has fewer entries in its tally, which keeps the largest of each kind. */
const MORE_SLACK: Record<string, number> = { "/campaigns/:campaignId": 600 };

/** A member with two campaigns and this many participants, and the paths of their pages. */
async function crowded(people: number) {
  const account = await pageAccount();
  const { member } = account;
  const brand = (await member.post("/api/v1/brands", { url: newDomain() })).data;
  const fields = { brand_id: brand.id, name: "Crowded", reward_type: 1, num_signups: 2 };
  const campaigns: number[] = [];
  for (const name of ["Crowded", "Second"])
    campaigns.push((await member.post("/api/v1/campaigns", { ...fields, name })).data.id);
  const [campaign = 0] = campaigns;
  await member.post(`/api/v1/campaigns/${campaign}/coupons`, { codes: someCodes(people) });
  const webhook = (await member.post("/api/v1/webhooks", { link: "https://hooks.example.com/all" })).data;
  const rule = { role: "referrer", reward: { reward_type: 5, percent: 10 } };
  const { id: ruleId } = (await member.post(`/api/v1/campaigns/${campaign}/rules`, rule)).data;
  let first = 0;
  for (const id of campaigns) {
    const row = await env.DB.prepare("SELECT coalesce(max(id), 0) AS above FROM participants").first<{
      above: number;
    }>();
    const above = row?.above ?? 0;
    first ||= above + 1;
    const until = Date.now();
    await fillCampaign(env.DB, { campaign: id, member: member.id, people, above, from: until - 28 * DAY_MS, until });
  }
  const sale = { campaign_id: campaign, participant_id: first, conversion_id: "order-1" };
  const { conversion } = (await member.post("/api/v1/conversions", sale)).data;
  const input = (await member.post(`/api/v1/campaigns/${campaign}/inputs`, { kind: "stripe" })).data;
  const delivery = await env.DB.prepare("SELECT max(id) AS id FROM deliveries WHERE webhook_id = ?")
    .bind(webhook.id)
    .first<{ id: number }>();
  const event = await env.DB.prepare("SELECT event_id AS id FROM deliveries WHERE webhook_id = ? ORDER BY id DESC")
    .bind(webhook.id)
    .first<{ id: string }>();
  const importId = await env.DB.prepare(
    "INSERT INTO imports (campaign_id, key, is_told, first_id, last_id, date_added) VALUES (?1, 'evt_', 0, ?2, ?2 + 20, 1) RETURNING id",
  )
    .bind(campaign, first)
    .first<number>("id");
  const ids: Record<string, number | string> = {
    importId: importId ?? 0,
    brandId: brand.id,
    campaignId: campaign,
    ruleId,
    inputId: input.id,
    conversionId: conversion.id,
    rewardId: (await member.get(`/api/v1/rewards?campaign_id=${campaign}&limit=1`)).data.rewards[0].id,
    participantId: first,
    webhookId: webhook.id,
    deliveryId: delivery?.id ?? 0,
    eventId: event?.id ?? "",
    keyId: (await member.post("/api/v1/keys", { name: "Shop", scopes: ["read"] })).data.id,
  };
  return {
    member,
    campaigns,
    browser: account.browser,
    at: (path: string) => account.at(path.replace(/:(\w+)/g, (whole, name) => String(ids[name] ?? whole))),
  };
}

const pages = pageRoutes.filter(
  (route) => route.method === "GET" && !isOpen(route) && !isOperators(route) && !STREAMED.test(route.path),
);

describe("the cost of a page", () => {
  const rows: string[] = [];
  let few: Awaited<ReturnType<typeof crowded>>;
  let many: Awaited<ReturnType<typeof crowded>>;
  beforeAll(async () => {
    few = await crowded(FEW);
    many = await crowded(MANY);
  });
  afterAll(() => console.info(["| page | D1 calls | rows read |", "|---|---|---|", ...rows].join("\n")));

  it("is measured with realistic rows", async () => {
    const kept = { ...promises, ...countedAgain };
    for (const campaign of many.campaigns) expect(await brokenPromises(campaign, kept)).toEqual([]);
    for (const [name, sql] of Object.entries(checks))
      expect((await env.DB.prepare(sql).bind(many.member.id).all()).results, name).toEqual([]);
  });

  it.each([
    "status=revoked",
    "status=pending",
    "status=revoked&reward_type=1",
    "reward_type=3",
    "status=fulfilled&reward_type=5",
    "status=pending&reward_type=4",
    "campaign_id=:campaignId&reward_type=2",
    "campaign_id=:campaignId&status=revoked",
  ])("for a list of rewards by %s does not grow with rewards of other kinds", async (query) => {
    const path = many.at(`/rewards?${query}`);
    const cost = await workOf(async () => expect((await many.browser.page(path)).status).toBe(200));
    rows.push(`| ${`/rewards?${query}`} | ${cost.d1_calls} | ${cost.rows_read} |`);
    expect(cost.d1_calls).toBeLessThanOrEqual(ROUND_TRIPS);
    expect(cost.rows_read).toBeLessThanOrEqual(ROWS);
  });

  it.each(pages.map(({ path }) => [path]))(
    "of %s stays within its budget, whatever the number of people",
    async (path) => {
      const costs: Work[] = [];
      for (const account of [few, many]) {
        const look = () => account.browser.page(account.at(path));
        const { status, text } = await look();
        expect(status, text.slice(0, 300)).toBeLessThan(400);
        costs.push(await workOf(look));
      }
      const [small, large] = costs as [Work, Work];
      rows.push(`| ${path} | ${large.d1_calls} | ${large.rows_read} |`);
      expect(large.d1_calls).toBeLessThanOrEqual(MORE_TRIPS[path] ?? ROUND_TRIPS);
      expect(large.rows_read).toBeLessThanOrEqual(MORE[path] ?? ROWS);
      expect(large.rows_read - small.rows_read).toBeLessThanOrEqual(MORE_SLACK[path] ?? SLACK);
    },
  );
});
