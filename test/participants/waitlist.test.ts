import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { runJobs } from "../../src/cron";
import { openDb } from "../../src/lib/db";
import { storedPlace, toPlace } from "../../src/participants/waitlist/place";
import { runReleases } from "../../src/participants/waitlist/release";
import { en } from "../../src/texts/en/en";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { browserOf } from "../support/session";
import { workOf } from "../support/work";

const lined = (fields: Record<string, unknown> = {}) =>
  newCampaign({ waitlist_enabled: true, reward_type: 3, ...fields });
const detail = async ({ owner }: TestCampaign, id: number) => (await owner.get(`/api/v1/participants/${id}`)).data;
const placeOf = async (campaign: TestCampaign, id: number) => (await detail(campaign, id)).waitlist;
const release = ({ owner, id }: TestCampaign, body: unknown, headers?: Record<string, string>) =>
  owner.post(`/api/v1/campaigns/${id}/releases`, body, { headers });
const joined = async (campaign: TestCampaign, n: number) =>
  Promise.all(Array.from({ length: n }, async () => (await campaign.signUp(someone())).data));
const admittedEvents = async (campaign: TestCampaign) =>
  (await campaign.events("participant.admitted")).filter(({ data }) => JSON.parse(data).release_id);

/** Deterministic numbers. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Row = { id: number; status: string; waitlist_ticket: number; referral_count: number; admitted_at: number | null };

/** The line in the rule's order: by ticket minus the places for friends, and on a tie the later ticket first. */
async function expectLine(campaign: TestCampaign, places: number) {
  const { results } = await env.DB.prepare("SELECT * FROM participants WHERE campaign_id = ? ORDER BY id")
    .bind(campaign.id)
    .all<Row>();
  expect(results.map((row) => row.waitlist_ticket)).toEqual(results.map((_, i) => i + 1));
  const keyOf = (row: Row) => row.waitlist_ticket - row.referral_count * places;
  const line = results
    .filter((row) => row.status === "active" && row.admitted_at === null)
    .sort((a, b) => keyOf(a) - keyOf(b) || b.waitlist_ticket - a.waitlist_ticket);
  const db = openDb(env.DB, "first-primary");
  const kept = results.filter((row) => row.status !== "erased");
  const [first, ...further] = kept.map(({ id }) => storedPlace({ db }, id));
  const found = first ? await db.batch([first, ...further]) : [];
  const seen = kept.map(({ id }, i) => [id, toPlace(found[i] ?? [])] as const);
  for (const [id, place] of seen) {
    const at = line.findIndex((row) => row.id === id);
    expect(place).toMatchObject({
      position: at < 0 ? null : at + 1,
      of: line.length,
      ahead: at < 0 ? null : at,
    });
  }
  const buckets = await env.DB.prepare("SELECT * FROM waitlist_buckets WHERE campaign_id = ? AND waiting <> 0")
    .bind(campaign.id)
    .all<{ bucket: number; waiting: number }>();
  const counted = Map.groupBy(line, (row) => Math.floor(keyOf(row) / 256));
  expect(new Map(buckets.results.map(({ bucket, waiting }) => [bucket, waiting]))).toEqual(
    new Map([...counted].sort(([a], [b]) => a - b).map(([bucket, rows]) => [bucket, rows.length])),
  );
  return line;
}

describe("the waitlist", () => {
  it("is in signup order, and each friend moves a participant up by the setting", async () => {
    const campaign = await lined({ waitlist_places_per_friend: 2 });
    const people: { id: number; referral_code: string }[] = [];
    for (let n = 0; n < 5; n++) people.push((await campaign.signUp(someone())).data);
    const last = people[4] as (typeof people)[number];
    const places = async () => Promise.all(people.map(async ({ id }) => (await placeOf(campaign, id)).position));
    expect(await places()).toEqual([1, 2, 3, 4, 5]);
    await campaign.refer(last.referral_code, someone());
    expect(await places()).toEqual([1, 2, 4, 5, 3]);
    await campaign.refer(last.referral_code, someone());
    expect(await places()).toEqual([2, 3, 4, 5, 1]);
    expect(await placeOf(campaign, last.id)).toEqual({
      position: 1,
      of: 7,
      ahead: 0,
      admitted_at: null,
      ticket: 5,
      places_per_friend: 2,
    });
  });

  it.each([1, 2, 3])(
    "gives each place to one participant by the rule, whatever happens concurrently (%i)",
    async (seed) => {
      const next = random(seed);
      const places = [1, 7, 400][seed - 1] ?? 1;
      const campaign = await lined({ waitlist_places_per_friend: places });
      const people: { id: number; referral_code: string }[] = await joined(campaign, 12);
      const anyone = () => people[next(people.length)] as (typeof people)[number];
      const act = async () => {
        const [what, person] = [next(10), anyone()];
        if (what < 5) {
          const { data } = await campaign.refer(person.referral_code, someone());
          if (data?.participant) people.push(data.participant);
        } else if (what < 7) people.push((await campaign.signUp(someone())).data);
        else if (what < 9)
          await campaign.owner.patch(`/api/v1/participants/${person.id}`, {
            status: ["active", "blocked", "pending"][next(3)],
          });
        else if (next(3) === 0) await campaign.owner.delete(`/api/v1/participants/${person.id}`);
        else await release(campaign, next(2) ? { count: 1 } : { filter: { min_referrals: 2 }, count: 2 });
      };
      for (let round = 0; round < 5; round++) {
        await Promise.all(Array.from({ length: 12 }, act));
        await expectLine(campaign, places);
      }
    },
  );

  it("keeps no empty bucket, however far friends move a participant", async () => {
    const campaign = await lined({ waitlist_places_per_friend: 1000 });
    const [ada] = await joined(campaign, 2);
    for (let n = 0; n < 4; n++) await campaign.refer(ada.referral_code, someone());
    const buckets = async () =>
      (
        await env.DB.prepare("SELECT waiting FROM waitlist_buckets WHERE campaign_id = ? ORDER BY bucket")
          .bind(campaign.id)
          .all<{ waiting: number }>()
      ).results.map(({ waiting }) => waiting);
    expect(await buckets()).toEqual([1, 5]);
    await release(campaign, { count: 1 });
    expect(await buckets()).toEqual([5]);
    await expectLine(campaign, 1000);
  });

  it("keeps no bucket of blocked, erased, or undone participants", async () => {
    const campaign = await lined();
    const { owner, id } = campaign;
    const bucketsLeft = () =>
      env.DB.prepare("SELECT count(*) AS n FROM waitlist_buckets WHERE campaign_id = ?").bind(id).first<number>("n");
    const [ada, grace] = await joined(campaign, 2);
    for (const [way, leave] of [
      ["blocked", () => owner.patch(`/api/v1/participants/${ada.id}`, { status: "blocked" })],
      ["erased", () => owner.delete(`/api/v1/participants/${grace.id}`)],
    ] as const) {
      expect(await bucketsLeft(), way).toBe(1);
      await leave();
    }
    expect(await bucketsLeft()).toBe(0);
    await owner.patch(`/api/v1/participants/${ada.id}`, { status: "active" });
    await expectLine(campaign, 1);
    await owner.delete(`/api/v1/participants/${ada.id}`);
    const { data } = await campaign.signUp(someone());
    expect(await bucketsLeft()).toBe(1);
    const { signup_event } = (await env.DB.prepare("SELECT signup_event FROM participants WHERE id = ?")
      .bind(data.id)
      .first<{ signup_event: string }>()) ?? { signup_event: "" };
    const undone = { kind: "undo" as const, id: "evt_undo", key: signup_event, since: 0, participant_ids: [data.id] };
    expect(await env.LEDGER.getByName(String(id)).undoImport(undone)).toMatchObject({ value: { removed: 1 } });
    expect(await bucketsLeft()).toBe(0);
    await expectLine(campaign, 1);
  });

  it("has no place for unconfirmed participants, who get their ticket's place once they confirm", async () => {
    const campaign = await lined({ double_opt_in: true });
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), name: "Grace" });
    await joined(campaign, 2);
    const [waiting] = await expectLine(campaign, 1);
    expect(waiting?.waitlist_ticket).toBe(2);
    const unconfirmed = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}&status=pending`))
      .data.participants[0];
    expect(await placeOf(campaign, unconfirmed.id)).toMatchObject({ position: null, of: 2 });
    await campaign.owner.patch(`/api/v1/participants/${unconfirmed.id}`, { status: "active" });
    expect(await placeOf(campaign, unconfirmed.id)).toMatchObject({ position: 1, of: 3, ticket: 1 });
  });

  it("exists only if it is switched on, before anybody has joined", async () => {
    const campaign = await newCampaign();
    const change = (fields: unknown) => campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, fields);
    expect((await change({ waitlist_enabled: true })).data.waitlist_enabled).toBe(true);
    expect((await change({ waitlist_places_per_friend: 3 })).data.waitlist_places_per_friend).toBe(3);
    expect((await change({ waitlist_enabled: false })).status).toBe(200);
    const { id } = (await campaign.signUp(someone())).data;
    expect((await detail(campaign, id)).waitlist).toBeNull();
    expect(await change({ waitlist_enabled: true })).toMatchObject({ status: 409, code: "conflict" });
    expect(await change({ waitlist_places_per_friend: 4 })).toMatchObject({ status: 409, code: "conflict" });
    expect((await change({ waitlist_enabled: false, waitlist_places_per_friend: 3, name: "Same" })).status).toBe(200);
    expect(await release(campaign, { count: 1 })).toMatchObject({
      status: 409,
      error: "The campaign has no waitlist.",
    });
    for (const wrong of [-1, 1.5, 1001]) expect((await change({ waitlist_places_per_friend: wrong })).status).toBe(400);
  });
});

describe("a release", () => {
  it("admits the first in line, notifies them, and moves the others up", async () => {
    const campaign = await lined({ admitted_notify_subject: "You are in, {{name}}" });
    const people = [];
    for (let n = 0; n < 4; n++) people.push((await campaign.signUp(someone())).data);
    await campaign.refer(people[3].referral_code, someone());
    const dry = await release(campaign, { count: 2, dry_run: true });
    expect(dry).toMatchObject({ status: 200, data: { would_admit: 2, waiting: 5 } });
    expect(dry.data.first.map(({ id }: { id: number }) => id)).toEqual([people[0].id, people[1].id]);
    expect(await admittedEvents(campaign)).toHaveLength(0);
    const done = await release(campaign, { count: 2 });
    expect(done).toMatchObject({ status: 201, data: { status: "done", admitted: 2, count: 2 } });
    const admitted = await placeOf(campaign, people[0].id);
    expect(admitted).toMatchObject({ position: null, ahead: null, of: 3, admitted_at: expect.any(String) });
    expect(await placeOf(campaign, people[3].id)).toMatchObject({ position: 1, of: 3 });
    const events = await admittedEvents(campaign);
    expect(events.map((event) => event.participant_id).sort()).toEqual([people[0].id, people[1].id].sort());
    expect(JSON.parse(events[0]?.data ?? "{}")).toMatchObject({ release_id: done.data.id, status: "active" });
    const mails = await env.DB.prepare(
      "SELECT participant_id FROM mails WHERE campaign_id = ? AND kind = 'admitted' ORDER BY participant_id",
    )
      .bind(campaign.id)
      .all();
    expect(mails.results.map((row) => row.participant_id)).toEqual([people[0].id, people[1].id]);
    const { releases } = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/releases`)).data;
    expect(releases).toMatchObject([{ id: done.data.id, admitted: 2, status: "done" }]);
    // An admitted participant never waits again, whatever happens.
    await campaign.owner.patch(`/api/v1/participants/${people[0].id}`, { status: "blocked" });
    await campaign.owner.patch(`/api/v1/participants/${people[0].id}`, { status: "active" });
    await campaign.refer(people[0].referral_code, someone());
    expect((await placeOf(campaign, people[0].id)).position).toBeNull();
    await expectLine(campaign, 1);
  });

  it("concurrent with another admits nobody twice, and not too many", async () => {
    const campaign = await lined();
    await joined(campaign, 260);
    const answers = await Promise.all([
      release(campaign, { count: 205 }),
      release(campaign, { count: 40 }),
      release(campaign, { filter: { min_referrals: 1 } }),
    ]);
    expect(answers.map(({ data }) => data.admitted)).toEqual([205, 40, 0]);
    const events = await admittedEvents(campaign);
    expect(events).toHaveLength(245);
    expect(new Set(events.map((event) => event.participant_id)).size).toBe(245);
    expect(await expectLine(campaign, 1)).toHaveLength(15);
    expect((await release(campaign, { count: 1000 })).data).toMatchObject({ admitted: 15, status: "done" });
    expect((await release(campaign, { count: 1 })).data).toMatchObject({ admitted: 0, status: "done" });
  });

  it("admits nobody else if it is sent again", async () => {
    const campaign = await lined();
    await joined(campaign, 6);
    const key = { "Idempotency-Key": crypto.randomUUID() };
    const first = await release(campaign, { count: 2 }, key);
    expect((await release(campaign, { count: 2 }, key)).data).toEqual(first.data);
    expect(await admittedEvents(campaign)).toHaveLength(2);
  });

  it("can select participants with a filter, wherever they are in line", async () => {
    const campaign = await lined({ waitlist_places_per_friend: 0 });
    const people: { id: number; referral_code: string }[] = await joined(campaign, 5);
    const [a, b] = people.slice(2) as [(typeof people)[number], (typeof people)[number]];
    await campaign.refer(a.referral_code, someone());
    await campaign.refer(b.referral_code, someone());
    await campaign.refer(b.referral_code, someone());
    const dry = async (filter: unknown, count?: number) =>
      (await release(campaign, { filter, count, dry_run: true })).data.would_admit;
    expect(await dry({ min_referrals: 1 })).toBe(2);
    expect(await dry({ min_referrals: 1 }, 1)).toBe(1);
    expect(await dry({ signed_up_before: "2020-01-01T00:00:00Z" })).toBe(0);
    expect(await dry({ participant_ids: [a.id, 999_999_999] })).toBe(1);
    expect((await release(campaign, { filter: { min_referrals: 2 } })).data).toMatchObject({
      admitted: 1,
      status: "done",
    });
    expect((await placeOf(campaign, b.id)).admitted_at).not.toBeNull();
    expect((await release(campaign, { filter: { participant_ids: [a.id, b.id] } })).data.admitted).toBe(1);
    await expectLine(campaign, 0);
  });

  it("that was interrupted is finished by the cron", async () => {
    const campaign = await lined();
    await joined(campaign, 5);
    await env.DB.prepare(
      "INSERT INTO releases (campaign_id, key, quota, origin, date_added) VALUES (?, 'evt_cut', 3, 'https://referrals.test', 1)",
    )
      .bind(campaign.id)
      .run();
    await runJobs(env as never);
    const [row] = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/releases`)).data.releases;
    expect(row).toMatchObject({ status: "done", admitted: 3 });
    expect(await expectLine(campaign, 1)).toHaveLength(2);
  });

  it("of an account continues, however many older ones of another account match nobody", async () => {
    const [busy, quiet] = [await lined(), await lined()];
    await joined(busy, 1);
    await joined(quiet, 3);
    const open = (campaign: TestCampaign, n: number, least: number | null) =>
      env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < ?2)
        INSERT INTO releases (campaign_id, key, min_referrals, origin, date_added)
        SELECT ?1, 'evt_open_' || n, ?3, 'https://referrals.test', 1 FROM i`)
        .bind(campaign.id, n, least)
        .run();
    await open(busy, 110, 1000);
    await open(quiet, 1, null);
    await runReleases({ db: openDb(env.DB, "first-primary"), env: env as never, now: () => new Date() });
    expect(await expectLine(quiet, 1)).toHaveLength(0);
    const left = "SELECT count(*) AS n FROM releases WHERE campaign_id = ? AND date_finished IS NULL";
    expect(await env.DB.prepare(left).bind(busy.id).first("n"), "a run is bounded").toBe(11);
    await env.DB.prepare("UPDATE releases SET date_finished = 1 WHERE campaign_id = ?").bind(busy.id).run();
  });

  it("reads only the participants it admits, however long the line is", async () => {
    const campaign = await lined();
    await campaign.signUp(someone());
    await env.DB.prepare(`WITH RECURSIVE i(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM i WHERE n < 3000)
      INSERT INTO participants (id, member_id, campaign_id, email, email_canonical, status, date_signedup, signup_event, share_count, waitlist_ticket, waitlist_key)
      SELECT 10000000 + n, ?1, ?2, 'w' || n || '@long.example', 'w' || n || '@long.example', 'active', 1, 'evt_w' || n, 0, n, n FROM i`)
      .bind(campaign.owner.id, campaign.id)
      .run();
    const { rows_read } = await workOf(() => release(campaign, { count: 5 }));
    expect(rows_read).toBeLessThan(400);
  });

  it("needs a participant, and a campaign of the account", async () => {
    const campaign = await lined();
    for (const wrong of [
      {},
      { filter: {} },
      { count: 0 },
      { count: -1 },
      { count: 1.5 },
      { filter: { country: "DE" } },
      { filter: { participant_ids: [] } },
    ])
      expect((await release(campaign, wrong)).status).toBe(400);
    const other = await lined();
    expect((await other.owner.post(`/api/v1/campaigns/${campaign.id}/releases`, { count: 1 })).status).toBe(404);
    expect((await other.owner.get(`/api/v1/campaigns/${campaign.id}/releases`)).status).toBe(404);
  });
});

describe("participants", () => {
  it("see their place in the widget and on their own page", async () => {
    const campaign = await lined({ waitlist_places_per_friend: 5, publish: "public" });
    await joined(campaign, 2);
    const { data } = await call("POST", "/api/widget/signup", {
      campaign_id: campaign.id,
      email: someone(),
      name: "Grace",
    });
    const own = await call("GET", "/api/widget/participant", undefined, {
      headers: { Authorization: `Bearer ${data.participant_token}` },
    });
    expect(own.data.waitlist).toMatchObject({ position: 3, of: 3, ahead: 2, places_per_friend: 5 });
    const frame = await call("GET", `/widget/${campaign.id}/embed`, undefined, { headers: { Accept: "text/html" } });
    expect(frame.text).toContain("data-place-box");
    expect(frame.text).toContain(en.waitlist_next_other.replace("{count}", "5"));
    const plain = await newCampaign();
    const without = await call("GET", `/widget/${plain.id}/embed`, undefined, { headers: { Accept: "text/html" } });
    expect(without.text).not.toContain("data-place-box");
  });
});

describe("the dashboard", () => {
  it("previews a release, admits participants, and lists it", async () => {
    const campaign = await lined();
    const [first] = await joined(campaign, 3);
    const { page, submit } = await browserOf(campaign.owner);
    const path = `/campaigns/${campaign.id}/waitlist`;
    expect((await page(`/campaigns/${campaign.id}`)).text).toContain(path);
    expect((await page(path)).text).toContain("<b>3</b> participants are waiting");
    const dry = await submit(`${path}/preview`, { count: 2, min_referrals: "", signed_up_before: "" });
    expect(dry.text).toContain("Let in 2");
    expect(await admittedEvents(campaign)).toHaveLength(0);
    expect((await submit(path, { count: 2, min_referrals: "", signed_up_before: "" })).status).toBe(303);
    expect((await placeOf(campaign, first.id)).admitted_at).not.toBeNull();
    expect((await page(path)).text).toContain("<b>1</b> participant is waiting");
    for (const wrong of [{}, { count: "0" }, { count: "many" }]) expect((await submit(path, wrong)).status).toBe(400);
    expect((await page(`/campaigns/${(await newCampaign({}, campaign.owner)).id}/waitlist`)).text).toContain(
      "no waitlist",
    );
  });
});
