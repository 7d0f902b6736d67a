import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runJobs } from "../../src/cron";
import { openDb } from "../../src/lib/db";
import { jobs, noteRun } from "../../src/upkeep/job";
import { call, newMember } from "../support/client";
import { browser } from "../support/session";

const [MINUTE, DAY] = [60_000, 86_400_000];

afterEach(() => vi.useRealTimers());

const rowsOf = async () =>
  (
    await env.DB.prepare("SELECT name, last_run_at, last_success_at FROM jobs").all<{
      name: string;
      last_run_at: number;
      last_success_at: number | null;
    }>()
  ).results;

/** The database without the table that one job needs. */
const without = async (table: string, act: () => Promise<unknown>) => {
  await env.DB.exec(`ALTER TABLE ${table} RENAME TO lost`);
  await act();
  await env.DB.exec(`ALTER TABLE lost RENAME TO ${table}`);
};

async function operator() {
  const opened = browser();
  await opened.submit("/operator/sign-in", { token: "test-operator-token" });
  return async () => (await opened.page("/operator")).text;
}
const isLate = (page: string, words: string) => new RegExp(`${words} <span class="badge bad">Late`).test(page);
const healthz = async () => (await call("GET", "/healthz")).data;

describe("the cron's jobs", () => {
  it("record their runs and successes separately", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2031, 0, 1) });
    await runJobs(env);
    const first = Date.now();
    expect((await rowsOf()).map(({ name }) => name).sort()).toEqual(Object.keys(jobs).sort());
    vi.setSystemTime(first + 10 * MINUTE);
    await without("audit_entries", () => runJobs(env));
    for (const { name, ...row } of await rowsOf())
      expect([name, row]).toEqual([
        name,
        { last_run_at: first + 10 * MINUTE, last_success_at: name === "dropOldEntries" ? first : first + 10 * MINUTE },
      ]);
    vi.setSystemTime(first + 11 * MINUTE);
    await runJobs(env);
    const recovered = (await rowsOf()).find(({ name }) => name === "dropOldEntries");
    expect(recovered?.last_success_at).toBe(first + 11 * MINUTE);
  });

  it("are recorded once in ten minutes, because rows are billed", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2031, 0, 2) });
    await runJobs(env);
    const noted = await rowsOf();
    vi.setSystemTime(Date.now() + 9 * MINUTE);
    await runJobs(env);
    await without("audit_entries", () => runJobs(env));
    expect(await rowsOf()).toEqual(noted);
  });

  it("record their duration, and the slowest of a week", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2031, 0, 3) });
    await env.DB.exec("DELETE FROM jobs");
    const run = (ms: number) => {
      const began = new Date();
      vi.setSystemTime(Date.now() + ms);
      return noteRun({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() }, "runPurges", began, true);
    };
    const took = async () =>
      (await env.DB.prepare("SELECT last_ms, slowest_ms FROM jobs WHERE name = 'runPurges'").all()).results;
    await run(300);
    await run(200);
    expect(await took(), "a run between notes counts only if it is slower").toEqual([
      { last_ms: 300, slowest_ms: 300 },
    ]);
    await run(900);
    expect(await took()).toEqual([{ last_ms: 900, slowest_ms: 900 }]);
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    await run(100);
    expect(await took()).toEqual([{ last_ms: 100, slowest_ms: 900 }]);
    vi.setSystemTime(Date.now() + 7 * DAY);
    await run(150);
    expect(await took()).toEqual([{ last_ms: 150, slowest_ms: 150 }]);
  });

  it("are late after fifteen minutes without success: by name for the operator, in one word publicly", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2031, 1, 1) });
    await env.DB.exec("DELETE FROM jobs");
    expect(await healthz()).toEqual({ status: "ok", jobs: "late" });
    await runJobs(env);
    const page = await operator();
    expect([isLate(await page(), jobs.dropOldEntries), await healthz()]).toEqual([
      false,
      { status: "ok", jobs: "on_time" },
    ]);
    for (let minute = 5; minute <= 20; minute += 5) {
      vi.setSystemTime(Date.now() + 5 * MINUTE);
      await without("audit_entries", () => runJobs(env));
      const text = await page();
      expect([minute, isLate(text, jobs.dropOldEntries)]).toEqual([minute, minute > 15]);
      expect(isLate(text, jobs.sweepMails)).toBe(false);
    }
    expect(await healthz()).toEqual({ status: "ok", jobs: "late" });
    await runJobs(env);
    expect(await healthz()).toEqual({ status: "ok", jobs: "on_time" });
  });

  it("delete expired sessions and idempotency keys, more than a round of them, and no others", async () => {
    const { id } = await newMember();
    const now = Date.now();
    const many = "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 2500)";
    const session = `INSERT INTO sessions (token_hash, person_id, account_id, date_signedin, last_seen_at, expires_at)`;
    const key = "INSERT INTO idempotency_keys (id, fingerprint, request_event, leased_until, expires_at)";
    await env.DB.batch([
      env.DB.prepare(`${many} ${session} SELECT 'over' || n, ?1, ?1, 1, 1, ?2 - n FROM i`).bind(id, now - DAY),
      env.DB.prepare(`${session} VALUES ('open', ?1, ?1, 1, 1, ?2)`).bind(id, now + DAY),
      env.DB.prepare(`${many} ${key} SELECT 'over' || n, 'f', 'e', 1, ?1 - n FROM i`).bind(now - DAY),
      env.DB.prepare(`${key} VALUES ('open', 'f', 'e', 1, ?1)`).bind(now + DAY),
    ]);
    await runJobs(env);
    const left = await env.DB.batch([
      env.DB.prepare("SELECT token_hash AS name FROM sessions WHERE person_id = ?").bind(id),
      env.DB.prepare("SELECT id AS name FROM idempotency_keys"),
    ]);
    expect(left.map(({ results }) => results)).toEqual([[{ name: "open" }], [{ name: "open" }]]);
  });
});
