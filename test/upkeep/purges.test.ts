import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hashPassword } from "../../src/accounts/password";
import { openDb } from "../../src/lib/db";
import { purgeRound, underWay } from "../../src/upkeep/purge-store";
import { newCampaign as newCampaignWithPeople, plainCode, someCodes, someone } from "../support/campaign";
import { newBrand, newCampaign } from "../support/campaigns";
import { call, newMember, type TestMember } from "../support/client";
import { stopClock } from "../support/clock";
import { differences, insert, newAccount, snapshot } from "../support/everything";
import { fillLarge, MANY, purge, recordsOf } from "../support/large";
import { mailroom } from "../support/mailroom";
import { faultyDb, outside } from "../support/outside";
import { type Browser, browserOf } from "../support/session";

beforeEach(async () => {
  // This test's runs would find unfinished purges of earlier tests.
  await purge();
});
afterEach(() => vi.useRealTimers());

type Account = Awaited<ReturnType<typeof newAccount>>;

async function largeCampaign({ member, hook }: Account, brand_id: number) {
  const { id } = await newCampaign(member, { brand_id, publish: "public", goal_type: "visit", num_visits: 2 });
  const own = (await member.post("/api/v1/webhooks", { link: "https://hooks.example.com/", campaign_id: id })).data;
  return { id: id as number, own: own.id, ...(await fillLarge({ id, member_id: member.id }, hook, own.id)) };
}

const countOf = async (table: string, condition: string) =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${condition}`).first<{ n: number }>())?.n ?? 0;

const idsOf = async (table: string, condition: string) =>
  (await env.DB.prepare(`SELECT id FROM ${table} WHERE ${condition}`).all<{ id: number }>()).results.map(
    ({ id }) => id,
  );

const DAY_MS = 86_400_000;
const isMoment = /"exported_at":"[^"]*"/g;

/** All lists and pages of an account that could show a campaign's data. */
async function seenBy({ member, hook }: Account, browser: Browser, brand: number) {
  const api = [
    "/participants",
    "/participants?status=active",
    `/participants?email=person-${MANY}@example.com`,
    `/participants?external_id=x${MANY}`,
    "/rewards",
    "/rewards?status=pending",
    "/rewards?reward_type=5",
    "/zapier/contacts",
    "/campaigns",
    `/campaigns?brand_id=${brand}`,
    `/brands/${brand}`,
    `/brands/${brand}/stats`,
    "/webhooks",
    `/webhooks/${hook}/deliveries`,
    `/webhooks/${hook}/deliveries?status=failed`,
    `/webhooks/${hook}/deliveries?status=pending`,
  ];
  const pages = [
    "/home",
    "/campaigns",
    `/brands/${brand}`,
    "/participants",
    "/participants?q=person",
    "/participants/export",
    "/rewards",
    "/rewards?status=pending",
    "/rewards/export",
    "/webhooks",
    `/webhooks/${hook}`,
    `/webhooks/${hook}?status=failed`,
    "/account/export",
    "/audit",
  ];
  // Entries about changes by key belong there.
  await env.DB.prepare("DELETE FROM audit_entries WHERE key_prefix IS NOT NULL").run();
  const seen: [string, string][] = [];
  for (const path of api) seen.push([path, (await member.get(`/api/v1${path}`)).text]);
  for (const path of pages) {
    const { status, text } = await browser.page(path);
    expect([path, status]).toEqual([path, 200]);
    seen.push([path, text.replace(isMoment, "")]);
  }
  return seen;
}

/** The responses for everybody with an id, link, or token of the campaign. */
async function toldOf(
  member: TestMember,
  browser: Browser,
  known: { id: number; person: number; reward: number; delivery: number },
) {
  const { id, person, reward, delivery } = known;
  const api: [string, string, object?][] = [
    ["GET", `/participants/${person}`],
    ["PATCH", `/participants/${person}`, { name: "x" }],
    ["PATCH", `/participants/${person}`, { status: "blocked" }],
    ["DELETE", `/participants/${person}`],
    ["GET", `/participants?campaign_id=${id}`],
    ["GET", `/participants?campaign_id=${id}&status=active`],
    ["GET", `/participants?invited_by=${person}`],
    ["GET", `/participants?campaign_id=${id}&email=person-${MANY}@example.com`],
    ["GET", `/rewards/${reward}`],
    ["PATCH", `/rewards/${reward}`, { status: "fulfilled" }],
    ["GET", `/rewards?campaign_id=${id}`],
    ["GET", `/rewards?participant_id=${person}`],
    ["GET", `/zapier/contacts?campaign_id=${id}`],
    ["POST", `/deliveries/${delivery}/retry`, {}],
    ["POST", "/signups", { campaign_id: id, email: "new@example.com", name: "N" }],
    ["POST", "/signups", { campaign_id: id, email: `person-${MANY}@example.com`, name: "N" }],
    ["POST", "/signups/referral", { referral_code: btoa(`${id}:1:${person}`), email: "new@example.com", name: "N" }],
    ["POST", "/webhooks", { link: "https://hooks.example.com/", campaign_id: id }],
    ["POST", `/campaigns/${id}/coupons`, { codes: ["a"] }],
    ["PUT", `/campaigns/${id}`, { name: "x" }],
    ["DELETE", `/campaigns/${id}`],
    ...["", "/stats", "/widget", "/reward", "/lander", "/contest", "/coupons", "/leaderboard"].map(
      (part): [string, string] => ["GET", `/campaigns/${id}${part}`],
    ),
  ];
  const told = [];
  for (const [method, path, body] of api) told.push(await member.call(method, `/api/v1${path}`, body));
  const visitors: [string, string, object?][] = [
    ["GET", `/api/v1/lander?campaign_id=${id}`],
    ["GET", `/api/widget/config?campaign_id=${id}`],
    ["GET", `/api/widget/leaderboard?campaign_id=${id}`],
    ["POST", "/api/widget/impression", { campaign_id: id }],
    ["POST", "/api/widget/signup", { campaign_id: id, email: `person-${MANY}@example.com`, name: "N" }],
    ["GET", `/widget/${id}/embed`],
    ["GET", `/contests/${id}/entrants`],
    ["GET", `/t/${btoa(`${id}:1:${person}`)}`],
  ];
  for (const [method, path, body] of visitors) told.push(await call(method, path, body));
  for (const path of [`/participants/${person}`, `/campaigns/${id}`, `/campaigns/${id}/participants`])
    told.push(await browser.page(path));
  return told.map(({ status, text }) => `${status} ${text.replace(/\d+/g, "#")}`);
}

describe("a deletion of more than one round", () => {
  it("is final once acknowledged: until the last row is gone, the campaign looks like one that never existed", async () => {
    // The compared pages contain charts by day.
    stopClock();
    const account = await newAccount();
    const brand = await newBrand(account.member);
    const browser = await browserOf(account.member);
    // An entry about a person of the next campaign, whose ID exists by now.
    const { seq } = (await env.DB.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'campaigns'").first<{
      seq: number;
    }>()) ?? { seq: 0 };
    await insert("audit_entries", {
      account_id: account.member.id,
      person_id: account.member.id,
      via: "dashboard",
      action: "Blocked or unblocked a participant",
      path: `/participants/${(seq + 1) * 100_000 + 1}/block`,
      date: 1,
    }).run();
    const [stored, seen] = [await snapshot(), await seenBy(account, browser, brand)];
    const unknown = { id: 99_999_999, person: 9_999_999_991, reward: 9_999_999_992, delivery: 9_999_999_993 };
    const never = await toldOf(account.member, browser, unknown);
    const known = await largeCampaign(account, brand);
    const { id } = known;
    expect(await account.member.delete(`/api/v1/campaigns/${id}`)).toMatchObject({
      status: 200,
      data: { deleted: true },
    });

    for (const [table, row] of Object.entries({
      participants: known.person,
      rewards: known.reward,
      deliveries: known.delivery,
    }))
      expect([table, await countOf(table, `id = ${row}`)]).toEqual([table, 1]);
    expect(await seenBy(account, browser, brand)).toEqual(seen);
    expect(await toldOf(account.member, browser, known)).toEqual(never);

    await purge();
    expect(differences(await snapshot(), stored)).toEqual([]);
  });

  it("sends nothing more about it, by webhook or by email", async () => {
    const world = outside();
    const member = await newMember();
    const endpoint = await world.endpoint(member);
    const known = await largeCampaign({ member, hook: endpoint.id }, await newBrand(member));
    const post = mailroom(member);
    await member.delete(`/api/v1/campaigns/${known.id}`);
    const due = await idsOf("deliveries", `campaign_id = ${known.id} AND status = 'pending'`);
    const mails = await idsOf("mails", `campaign_id = ${known.id}`);
    expect([due.length > 0, mails.length > 0]).toEqual([true, true]);
    await world.consume([{ v: 1, delivery_ids: due.slice(0, 100) }]);
    await post.hand(mails.slice(0, 20));
    expect([endpoint.received, post.taken]).toEqual([[], []]);
    const told = (await post.rows()).filter(({ id }) => mails.slice(0, 20).includes(id)).map(({ error }) => error);
    expect(new Set(told)).toEqual(new Set(["gone"]));
    expect(await idsOf("deliveries", `id IN (${due.slice(0, 100)})`)).toEqual([]);
    world.close();
  });

  it("finishes wherever a round is interrupted, before or after it took effect", async () => {
    const account = await newAccount();
    const brand = await newBrand(account.member);
    const stored = await snapshot();
    const { id } = await largeCampaign(account, brand);
    await account.member.delete(`/api/v1/campaigns/${id}`);
    let runs = 0;
    const dies = () =>
      faultyDb(async (call, run) => {
        // The first call of a run drops old records.
        if (call !== 2) return run();
        if (runs++ % 2 === 0) await run();
        throw new Error("D1_ERROR: Network connection lost.");
      });
    while ((await recordsOf(account.member.id)).some(({ date_purged }) => date_purged === null) && runs < 20)
      await purge({ DB: dies() }).catch(() => {});
    expect(runs).toBeGreaterThan(1);
    expect(differences(await snapshot(), stored)).toEqual([]);
  });

  it("does a limited part in each transaction, the request's own included", async () => {
    const account = await newAccount();
    const { id } = await largeCampaign(account, await newBrand(account.member));
    const most: number[] = [];
    const measured = faultyDb(async (_, run) => {
      const results = await run();
      most.push(...results.map(({ meta }) => meta.changes));
      return results;
    });
    await account.member.delete(`/api/v1/campaigns/${id}`, { env: { DB: measured } });
    await purge({ DB: measured });
    // One more if the clock of events added its row.
    expect([1000, 1001]).toContain(Math.max(...most));
    expect(await countOf("participants", `campaign_id = ${id}`)).toBe(0);
  });

  it("follows from a deleted brand or account, including unsubscribes", async () => {
    const stored = await snapshot();
    const account = await newAccount();
    const { member } = account;
    const brands = [await newBrand(member), await newBrand(member)];
    for (const brand of brands) await largeCampaign(account, brand);
    await env.DB.prepare(
      `WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?2)
        INSERT INTO suppressions (member_id, email_hash, date) SELECT ?1, 'hash' || n, 1 FROM i`,
    )
      .bind(member.id, MANY)
      .run();
    expect((await member.delete(`/api/v1/brands/${brands[0]}`)).status).toBe(200);
    expect((await member.get(`/api/v1/brands/${brands[0]}`)).status).toBe(404);
    expect((await member.get("/api/v1/participants")).data.pagination.total).toBe(MANY);

    await env.DB.prepare("UPDATE members SET password_hash = ? WHERE id = ?")
      .bind(await hashPassword("correct horse"), member.id)
      .run();
    const browser = await browserOf(member);
    expect((await browser.submit("/account/deletion", { password: "correct horse" })).status).toBe(303);
    expect((await member.get("/api/v1/brands")).status).toBe(401);
    expect(await countOf("suppressions", `member_id = ${member.id}`)).toBe(MANY - 1000);
    await purge();
    expect(differences(await snapshot(), stored)).toEqual([]);
    const records = await recordsOf(member.id);
    expect(records.map(({ kind }) => kind)).toEqual([
      "campaign",
      "campaign",
      "member",
      "webhook",
      "webhook",
      "webhook",
    ]);
    expect(records.every(({ date_purged }) => date_purged !== null)).toBe(true);
  });

  it("includes a webhook's deliveries", async () => {
    const account = await newAccount();
    const { member, hook } = account;
    const { id, own, delivery } = await largeCampaign(account, await newBrand(member));
    expect((await member.delete(`/api/v1/webhooks/${hook}`)).status).toBe(200);
    expect(await countOf("deliveries", `webhook_id = ${hook}`)).toBe(MANY - 1000);
    expect((await member.post(`/api/v1/deliveries/${delivery}/retry`, {})).status).toBe(404);
    await purge();
    expect(await countOf("deliveries", `webhook_id = ${hook}`)).toBe(0);
    expect(await countOf("deliveries", `webhook_id = ${own}`)).toBe(MANY);
    expect(await countOf("events", `campaign_id = ${id}`)).toBe(2 * MANY);
  });

  it("does not delay small ones", async () => {
    const account = await newAccount();
    const brand = await newBrand(account.member);
    const { id } = await largeCampaign(account, brand);
    await account.member.delete(`/api/v1/campaigns/${id}`);
    const [another, stranger] = [await newCampaign(account.member, { brand_id: brand }), await newMember()];
    const foreign = await newCampaign(stranger);
    for (const [member, campaign] of [
      [account.member, another.id],
      [stranger, foreign.id],
    ] as const) {
      await member.post("/api/v1/signups", { campaign_id: campaign, email: "a@example.com", name: "A" });
      await member.delete(`/api/v1/campaigns/${campaign}`);
      expect(await countOf("participants", `campaign_id = ${campaign}`)).toBe(0);
      expect(await countOf("events", `campaign_id = ${campaign}`)).toBe(0);
    }
    expect(await countOf("participants", `campaign_id = ${id}`)).toBeGreaterThan(0);
  });

  it("leaves nothing of concurrent requests behind", async () => {
    const account = await newAccount();
    const { member } = account;
    const brand = await newBrand(member);
    const stored = await snapshot();
    const { id, person, reward } = await largeCampaign(account, brand);
    await member.delete(`/api/v1/campaigns/${id}`);
    const ledger = env.LEDGER.getByName(String(id));
    const item = (n: number) => ({ id: `evt_late_${n}`, at: Date.now(), origin: "https://referrals.test" });
    const late = [
      await ledger.share({ kind: "share", ...item(1), participant_id: person, social: 2 }),
      await ledger.click({ kind: "click", ...item(2), participant_id: person, social: 2, visitor: "w" }),
      await ledger.changeStatuses([{ kind: "status", ...item(3), participant_id: person, status: "blocked" }]),
      await ledger.changeStatuses([{ kind: "status", ...item(4), participant_id: person, status: "active" }]),
      await ledger.changeReward({ kind: "reward", ...item(5), reward_id: reward, status: "fulfilled", note: null }),
      await ledger.erase({ kind: "erase", ...item(6), participant_id: person }),
    ];
    expect(late.map((answer) => answer.ok)).toEqual(late.map(() => true));
    await purge();
    expect(differences(await snapshot(), stored)).toEqual([]);
  });

  it("leaves no data for participants who get the same ids", async () => {
    const settings = { reward_type: 1, num_signups: 1, reward_invited: true };
    const [other, gone] = [await newCampaignWithPeople(settings), await newCampaignWithPeople(settings)];
    const inviter = (await other.signUp(someone())).data;
    await other.upload(someCodes(20));
    await gone.upload(someCodes(20));
    let last = (await gone.signUp(someone())).data.id;
    for (let n = 0; n < 4; n++) last = (await gone.refer(plainCode(gone.id, 1, last), someone())).data.id;
    expect(await countOf("coupons", `campaign_id = ${gone.id} AND reward_id IS NOT NULL`)).toBe(8);

    await env.DB.prepare("DELETE FROM campaigns WHERE id = ?").bind(gone.id).run();
    const db = openDb(env.DB, "first-primary");
    for (let round = 0; (await countOf("participants", `campaign_id = ${gone.id}`)) > 0; round++) {
      expect(round).toBeLessThan(100);
      await db.batch([underWay(db, 1), ...purgeRound(db, undefined, new Date(), 1)]);
    }
    for (let n = 0; n < 6; n++)
      expect((await other.refer(inviter.referral_code, someone())).data.invited_reward.status).toBe("fulfilled");
    const given = (await other.rewards()).map(({ coupon }: { coupon: string }) => coupon);
    const codes = await env.DB.prepare("SELECT code FROM coupons WHERE campaign_id = ? AND reward_id IS NOT NULL")
      .bind(other.id)
      .all<{ code: string }>();
    expect(given.toSorted()).toEqual(codes.results.map(({ code }) => code).toSorted());
    expect(new Set(given).size).toBe(7);
  });

  it("keeps the record of its end for 400 days", async () => {
    const { member } = await newAccount();
    const { id } = await newCampaign(member);
    await member.delete(`/api/v1/campaigns/${id}`);
    const [record] = await recordsOf(member.id);
    expect(record).toMatchObject({ kind: "campaign", subject_id: id });
    expect(Number(record?.date_purged)).toBeGreaterThan(0);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 399 * DAY_MS });
    await purge();
    expect(await recordsOf(member.id)).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2 * DAY_MS);
    await purge();
    expect(await recordsOf(member.id)).toEqual([]);
  });
});
