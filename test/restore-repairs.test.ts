import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { repairs } from "../scripts/restore/repair";
import { runJobs } from "../src/cron";
import { newCampaign, someCodes, someone } from "./support/campaign";
import { brokenPromises } from "./support/invariants";

const repair = () => env.DB.batch(repairs.map((statement) => env.DB.prepare(statement)));

/** A campaign in which three participants brought a friend each, and earned a code each. */
async function busy() {
  const campaign = await newCampaign();
  await campaign.upload(someCodes(6));
  const people: { id: number; referral_code: string }[] = [];
  for (let n = 0; n < 3; n++) {
    const { data } = await campaign.signUp(someone());
    people.push(data);
    await campaign.refer(data.referral_code, someone());
  }
  expect(await brokenPromises(campaign.id)).toEqual([]);
  const run = (sql: string, ...values: unknown[]) =>
    env.DB.prepare(sql)
      .bind(...values)
      .run();
  return { ...campaign, people, run };
}

describe("what a restore repairs", () => {
  it("is nothing in a backup of one moment", async () => {
    const { id, run } = await busy();
    const rows = () =>
      env.DB.batch(
        ["participants", "rewards", "coupons", "scores", "campaign_stats"].map((table) =>
          env.DB.prepare(`SELECT * FROM ${table} WHERE campaign_id = ?`).bind(id),
        ),
      ).then((all) => all.map(({ results }) => results));
    const before = await rows();
    await repair();
    expect(await rows()).toEqual(before);
    await run("DELETE FROM goal_falls");
  });

  it("brings totals, counts, and rankings in line with the participants", async () => {
    const { id, people, run } = await busy();
    await run(
      "UPDATE campaign_stats SET total_participants = 99, total_referrals = 0, rewards_fulfilled = 7, coupons_available = 0 WHERE campaign_id = ?",
      id,
    );
    await run("UPDATE participants SET referral_count = 0, share_count = 9 WHERE id = ?", people[0]?.id);
    await run("DELETE FROM scores WHERE campaign_id = ?", id);
    expect(await brokenPromises(id)).toHaveLength(6);
    await repair();
    expect(await brokenPromises(id)).toEqual([]);
  });

  it("grants a reward that was read too early, with another code than the one that was read too late", async () => {
    const { id, people, run, rewards } = await busy();
    const codeOf = async (participant: number | undefined) =>
      (await rewards()).find((reward: { participant_id: number }) => reward.participant_id === participant)?.coupon;
    const [ada, , grace] = people;
    const [first, last] = [await codeOf(ada?.id), await codeOf(grace?.id)];
    await run("DELETE FROM rewards WHERE participant_id = ?", ada?.id);
    await run("UPDATE campaign_stats SET last_coupon_id = 0 WHERE campaign_id = ?", id);
    await repair();
    await runJobs(env);
    const now = await codeOf(ada?.id);
    expect(now).toBeTruthy();
    expect([first, last]).not.toContain(now);
    const { results } = await env.DB.prepare("SELECT reward_id FROM coupons WHERE campaign_id = ? AND code = ?")
      .bind(id, first)
      .all();
    expect(results, "nobody gets that one any more").toEqual([{ reward_id: null }]);
    const { head } = (await env.DB.prepare(
      "SELECT last_coupon_id > (SELECT id FROM coupons WHERE campaign_id = ?1 AND code = ?2) AS head FROM campaign_stats WHERE campaign_id = ?1",
    )
      .bind(id, first)
      .first<{ head: number }>()) ?? { head: 0 };
    expect(head).toBe(1);
  });

  it("gives a campaign its totals if they were read before it", async () => {
    const { id, run } = await busy();
    await run("DELETE FROM campaign_stats WHERE campaign_id = ?", id);
    await repair();
    const totals =
      "SELECT total_participants, total_referrals, rewards_fulfilled, coupons_total FROM campaign_stats WHERE campaign_id = ?";
    expect(await env.DB.prepare(totals).bind(id).first()).toEqual({
      total_participants: 6,
      total_referrals: 3,
      rewards_fulfilled: 3,
      coupons_total: 6,
    });
  });
});
