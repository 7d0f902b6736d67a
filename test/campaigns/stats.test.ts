import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { costOf, newCampaign } from "../support/campaigns";
import { newMember } from "../support/client";
import { stopClock } from "../support/clock";

const DAY_MS = 86_400_000;
const utcDay = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);

const addDay = (id: number, day: string, signups: number) =>
  env.DB.prepare("INSERT INTO campaign_days (campaign_id, day, signups, clicks) VALUES (?, ?, ?, 7)")
    .bind(id, day, signups)
    .run();

describe("a campaign's totals", () => {
  it("are zero for a new one", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    expect((await member.get(`/api/v1/campaigns/${id}/stats`)).data).toEqual({
      campaign_id: id,
      total_participants: 0,
      total_referrals: 0,
      total_shares: 0,
      total_clicks: 0,
      total_impressions: 0,
      total_rewards_given: 0,
      rewards_pending: 0,
      coupons_available: 0,
      daily_signups: {},
    });
  });

  it("are the stored counters, each under its own name", async () => {
    const member = await newMember();
    const { id } = await newCampaign(member);
    await env.DB.prepare(
      `UPDATE campaign_stats SET total_participants = 1, total_referrals = 2, total_shares = 3, total_clicks = 4,
       total_impressions = 5, rewards_fulfilled = 6, rewards_pending = 7, coupons_available = 8, rewards_revoked = 99,
       coupons_total = 99 WHERE campaign_id = ?`,
    )
      .bind(id)
      .run();
    expect((await member.get(`/v1/campaigns/${id}/stats`)).data).toMatchObject({
      total_participants: 1,
      total_referrals: 2,
      total_shares: 3,
      total_clicks: 4,
      total_impressions: 5,
      total_rewards_given: 6,
      rewards_pending: 7,
      coupons_available: 8,
    });
  });

  it("show the signups of the last 30 UTC days, empty days omitted", async () => {
    stopClock();
    const [member, other] = [await newMember(), await newMember()];
    const { id } = await newCampaign(member);
    const neighbour = await newCampaign(other);
    await addDay(id, utcDay(0), 3);
    await addDay(id, utcDay(1), 0);
    await addDay(id, utcDay(29), 5);
    await addDay(id, utcDay(30), 8);
    await addDay(neighbour.id, utcDay(0), 13);
    expect((await member.get(`/api/v1/campaigns/${id}/stats`)).data.daily_signups).toEqual({
      [utcDay(29)]: 5,
      [utcDay(0)]: 3,
    });
  });

  it("cost one database read and the same rows, however old the campaign is", async () => {
    stopClock();
    const member = await newMember();
    const { id } = await newCampaign(member);
    const read = () => costOf(() => member.get(`/api/v1/campaigns/${id}/stats`));
    for (let ago = 0; ago < 30; ago++) await addDay(id, utcDay(ago), 1);
    const young = await read();
    for (let ago = 30; ago < 230; ago++) await addDay(id, utcDay(ago), 1);
    const old = await read();
    expect(old.rows_read).toBe(young.rows_read);
    expect(old.rows_read).toBeLessThan(40);
    // One call for the key, one for the totals.
    expect(old.d1_calls).toBe(2);
  });
});
