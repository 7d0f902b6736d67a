import { env } from "cloudflare:workers";
import { afterAll, describe, expect, it, vi } from "vitest";
import worker from "../../src/worker";
import { newCampaign, plainCode, someCodes, someone } from "../support/campaign";
import { type Answer, call, newDomain, newMember } from "../support/client";
import { purge } from "../support/large";
import { browserOf } from "../support/session";
import { shortWaits } from "../support/waits";

const DAY_MS = 86_400_000;
afterAll(() => void vi.restoreAllMocks());

const minute = () => worker.scheduled({} as ScheduledController, env);

/** Concurrent requests for a campaign: each succeeds, or gets a 404. */
async function busy(campaign: Awaited<ReturnType<typeof newCampaign>>): Promise<(() => Promise<Answer>)[]> {
  const { id, owner } = campaign;
  // A Worker asked to watch an impression count returns at once.
  shortWaits();
  const browser = await browserOf(owner);
  const person = (await campaign.signUp(someone())).data.id;
  const code = plainCode(id, 1, person);
  const now = Date.now();
  await owner.put(`/api/v1/campaigns/${id}/contest`, {
    contest_name: "Draw",
    start_date: new Date(now - DAY_MS).toISOString(),
    end_date: new Date(now - DAY_MS / 2).toISOString(),
  });
  return [
    () => call("POST", "/api/widget/signup", { campaign_id: id, email: someone() }),
    () => campaign.refer(code, someone()),
    () => campaign.upload(someCodes(300)),
    () => owner.post("/api/v1/webhooks", { link: `https://${newDomain()}/hooks`, campaign_id: id }),
    () => call("GET", `/t/${code}`, undefined, { headers: { "User-Agent": "Mozilla/5.0 (Macintosh) Firefox/140.0" } }),
    () => call("POST", "/api/widget/impression", { campaign_id: id }),
    () => owner.patch(`/api/v1/participants/${person}`, { status: "blocked" }),
    () => owner.put(`/api/v1/campaigns/${id}`, { double_opt_in: true }),
    () => owner.put(`/api/v1/campaigns/${id}/widget`, { title: "Changed" }),
    () => owner.get(`/api/v1/campaigns/${id}/stats`),
    () => browser.page(`/campaigns/${id}`),
    () => browser.page("/account/export"),
    () => browser.page(`/campaigns/${id}/participants`),
    () => browser.submit(`/campaigns/${id}/coupons`, { codes: someCodes(50).join("\n") }),
    () => minute().then(() => owner.get("/api/v1/campaigns")),
  ];
}

describe("a campaign that is deleted while it is busy", () => {
  it.each([0, 5, 15, 40])("is gone for good despite concurrent requests, %i requests before", async (before) => {
    const owner = await newMember();
    const settings = { reward_type: 1, num_signups: 1, reward_invited: true, publish: "public" };
    const bystander = await newCampaign(settings, owner);
    await bystander.signUp(someone());
    const campaign = await newCampaign(settings, owner);
    const brand = campaign.brand.id;
    const acts = await busy(campaign);
    const done: Promise<Answer>[] = [];
    const act = (n: number) => done.push((acts[n % acts.length] ?? (() => campaign.signUp(someone())))());
    for (let n = 0; n < before; n++) act(n);
    // By then, some requests are done and some in progress.
    await Promise.all(done.slice(0, before / 2));
    const deleted = [1, 2, 3].map(() => owner.delete(`/api/v1/campaigns/${campaign.id}`));
    const gone = owner.delete(`/api/v1/brands/${brand}`);
    const again = owner.post("/api/v1/brands", { url: campaign.brand.url });
    for (let n = 0; n < 45; n++) act(n);
    const answers = await Promise.all(done);
    expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
    const ends = (await Promise.all(deleted)).map(({ status }) => status).sort();
    expect([
      [200, 404, 404],
      [404, 404, 404],
    ]).toContainEqual(ends);
    expect((await gone).status).toBe(200);
    expect([201, 409]).toContain((await again).status);

    await minute();
    await purge();
    for (const [table, by] of Object.entries({
      participants: "campaign_id",
      events: "campaign_id",
      rewards: "campaign_id",
      coupons: "campaign_id",
      scores: "campaign_id",
      campaign_days: "campaign_id",
      campaign_stats: "campaign_id",
      webhooks: "campaign_id",
      deliveries: "campaign_id",
      mails: "campaign_id",
      invitations: "campaign_id",
      contests: "campaign_id",
    })) {
      const left = await env.DB.prepare(`SELECT * FROM ${table} WHERE ${by} = ?`).bind(campaign.id).all();
      expect([table, left.results]).toEqual([table, []]);
    }
    expect((await bystander.stats()).total_participants).toBe(1);
  });
});
