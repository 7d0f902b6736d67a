import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runJobs } from "../../src/cron";
import { CommitQueue } from "../../src/ledger/queue";
import { jobs } from "../../src/upkeep/job";
import { newCampaign, someone } from "../support/campaign";
import { type Answer, newDomain, newMember } from "../support/client";
import { d1Error, FULL, PASSING } from "../support/d1-errors";
import { withBindings } from "../support/ledger";
import { mailroom } from "../support/mailroom";
import { faultyDb, outside } from "../support/outside";
import { isShort } from "../support/seed";
import { shortWaits } from "../support/waits";

/** Where a call fails: before it takes effect, or after. */
const ways = ["there", "back"] as const;
type Way = (typeof ways)[number];

/** A database whose n-th call fails if `which` selects n. `calls` counts all calls. */
function failing(text: string, which: (n: number) => boolean, way: Way = "there") {
  const seen = { calls: 0 };
  const DB = faultyDb(async (n, run) => {
    seen.calls = n;
    if (!which(n)) return run();
    if (way === "back") await run();
    throw d1Error(text);
  });
  return { DB, seen };
}
const always = () => true;

function expectBusy(answer: Answer, code = "overloaded") {
  expect(answer).toMatchObject({ status: 503, code });
  expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
}

const counted = async (sql: string, value: number) => (await env.DB.prepare(sql).bind(value).first<{ n: number }>())?.n;

beforeEach(() => void shortWaits());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** In the short form, every other error happens on the way there, and the others on the way back. */
const waysOf = (text: string) => {
  const turn = PASSING.findIndex((one) => one.text === text);
  return ways.filter((_, n) => !isShort || turn % ways.length === n);
};

describe.each(PASSING)("D1's error $text", ({ text, isSoon }) => {
  it("delays a read, or makes it a 503", async () => {
    const { owner, id } = await newCampaign();
    const read = (DB: D1Database) => owner.get(`/api/v1/campaigns/${id}`, { env: { DB } });
    const once = await read(failing(text, (n) => n === 2).DB);
    if (isSoon) expect(once.status).toBe(200);
    else expectBusy(once);
    const lasting = failing(text, always);
    expectBusy(await read(lasting.DB));
    expect(lasting.seen.calls).toBeLessThanOrEqual(isSoon ? 3 : 1);
  });

  it.each(waysOf(text))("in a member's write, on the way %s, leaves a 503 or the effect, once", async (way) => {
    for (const broken of [1, 2, 3, 4]) {
      const member = await newMember();
      const headers = { "Idempotency-Key": crypto.randomUUID() };
      const body = { url: newDomain() };
      const { DB } = failing(text, (n) => n === broken, way);
      const first = await member.post("/api/v1/brands", body, { headers, env: { DB } });
      if (first.status !== 201) expectBusy(first);
      await env.DB.prepare("UPDATE idempotency_keys SET leased_until = 1 WHERE status IS NULL").run();
      expect([201, 409]).toContain((await member.post("/api/v1/brands", body, { headers })).status);
      expect(await counted("SELECT count(*) AS n FROM brands WHERE member_id = ?", member.id)).toBe(1);
    }
  });

  it.each(waysOf(text))("in a ledger's commit, on the way %s, leaves a 503 or the signup, once", async (way) => {
    const campaign = await newCampaign();
    const email = someone();
    for (const [which, mayPass] of [
      [(n: number) => n === 1, isSoon],
      [always, false],
    ] as const) {
      const heal = await withBindings(campaign.id, { DB: failing(text, which, way).DB });
      const answer = await campaign.signUp(email);
      if (mayPass) expect(answer.status).toBe(201);
      else expectBusy(answer);
      await heal();
    }
    expect([201, 409]).toContain((await campaign.signUp(email)).status);
    expect((await campaign.stats()).total_participants).toBe(1);
  });

  it.each(waysOf(text))("in a round of deliveries, on the way %s, loses none", async (way) => {
    const world = outside();
    const member = await newMember();
    for (const broken of [1, 2]) {
      const endpoint = await world.endpoint(member);
      const { event_id, hint } = await world.happen(member);
      await world.consume([hint], { DB: failing(text, (n) => n === broken, way).DB });
      world.later(61_000);
      await world.cron();
      await world.consume();
      expect(new Set(endpoint.received.map(({ id }) => id))).toEqual(new Set([event_id]));
      const { data } = await member.get(`/api/v1/webhooks/${endpoint.id}/deliveries`);
      expect(data.deliveries).toMatchObject([{ status: "delivered" }]);
      await member.delete(`/api/v1/webhooks/${endpoint.id}`);
    }
    world.close();
  });

  it.each(waysOf(text))("in a round of emails, on the way %s, sends each once and records it", async (way) => {
    for (const broken of [1, 2, 3]) {
      const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
      const room = mailroom(campaign.owner);
      await campaign.signUp(someone());
      await room.deliver({ DB: failing(text, (n) => n === broken, way).DB });
      await room.skipWaiting();
      await room.deliver();
      expect(room.taken).toHaveLength(1);
      const [row] = await room.rows();
      expect(row?.status).toBe("sent");
      // A lease counts as an attempt, even if its answer was lost.
      expect(row?.attempts).toBeLessThanOrEqual(broken === 1 && way === "back" ? 2 : 1);
    }
  });

  it("does not make a job fail", async () => {
    await env.DB.exec("DELETE FROM jobs");
    await runJobs({ ...env, DB: failing(text, (n) => n <= Object.keys(jobs).length).DB });
    const { results } = await env.DB.prepare("SELECT last_success_at FROM jobs").all<{ last_success_at: number }>();
    expect(results).toHaveLength(Object.keys(jobs).length);
    for (const { last_success_at } of results) expect(last_success_at).toBeGreaterThan(0);
  });
});

describe("a full database", () => {
  it("returns its own 503 for reads and writes, without a retry", async () => {
    const campaign = await newCampaign();
    const { owner } = campaign;
    vi.spyOn(console, "error").mockImplementation(() => {});
    for (const ask of [
      (over: Partial<typeof env>) => owner.get("/api/v1/brands", { env: over }),
      (over: Partial<typeof env>) => owner.post("/api/v1/brands", { url: newDomain() }, { env: over }),
    ]) {
      const { DB, seen } = failing(FULL, always);
      const answer = await ask({ DB });
      expectBusy(answer, "database_full");
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThanOrEqual(600);
      expect(seen.calls).toBe(1);
    }
    const { DB, seen } = failing(FULL, always);
    const heal = await withBindings(campaign.id, { DB });
    expectBusy(await campaign.signUp(someone()), "database_full");
    expect(seen.calls).toBe(1);
    await heal();
    expect((await campaign.stats()).total_participants).toBe(0);
  });

  it("refuses a group of items as a whole", async () => {
    let calls = 0;
    const queue = new CommitQueue<number, number>(
      () => {
        calls++;
        return Promise.reject(d1Error(FULL));
      },
      () => false,
    );
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => queue.run(item)));
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    // One for the first item, and one for those that waited meanwhile.
    expect(calls).toBe(2);
  });

  it("holds deliveries and emails, and jobs fail without a retry", async () => {
    const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
    const room = mailroom(campaign.owner);
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    await campaign.signUp(someone());
    await room.deliver({ DB: failing(FULL, always).DB });
    expect(room.taken).toEqual([]);
    expect(await room.rows()).toMatchObject([{ status: "pending", attempts: 0 }]);
    await env.DB.exec("DELETE FROM jobs");
    const { DB, seen } = failing(FULL, always);
    await runJobs({ ...env, DB });
    // A job's first call, and the note of its failure.
    expect(seen.calls).toBeLessThanOrEqual(2 * Object.keys(jobs).length);
    expect(String(logged.mock.calls)).toContain(FULL);
    await room.skipWaiting();
    await room.deliver();
    expect(await room.rows()).toMatchObject([{ status: "sent" }]);
  });
});

describe("an unresponsive database", () => {
  /** Hanging calls. Each times out at once, because its ten seconds pass immediately. */
  function silentFor(which: (n: number) => boolean) {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    return faultyDb((n, run) => {
      if (!which(n)) return run();
      queueMicrotask(() => void vi.advanceTimersByTimeAsync(10_000));
      return new Promise(() => {});
    });
  }

  it("for a minute does not make a job fail", async () => {
    await env.DB.exec("DELETE FROM jobs");
    const six = 6 * Object.keys(jobs).length;
    await runJobs({ ...env, DB: silentFor((n) => n <= six) });
    const { results } = await env.DB.prepare("SELECT last_success_at FROM jobs").all<{ last_success_at: number }>();
    expect(results.every(({ last_success_at }) => last_success_at > 0)).toBe(true);
  });

  it("for eighty seconds after an email was sent does not lose its result", async () => {
    const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
    const room = mailroom(campaign.owner);
    await campaign.signUp(someone());
    // The first call takes the lease and the second releases the email.
    await room.deliver({ DB: silentFor((n) => n > 2 && n <= 10) });
    expect(room.taken).toHaveLength(1);
    expect(await room.rows()).toMatchObject([{ status: "sent", attempts: 1 }]);
  });
});
