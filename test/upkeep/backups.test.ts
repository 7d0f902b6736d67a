import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openDb } from "../../src/lib/db";
import { backUp, backupDays, lastBackup } from "../../src/upkeep/backup/backup";
import type { Manifest } from "../../src/upkeep/backup/backup-manifest";
import { sources } from "../../src/upkeep/backup/backup-store";
import { newCampaign, someCodes, someone } from "../support/campaign";
import { faultyDb } from "../support/outside";
import { populate } from "../support/population";

const DAY = 86_400_000;
const NIGHT = Date.UTC(2032, 0, 10, 2, 30);

const run = (over: Partial<typeof env> = {}) => {
  const settings = { ...env, BACKUP_DAYS: "14", ...over };
  return backUp({ db: openDb(settings.DB, "first-primary"), env: settings, now: () => new Date() });
};
const keys = async (prefix = "") => (await env.BACKUPS.list({ prefix })).objects.map(({ key }) => key).sort();
const manifest = async (date: string) =>
  (await env.BACKUPS.get(`${date}/manifest.json`))?.json<Manifest>() ?? Promise.reject(new Error("no manifest"));

/** Every row that a backup holds, by table, as JSON. */
async function rowsIn(date: string) {
  const { parts } = await manifest(date);
  const rows: Record<string, string[]> = {};
  for (const { table, key } of parts) {
    const found = await env.BACKUPS.get(key);
    const text = await new Response(found?.body.pipeThrough(new DecompressionStream("gzip"))).text();
    rows[table] = [...(rows[table] ?? []), ...text.trimEnd().split("\n")];
  }
  return rows;
}

async function rowsOfDatabase() {
  const all = await env.DB.batch(sources.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name}`)));
  const rows = sources.map(({ name }, i) => [name, (all[i]?.results ?? []).map((row) => JSON.stringify(row))] as const);
  return Object.fromEntries(rows.filter(([, some]) => some.length > 0));
}
const sorted = (rows: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(rows).map(([table, some]) => [table, some.toSorted()]));

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NIGHT });
  const old = await keys();
  if (old.length > 0) await env.BACKUPS.delete(old);
});
afterEach(() => vi.useRealTimers());

describe("a backup", () => {
  it("has every row of every table, read in one moment if all tables are small", async () => {
    const campaign = await newCampaign();
    await campaign.upload(someCodes(3));
    const ada = (await campaign.signUp(someone())).data;
    await campaign.refer(ada.referral_code, someone());
    await run();
    expect(sorted(await rowsIn("2032-01-10"))).toEqual(sorted(await rowsOfDatabase()));
    const { tables } = await env.DB.prepare(
      "SELECT json_group_array(name) AS tables FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*' AND name <> 'd1_migrations'",
    )
      .first<{ tables: string }>()
      .then((row) => row ?? { tables: "[]" });
    const told = await manifest("2032-01-10");
    expect(Object.keys(told.tables).sort(), "no table is forgotten").toEqual(JSON.parse(tables).sort());
    expect(told).toMatchObject({ version: 1, rounds: 1 });
    expect(told.migrations[0]).toMatch(/^0000_/);
    expect(told.sequences.campaigns).toBeGreaterThanOrEqual(campaign.id);
    expect(await lastBackup(env)).toMatchObject({ date: "2032-01-10", rows: told.rows });
  });

  it("resumes after an interruption, and reads large tables in parts", async () => {
    const campaign = await newCampaign();
    await populate(campaign, 4500);
    const batches: number[] = [];
    const dies = faultyDb(async (call, work) => {
      if (call > 3) throw new Error("the Worker died");
      const results = await work();
      batches.push(Math.max(...results.map(({ results: rows }) => rows.length)));
      return results;
    });
    await expect(run({ DB: dies })).rejects.toThrow("the Worker died");
    expect(await keys("2032-01-10/manifest"), "not complete yet").toEqual([]);
    const before = await keys("2032-01-10/");
    expect(before.length).toBeGreaterThan(0);
    await run();
    expect(sorted(await rowsIn("2032-01-10"))).toEqual(sorted(await rowsOfDatabase()));
    expect(await keys(before[0]), "what was stored is kept").toEqual([before[0]]);
    expect(Math.max(...batches), "no read takes more than this").toBeLessThanOrEqual(2000);
    expect((await manifest("2032-01-10")).rounds).toBeGreaterThan(2);
  });

  it("contains each row once when two runs overlap", async () => {
    const campaign = await newCampaign();
    await populate(campaign, 4500);
    await Promise.all([run(), run()]);
    await run();
    const { parts } = await manifest("2032-01-10");
    expect(await keys("2032-01-10/"), "one of them stood back").toHaveLength(parts.length + 1);
    expect(sorted(await rowsIn("2032-01-10"))).toEqual(sorted(await rowsOfDatabase()));
  });

  it("is made once a night from two o'clock, and the first one at once", async () => {
    await run();
    const first = await keys();
    vi.setSystemTime(NIGHT + 3600_000);
    await run();
    expect(await keys()).toEqual(first);
    vi.setSystemTime(Date.UTC(2032, 0, 11, 1, 59));
    await run();
    expect(await keys("2032-01-11")).toEqual([]);
    vi.setSystemTime(Date.UTC(2032, 0, 11, 2));
    await run();
    expect(await keys("2032-01-11/manifest")).toHaveLength(1);
  });

  it("is deleted after BACKUP_DAYS, so erased participants are gone from it, too", async () => {
    await run({ BACKUP_DAYS: "3" });
    for (let day = 1; day <= 4; day++) {
      vi.setSystemTime(NIGHT + day * DAY);
      await run({ BACKUP_DAYS: "3" });
    }
    const dates = new Set((await keys()).map((key) => key.split("/")[0]));
    expect([...dates]).toEqual(["2032-01-11", "2032-01-12", "2032-01-13", "2032-01-14", "state.json"]);
  });

  it("is not made without the setting or the bucket", async () => {
    for (const off of [{ BACKUP_DAYS: "" }, { BACKUP_DAYS: "0" }, { BACKUP_DAYS: "x" }]) {
      await run(off);
      expect(backupDays({ ...env, ...off })).toBe(0);
    }
    const { BACKUPS: _, ...without } = env;
    await backUp({
      db: openDb(env.DB, "first-primary"),
      env: { ...without, BACKUP_DAYS: "14" },
      now: () => new Date(),
    });
    expect(await keys()).toEqual([]);
  });
});
