import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../src/cron";
import type { GoalItem } from "../../src/ledger/rewards/goals";
import { newEventId } from "../../src/lib/crypto";
import { newCampaign, someCodes, someone, type TestCampaign } from "../support/campaign";
import { call, newMember } from "../support/client";
import { brokenPromises } from "../support/invariants";
import { ledgersWith, withBindings } from "../support/ledger";
import { faultyDb } from "../support/outside";
import { browserOf } from "../support/session";

/** A participant with this many friends. */
async function withFriends(campaign: TestCampaign, friends: number) {
  const person: { id: number; referral_code: string } = (await campaign.signUp(someone())).data;
  for (let i = 0; i < friends; i++) await campaign.refer(person.referral_code, someone());
  return person;
}

const put = (campaign: TestCampaign, change: Record<string, unknown>, over: Partial<typeof env> = {}) =>
  campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, change, { env: over });

const become = (campaign: TestCampaign, { id }: { id: number }, status: string) =>
  campaign.owner.patch(`/api/v1/participants/${id}`, { status });

/** The status of the referrer reward by participant. */
const given = async (campaign: TestCampaign) =>
  Object.fromEntries(
    (await campaign.rewards()).map((reward: { participant_id: number; status: string; coupon: string | null }) => [
      reward.participant_id,
      reward.coupon ?? reward.status,
    ]),
  );

/** The participants of events of one type. Events of the same moment are unordered. */
const toldOf = async (campaign: TestCampaign, type: string) =>
  (await campaign.events(type)).map((event) => event.participant_id ?? 0).sort((a, b) => a - b);

const countOf = async (table: string, campaign: TestCampaign, condition = "true") =>
  (
    await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE campaign_id = ? AND ${condition}`)
      .bind(campaign.id)
      .first<{ n: number }>()
  )?.n;

const isSettled = async (campaign: TestCampaign) => (await countOf("goal_falls", campaign)) === 0;

/** Simulates that no check follows the change: the ledger's calls fail. */
const unreachable = {
  LEDGER: ledgersWith(async () => {
    throw new Error("out of reach");
  }),
};

/** People like after years of signups, each with two friends. */
async function crowd(campaign: TestCampaign, people: number) {
  await env.DB.batch([
    env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?1)
      INSERT INTO participants (member_id, campaign_id, email, email_canonical, name, date_signedup, referral_count, signup_event)
      SELECT ?2, ?3, n || '@example.com', n || '@example.com', 'Seed', 1, 2, 'seed' FROM i`).bind(
      people,
      campaign.owner.id,
      campaign.id,
    ),
    env.DB.prepare("UPDATE campaign_stats SET total_participants = ?1 WHERE campaign_id = ?2").bind(
      people,
      campaign.id,
    ),
  ]);
}

describe("a lowered goal", () => {
  it("rewards active participants who have reached it and have no reward yet, once, and reports the number", async () => {
    const campaign = await newCampaign({ num_signups: 3, reward_notify_subject: "Yours: {{reward}}" });
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/a" });
    const codes = someCodes(4);
    await campaign.upload(codes);
    const [three, two, one, blocked] = [
      await withFriends(campaign, 3),
      await withFriends(campaign, 2),
      await withFriends(campaign, 1),
      await withFriends(campaign, 2),
    ];
    await become(campaign, blocked, "blocked");
    expect(await given(campaign)).toEqual({ [three.id]: codes[0] });

    expect((await put(campaign, { num_signups: 2 })).status).toBe(200);
    const now = { [three.id]: codes[0], [two.id]: codes[1] };
    expect(await given(campaign)).toEqual(now);
    expect((await campaign.owner.get(`/api/v1/participants/${one.id}`)).data.rewards).toEqual([]);
    await put(campaign, { num_signups: 2 });
    await runJobs(env);
    expect(await given(campaign)).toEqual(now);
    expect(await toldOf(campaign, "reward.fulfilled")).toEqual([three.id, two.id]);
    for (const { data } of await campaign.events("reward.fulfilled"))
      expect(JSON.parse(data)).toMatchObject({ origin: "https://referrals.test" });
    expect(await countOf("deliveries", campaign, "type = 'reward.fulfilled'")).toBe(2);
    expect(await countOf("mails", campaign, "kind = 'reward' AND origin = 'https://referrals.test'")).toBe(2);
    expect(await campaign.stats()).toMatchObject({ total_rewards_given: 2, rewards_pending: 0, coupons_available: 2 });

    await become(campaign, blocked, "active");
    await campaign.refer(two.referral_code, someone());
    expect(await given(campaign)).toEqual({ ...now, [blocked.id]: codes[2] });
    expect([await brokenPromises(campaign.id), await isSettled(campaign)]).toEqual([[], true]);
  });

  it("gives available codes; other rewards wait for the next upload", async () => {
    const campaign = await newCampaign({ num_signups: 2 });
    const codes = someCodes(2);
    await campaign.upload(codes);
    const people = [
      await withFriends(campaign, 1),
      await withFriends(campaign, 1),
      await withFriends(campaign, 1),
      await withFriends(campaign, 1),
    ];
    const ids = people.map(({ id }) => id);
    await put(campaign, { num_signups: 1 });
    const inTurn = (...all: unknown[]) => Object.fromEntries(ids.map((id, i) => [id, all[i]]));
    expect(await given(campaign)).toEqual(inTurn(...codes, "pending", "pending"));
    expect(await toldOf(campaign, "reward.pending")).toEqual(ids.slice(2));
    expect(await campaign.events("coupons.exhausted")).toHaveLength(1);
    expect(await campaign.stats()).toMatchObject({ rewards_pending: 2, coupons_available: 0 });
    const more = someCodes(3);
    await campaign.upload(more);
    expect(await given(campaign)).toEqual(inTurn(...codes, ...more.slice(0, 2)));
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });

  it("rewards for visits like for friends, and for a switch between them", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 4, reward_type: 3 });
    const ada = await withFriends(campaign, 0);
    const grace = await withFriends(campaign, 0);
    const visit = (code: string, n: number) =>
      call("GET", `/t/${code}`, undefined, {
        headers: {
          "User-Agent": "Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0",
          "CF-Connecting-IP": `198.51.100.${n}`,
        },
      });
    for (const n of [1, 2, 3]) await visit(ada.referral_code, n);
    for (const n of [1, 2]) await visit(grace.referral_code, n);
    expect(await given(campaign)).toEqual({});
    await put(campaign, { num_visits: 3 });
    expect(await given(campaign)).toEqual({ [ada.id]: "fulfilled" });

    await put(campaign, { goal_type: "signup", num_signups: 1 });
    expect(await given(campaign)).toEqual({ [ada.id]: "fulfilled" });
    // A higher number that is still reached, because it counts something else.
    await put(campaign, { goal_type: "visit", num_visits: 2 });
    expect(await given(campaign)).toEqual({ [ada.id]: "fulfilled", [grace.id]: "fulfilled" });
    expect(await isSettled(campaign)).toBe(true);
  });

  it("is the current goal: a higher one, the other kind, or a friend reward gives nothing", async () => {
    const campaign = await newCampaign({ num_signups: 3, num_visits: 9, reward_type: 3 });
    await withFriends(campaign, 2);
    let looks = 0;
    const watched = faultyDb(
      (_, run) => run(),
      (query) => {
        if (query.includes("JOIN participants p INDEXED BY")) looks++;
      },
    );
    const changes = [
      { num_signups: 4 },
      { num_visits: 1 },
      { num_visits: null },
      { name: "New" },
      { reward_invited: true },
    ];
    for (const change of changes) {
      expect((await put(campaign, change, { DB: watched })).status).toBe(200);
      expect([change, looks, await isSettled(campaign)]).toEqual([change, 0, true]);
    }
    await put(campaign, { num_signups: 3 }, { DB: watched });
    expect(looks).toBeGreaterThan(0);
    expect([await given(campaign), await isSettled(campaign)]).toEqual([{}, true]);
  });

  it("can be changed by the owner only", async () => {
    const campaign = await newCampaign({ num_signups: 3 });
    const stranger = await newMember();
    expect((await stranger.put(`/api/v1/campaigns/${campaign.id}`, { num_signups: 1 })).status).toBe(404);
    expect(await isSettled(campaign)).toBe(true);
  });

  it("works from the settings page, too, which explains it", async () => {
    const campaign = await newCampaign({ num_signups: 2, reward_type: 3 });
    const ada = await withFriends(campaign, 1);
    const browser = await browserOf(campaign.owner);
    const path = `/campaigns/${campaign.id}/settings`;
    expect((await browser.page(path)).text).toContain("participants who already have that many also get the reward");
    expect((await browser.submit(path, { num_signups: "1" })).status).toBe(303);
    expect(await given(campaign)).toEqual({ [ada.id]: "fulfilled" });
  });
});

describe("the search for participants who have reached a lowered goal", () => {
  it("starts over if the goal is lowered again meanwhile", async () => {
    const campaign = await newCampaign({ num_signups: 3, reward_type: 3 });
    const ada = await withFriends(campaign, 2);
    let calls = 0;
    const meanwhile = ledgersWith(async (ask) => {
      if (++calls > 1) return ask();
      await put(campaign, { num_signups: 3 });
      const answer = await ask();
      expect(await given(campaign)).toEqual({});
      await put(campaign, { num_signups: 2 }, unreachable);
      return answer;
    });
    await put(campaign, { num_signups: 2 }, { LEDGER: meanwhile });
    expect([await given(campaign), calls, await isSettled(campaign)]).toEqual([{ [ada.id]: "fulfilled" }, 2, true]);
  });

  it("resumes after an interruption, through more people than a round takes, with one or two runs", async () => {
    const campaign = await newCampaign({ num_signups: 3, reward_type: 3 });
    await crowd(campaign, 1200);
    let calls = 0;
    const dying = ledgersWith(async (ask) => {
      if (++calls === 6) throw new Error("out of reach");
      return ask();
    });
    expect((await put(campaign, { num_signups: 2 }, { LEDGER: dying })).status).toBe(200);
    expect([await countOf("rewards", campaign), await isSettled(campaign)]).toEqual([1000, false]);
    await Promise.all([runJobs(env), runJobs(env)]);
    expect([await countOf("rewards", campaign), await isSettled(campaign)]).toEqual([1200, true]);
    expect(await countOf("events", campaign, "type = 'reward.fulfilled'")).toBe(1200);
    expect(await campaign.stats()).toMatchObject({ total_rewards_given: 1200, rewards_pending: 0 });
  });

  it("does not wait for an unreachable campaign", async () => {
    const owner = await newMember();
    const [first, second] = [
      await newCampaign({ num_signups: 2, reward_type: 3 }, owner),
      await newCampaign({ num_signups: 2, reward_type: 3 }, owner),
    ];
    const people = [await withFriends(first, 1), await withFriends(second, 1)];
    for (const campaign of [first, second]) await put(campaign, { num_signups: 1 }, unreachable);
    let calls = 0;
    const half = ledgersWith(async (ask) => {
      if (++calls === 1) throw new Error("out of reach");
      return ask();
    });
    await runJobs({ ...env, LEDGER: half });
    expect([await given(first), await given(second)]).toEqual([{}, { [people[1]?.id ?? 0]: "fulfilled" }]);
    await runJobs(env);
    expect(await given(first)).toEqual({ [people[0]?.id ?? 0]: "fulfilled" });
  });

  it("ends with the campaign", async () => {
    const campaign = await newCampaign({ num_signups: 2, reward_type: 3 });
    await withFriends(campaign, 1);
    await put(campaign, { num_signups: 1 }, unreachable);
    expect(await isSettled(campaign)).toBe(false);
    await campaign.owner.delete(`/api/v1/campaigns/${campaign.id}`);
    expect(await isSettled(campaign)).toBe(true);
    await runJobs(env);
    expect(await countOf("rewards", campaign)).toBe(0);
  });
});

describe("a ledger asked to reward participants at the goal", () => {
  const item = (participant_id: number): GoalItem => ({
    kind: "goal",
    id: newEventId(new Date()),
    at: Date.now(),
    origin: "https://referrals.test",
    participant_id,
  });

  it("skips participants below the goal, inactive, already rewarded, or in another campaign", async () => {
    const campaign = await newCampaign({ num_signups: 3 });
    await campaign.upload(someCodes(5));
    const other = await newCampaign({ num_signups: 3 }, campaign.owner);
    const [one, blocked, rewarded] = [
      await withFriends(campaign, 1),
      await withFriends(campaign, 2),
      await withFriends(campaign, 3),
    ];
    const stranger = await withFriends(other, 2);
    await become(campaign, blocked, "blocked");
    await put(campaign, { num_signups: 2 });
    const before = [await given(campaign), await campaign.events(), await campaign.stats()];
    const ledger = env.LEDGER.getByName(String(campaign.id));
    const items = [one, blocked, rewarded, stranger, { id: 999_999_999 }].map(({ id }) => item(id));
    expect(await ledger.meetGoals(items)).toMatchObject({ ok: true });
    expect([await given(campaign), await campaign.events(), await campaign.stats()]).toEqual(before);
    expect([await given(other), await brokenPromises(campaign.id)]).toEqual([{}, []]);
  });

  it("takes effect once after a lost response, and if the same participant is requested twice", async () => {
    const campaign = await newCampaign({ num_signups: 2 });
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/a" });
    const codes = someCodes(5);
    await campaign.upload(codes);
    const [ada, grace] = [await withFriends(campaign, 1), await withFriends(campaign, 1)];
    await put(campaign, { num_signups: 1 }, unreachable);
    let losses = 1;
    const heal = await withBindings(campaign.id, {
      DB: faultyDb(async (_, run) => {
        const results = await run();
        if (losses-- > 0) throw new Error("D1_ERROR: Network connection lost.");
        return results;
      }),
    });
    const ledger = env.LEDGER.getByName(String(campaign.id));
    expect(await ledger.meetGoals([item(ada.id), item(ada.id), item(grace.id)])).toMatchObject({ ok: true });
    await heal();
    expect(losses).toBeLessThan(0);
    expect(await given(campaign)).toEqual({ [ada.id]: codes[0], [grace.id]: codes[1] });
    expect(await campaign.stats()).toMatchObject({ total_rewards_given: 2, coupons_available: 3 });
    expect(await campaign.events("reward.fulfilled")).toHaveLength(2);
    expect(await countOf("deliveries", campaign, "type = 'reward.fulfilled'")).toBe(2);
    expect(await brokenPromises(campaign.id)).toEqual([]);
  });
});
