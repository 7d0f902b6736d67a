import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { repairs } from "../../scripts/restore/repair";
import { runJobs } from "../../src/cron";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { brokenPromises } from "../support/invariants";
import { cash, newShop } from "../support/shop";

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

describe("a restore's repairs", () => {
  it("are not needed for a backup of one moment", async () => {
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

  it("match totals, counts, and rankings with the participants", async () => {
    const { id, people, run } = await busy();
    await run(
      "UPDATE campaign_stats SET total_participants = 99, total_referrals = 0, rewards_fulfilled = 7, coupons_available = 0 WHERE campaign_id = ?",
      id,
    );
    await run("UPDATE participants SET referral_count = 0, share_count = 9 WHERE id = ?", people[0]?.id);
    await run("DELETE FROM scores WHERE campaign_id = ?", id);
    expect(await brokenPromises(id)).toHaveLength(7);
    await repair();
    expect(await brokenPromises(id)).toEqual([]);
  });

  it("match the totals of conversions, holds, and rules' spending, and the counts of caps", async () => {
    const rules = [
      { reward: cash({ percent: 10 }), hold_days: 9, budget: 5_000, max_per_month: 3 },
      { reward: cash({ amount: 70 }), threshold: 2 },
    ];
    const { campaign, grace, buy } = await newShop(rules);
    for (let n = 0; n < 4; n++) await buy({ participant_id: grace.id });
    const { id } = campaign;
    const counts = () =>
      env.DB.prepare(
        `SELECT t.* FROM rule_counts t JOIN campaign_rules r ON r.id = t.rule_id WHERE r.campaign_id = ?
        ORDER BY t.participant_id, t.rule_id`,
      )
        .bind(id)
        .all()
        .then(({ results }) => results);
    const stats = () => env.DB.prepare("SELECT * FROM campaign_stats WHERE campaign_id = ?").bind(id).first();
    const before = [await stats(), await counts()];
    expect(before).toMatchObject([{ total_conversions: 4, rewards_held: 3 }, [{ granted: 3 }, { granted: 2 }]]);
    await repair();
    const unmarked = [{ ...before[0], recounted_to: null }, before[1]];
    expect([await stats(), await counts()], "of one moment").toEqual(unmarked);
    await env.DB.batch([
      env.DB.prepare(
        "UPDATE campaign_stats SET total_conversions = 1, rewards_held = 0, rule_spent = '{}' WHERE campaign_id = ?",
      ).bind(id),
      env.DB.prepare("UPDATE rule_counts SET reached = 1, granted = 9, month_granted = 0 WHERE rule_id = ?").bind(
        (before[1] as { rule_id: number }[])[0]?.rule_id,
      ),
      env.DB.prepare("DELETE FROM rule_counts WHERE rule_id = ?").bind(
        (before[1] as { rule_id: number }[])[1]?.rule_id,
      ),
    ]);
    expect(await brokenPromises(id)).toHaveLength(4);
    await repair();
    expect([await stats(), await counts()]).toEqual(unmarked);
    expect(await brokenPromises(id)).toEqual([]);
    await env.DB.prepare("DELETE FROM goal_falls").run();
  });

  it("match a waitlist, and give no ticket twice", async () => {
    const campaign = await newCampaign({ waitlist_enabled: true, waitlist_places_per_friend: 1000 });
    const { data } = await campaign.signUp(someone());
    await campaign.refer(data.referral_code, someone());
    const { id } = campaign;
    const kept = async () => {
      const [buckets, stats] = await env.DB.batch(
        [
          "SELECT bucket, waiting FROM waitlist_buckets WHERE campaign_id = ? ORDER BY bucket",
          "SELECT waitlist_tickets FROM campaign_stats WHERE campaign_id = ?",
        ].map((sql) => env.DB.prepare(sql).bind(id)),
      );
      return [buckets?.results, stats?.results];
    };
    const before = await kept();
    expect(before).toEqual([
      [
        { bucket: -4, waiting: 1 },
        { bucket: 0, waiting: 1 },
      ],
      [{ waitlist_tickets: 2 }],
    ]);
    await repair();
    expect(await kept(), "of one moment").toEqual(before);
    await env.DB.batch([
      env.DB.prepare("UPDATE waitlist_buckets SET waiting = 7 WHERE campaign_id = ? AND bucket = 0").bind(id),
      env.DB.prepare("DELETE FROM waitlist_buckets WHERE campaign_id = ? AND bucket < 0").bind(id),
      env.DB.prepare("INSERT INTO waitlist_buckets VALUES (?, 9, 1)").bind(id),
      env.DB.prepare("UPDATE campaign_stats SET waitlist_tickets = 1 WHERE campaign_id = ?").bind(id),
    ]);
    await repair();
    expect(await kept()).toEqual(before);
    await env.DB.prepare("DELETE FROM goal_falls").run();
  });

  it("grant a reward that was read too early, without reusing a code that was read too late", async () => {
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

  it("give a campaign its totals if they were read before it", async () => {
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
