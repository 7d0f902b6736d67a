import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { SignUpItem } from "../../src/ledger/records/item";
import { newEventId } from "../../src/lib/crypto";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { stopClock } from "../support/clock";
import { withFault } from "../support/ledger-fault";

const lost = () => new Error("D1_ERROR: Network connection lost.");

const item = (more: Partial<SignUpItem> = {}): SignUpItem => {
  const email = someone();
  return {
    kind: "signup",
    id: newEventId(new Date()),
    at: Date.now(),
    email,
    canonical: email,
    mailbox: email,
    name: "X",
    referral_url: null,
    external_id: null,
    metadata: null,
    ip_hash: null,
    language: null,
    origin: "https://referrals.test",
    referrer: null,
    social: null,
    invitation: null,
    lenient: false,
    is_visitor: false,
    member_id: null,
    key_hash: null,
    ...more,
  };
};

describe("a group commit", () => {
  it("takes all waiting items in one transaction", async () => {
    const campaign = await newCampaign();
    const sizes: number[] = [];
    const heal = await withFault(campaign, (batch, statements) => {
      sizes.push(statements.length);
      return batch(statements);
    });
    const answers = await Promise.all(Array.from({ length: 100 }, () => campaign.signUp(someone())));
    await heal();
    expect(answers.every((a) => a.status === 201)).toBe(true);
    expect(sizes.length).toBeLessThan(30);
    expect((await campaign.stats()).total_participants).toBe(100);
  });

  it("is not failed by one bad item: its neighbors are committed, each once", async () => {
    const campaign = await newCampaign();
    const ledger = env.LEDGER.getByName(String(campaign.id));
    const poisoned = { ...item(), id: null } as unknown as SignUpItem;
    const answers = await Promise.all([
      ledger.signUp(item()),
      ledger.signUp(item()),
      ledger.signUp(poisoned),
      ledger.signUp(item()),
    ]);
    expect(answers.map((a) => a.ok)).toEqual([true, true, false, true]);
    expect((await campaign.stats()).total_participants).toBe(3);
    expect(await campaign.events("participant.signup")).toHaveLength(3);
  });

  it("with a lost response is repeated without a second effect, and returns its first result", async () => {
    stopClock();
    const campaign = await newCampaign({ reward_invited: true });
    await campaign.upload(someCodes(5));
    await campaign.owner.post("/api/v1/webhooks", { link: "https://hooks.example.com/a" });
    const ada = (await campaign.signUp(someone())).data;
    let losses = 2;
    const heal = await withFault(campaign, async (batch, statements) => {
      const results = await batch(statements);
      if (losses-- > 0) throw lost();
      return results;
    });
    const answer = await campaign.refer(ada.referral_code, someone());
    await heal();
    expect(answer).toMatchObject({
      status: 201,
      data: { attributed: true, reward: { status: "fulfilled" }, invited_reward: { status: "fulfilled" } },
    });
    expect(await campaign.stats()).toMatchObject({
      total_participants: 2,
      total_referrals: 1,
      total_rewards_given: 2,
      coupons_available: 3,
    });
    expect((await campaign.stats()).daily_signups).toEqual({ [new Date().toISOString().slice(0, 10)]: 2 });
    const { leaderboard } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/leaderboard`)).data;
    expect(leaderboard.map((e: { rank: number }) => e.rank)).toEqual([1, 2]);
    const { n } =
      (await env.DB.prepare("SELECT count(*) AS n FROM deliveries WHERE campaign_id = ?")
        .bind(campaign.id)
        .first<{ n: number }>()) ?? {};
    expect(n).toBe(4);
  });

  it("of clicks with a lost response counts once", async () => {
    const campaign = await newCampaign({ goal_type: "visit", num_visits: 2, reward_type: 3 });
    const ada = (await campaign.signUp(someone())).data;
    const click = (visitor: string, social = 6) =>
      env.LEDGER.getByName(String(campaign.id)).click({
        kind: "click",
        id: newEventId(new Date()),
        at: Date.now(),
        participant_id: ada.id,
        social,
        visitor,
        origin: "",
      });
    let losses = 2;
    const heal = await withFault(campaign, async (batch, statements) => {
      const results = await batch(statements);
      if (losses-- > 0) throw lost();
      return results;
    });
    expect((await click("a", 2)).ok).toBe(true);
    await heal();
    expect((await click("b")).ok).toBe(true);
    expect((await campaign.owner.get(`/api/v1/participants/${ada.id}`)).data).toMatchObject({
      click_count: 2,
      share_count: 2,
      total_rewards: 1,
    });
    expect(await campaign.stats()).toMatchObject({ total_clicks: 2, total_shares: 2, total_rewards_given: 1 });
  });

  it("that failed before it committed is tried again", async () => {
    const campaign = await newCampaign();
    let failures = 2;
    const heal = await withFault(campaign, (batch, statements) => {
      if (failures-- > 0) throw lost();
      return batch(statements);
    });
    expect((await campaign.signUp(someone())).status).toBe(201);
    await heal();
  });

  it("to a hanging database ends in a 503 with Retry-After, and new requests beyond the limit get it at once", async () => {
    const campaign = await newCampaign();
    let calls = 0;
    const heal = await withFault(campaign, (batch, statements) =>
      ++calls > 1 ? batch(statements) : new Promise(() => {}),
    );
    let isGivenUp = false;
    const hung = campaign.signUp(someone()).finally(() => {
      isGivenUp = true;
    });
    await vi.waitFor(() => expect(calls).toBe(1), { timeout: 600_000, interval: 5 });
    const ledger = env.LEDGER.getByName(String(campaign.id));
    const crowd = Array.from({ length: 4 }, () => ledger.signUpAll(Array.from({ length: 500 }, () => item())));
    const turnedAway = await ledger.signUp(item());
    expect(turnedAway).toMatchObject({ ok: false, code: "overloaded" });
    expect(isGivenUp, "told before what hangs was given up").toBe(false);
    const answer = await hung;
    expect(answer).toMatchObject({ status: 503, code: "overloaded" });
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    await heal();
    await Promise.all(crowd);
    expect((await campaign.signUp(someone())).status).toBe(201);
  });
});

describe("the ledger", () => {
  it("can lose its state: a new one continues where the last one stopped", async () => {
    const campaign = await newCampaign();
    const codes = someCodes(2);
    await campaign.upload(codes);
    const ada = (await campaign.signUp(someone())).data;
    expect((await campaign.refer(ada.referral_code, someone())).data.reward.coupon).toBe(codes[0]);
    await evictDurableObject(env.LEDGER.getByName(String(campaign.id)));
    const bob = (await campaign.signUp(someone())).data;
    expect((await campaign.refer(bob.referral_code, someone())).data.reward.coupon).toBe(codes[1]);
  });

  it("gives no code again after the database was restored to an earlier point", async () => {
    const campaign = await newCampaign();
    const codes = someCodes(4);
    await campaign.upload(codes);
    const earn = async () =>
      (await campaign.refer((await campaign.signUp(someone())).data.referral_code, someone())).data.reward.coupon;
    expect([await earn(), await earn()]).toEqual(codes.slice(0, 2));
    // The state after a restore to the moment after the upload.
    for (const sql of [
      "UPDATE coupons SET reward_id = NULL, date_assigned = NULL WHERE campaign_id = ?",
      "DELETE FROM rewards WHERE campaign_id = ?",
      "UPDATE campaign_stats SET last_coupon_id = 0, coupons_available = 4, rewards_fulfilled = 0 WHERE campaign_id = ?",
    ])
      await env.DB.prepare(sql).bind(campaign.id).run();
    await evictDurableObject(env.LEDGER.getByName(String(campaign.id)));
    expect([await earn(), await earn()]).toEqual(codes.slice(2));
    expect(await earn()).toBeNull();
    expect(await campaign.stats()).toMatchObject({ coupons_available: 0, rewards_pending: 1 });
    expect((await campaign.upload(someCodes(1))).data).toMatchObject({ added: 1, filled: 1 });
  });

  it("refuses a revoked key at once, even if a Worker has cached it", async () => {
    const campaign = await newCampaign();
    expect((await campaign.signUp(someone())).status).toBe(201);
    await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE member_id = ?").bind(campaign.owner.id).run();
    expect(await campaign.signUp(someone())).toMatchObject({ status: 401, code: "unauthenticated" });
    const { n } =
      (await env.DB.prepare("SELECT count(*) AS n FROM participants WHERE campaign_id = ?")
        .bind(campaign.id)
        .first<{ n: number }>()) ?? {};
    expect(n).toBe(1);
  });

  it("commits the first signup after an Idempotency-Key's dead run as the same one", async () => {
    const campaign = await newCampaign();
    const body = { campaign_id: campaign.id, email: someone(), name: "Ada" };
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    const first = await campaign.owner.post("/api/v1/signups", body, { headers });
    // The run died between its commit and saving its response, and its lease ended.
    await env.DB.prepare(
      "UPDATE idempotency_keys SET status = NULL, body = NULL, leased_until = 1 WHERE request_event IN (SELECT id FROM events WHERE campaign_id = ?)",
    )
      .bind(campaign.id)
      .run();
    const again = await campaign.owner.post("/api/v1/signups", body, { headers });
    expect(again).toMatchObject({ status: 201, data: first.data });
    expect(again.headers.get("Idempotent-Replayed")).toBeNull();
    expect((await campaign.stats()).total_participants).toBe(1);
  });
});
