import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CampaignLedger } from "../../src/ledger/ledger";
import { newCampaign, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { stopClock } from "../support/clock";
import { d1Error, FULL } from "../support/d1-errors";
import { ledgersWith, withBindings } from "../support/ledger";
import { faultyDb } from "../support/outside";

const SECOND = 1_000;
const WATCH_MS = 8 * SECOND;

const lost = () => d1Error("Network connection lost.");
const ledgerOf = (campaign: TestCampaign) =>
  env.LEDGER.getByName(String(campaign.id)) as DurableObjectStub<CampaignLedger>;
const ring = (campaign: TestCampaign) => runDurableObjectAlarm(ledgerOf(campaign));
const total = async (campaign: TestCampaign) => (await campaign.stats()).total_impressions;
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** A widget view, reported by the Worker to the ledger. */
const see = (campaign: TestCampaign) => ledgerOf(campaign).impression(Date.now());
const told = (answer: Awaited<ReturnType<typeof see>>) => (answer.ok ? answer.value : answer.code);

/** Calls the ledger again like a Worker, until the ledger no longer needs it. @returns how often */
async function watched(campaign: TestCampaign, watch: { id: string } | null) {
  let times = 0;
  for (let next = watch; next; times++) {
    pass(WATCH_MS);
    const answer = await ledgerOf(campaign).watchImpressions(next.id);
    next = answer.ok ? answer.value : null;
  }
  return times;
}

/** The database of a campaign's ledger, with the rows that it wrote. */
async function metered(campaign: TestCampaign) {
  const seen = { rows: 0 };
  const DB = faultyDb(async (_, run) => {
    const results = await run();
    for (const { meta } of results) seen.rows += meta.rows_written;
    return results;
  });
  await withBindings(campaign.id, { DB });
  return seen;
}
const stored = (campaign: TestCampaign) =>
  runInDurableObject(ledgerOf(campaign), async (_, { storage }) => ({
    keys: [...storage.kv.list()].map(([key]) => key),
    alarm: await storage.getAlarm(),
  }));

// An hour ahead of the runtime's clock, so no alarm fires.
beforeEach(() => stopClock(Date.now() + 3_600_000));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("an impression", () => {
  it("alone is counted at once, for two rows and nothing in the ledger's storage", async () => {
    const campaign = await newCampaign();
    const work = await metered(campaign);
    expect(told(await see(campaign))).toBeNull();
    expect(await total(campaign)).toBe(1);
    expect(work.rows).toBe(2);
    expect(await stored(campaign)).toEqual({ keys: [], alarm: null });
  });

  it("at fifty a minute costs less than a tenth of a row, the ledger's own included", async () => {
    const campaign = await newCampaign();
    const work = await metered(campaign);
    const minutes = 5;
    const watches: { id: string; at: number }[] = [];
    for (let view = 0; view < 50 * minutes; view++) {
      const answer = await see(campaign);
      if (answer.ok && answer.value) watches.push({ id: answer.value.id, at: Date.now() + answer.value.in_ms });
      pass((60 * SECOND) / 50);
      for (const watch of watches.filter(({ at }) => at <= Date.now())) {
        const back = await ledgerOf(campaign).watchImpressions(watch.id);
        watches.splice(watches.indexOf(watch), 1);
        if (back.ok && back.value) watches.push({ id: back.value.id, at: Date.now() + back.value.in_ms });
      }
    }
    await watched(campaign, watches.at(-1) ?? null);
    expect(await total(campaign)).toBe(50 * minutes);
    expect(work.rows / (50 * minutes)).toBeLessThanOrEqual(0.1);
    expect(await stored(campaign)).toEqual({ keys: [], alarm: null });
  });

  it("that is the last one is written before the ledger is evicted", async () => {
    const campaign = await newCampaign();
    await see(campaign);
    pass(SECOND);
    const answer = await see(campaign);
    expect(told(answer)).toMatchObject({ in_ms: WATCH_MS });
    expect(await total(campaign)).toBe(1);
    expect(await watched(campaign, answer.ok ? answer.value : null)).toBe(3);
    expect(await total(campaign)).toBe(2);
  });

  it("has one watch at a time, and the next begins before the last ends", async () => {
    const campaign = await newCampaign();
    await see(campaign);
    pass(SECOND);
    const first = await see(campaign);
    expect(told(await see(campaign))).toBeNull();
    pass(13 * SECOND);
    const second = await see(campaign);
    expect(told(second)).not.toBeNull();
    expect(await watched(campaign, first.ok ? first.value : null)).toBe(1);
    expect(await total(campaign)).toBe(1);
    await watched(campaign, second.ok ? second.value : null);
    expect(await total(campaign)).toBe(4);
  });

  it("is lost in a crash only if it is from the last minute", async () => {
    const campaign = await newCampaign();
    for (let view = 0; view < 100; view++) {
      await see(campaign);
      pass(SECOND);
    }
    await evictDurableObject(ledgerOf(campaign));
    expect(await total(campaign)).toBeGreaterThanOrEqual(100 - 60);
    await see(campaign);
    const before = await total(campaign);
    pass(60 * SECOND);
    await see(campaign);
    expect(await total(campaign)).toBe(before + 1);
  });

  it("whose flush failed is kept and counted by the alarm, even without another visitor", async () => {
    for (const text of ["Network connection lost.", FULL]) {
      const campaign = await newCampaign();
      const heal = await withBindings(campaign.id, { DB: faultyDb(() => Promise.reject(d1Error(text))) });
      const code = text === FULL ? "database_full" : "overloaded";
      expect(told(await see(campaign))).toBe(code);
      await heal();
      await evictDurableObject(ledgerOf(campaign));
      expect(await ring(campaign)).toBe(true);
      expect(await total(campaign)).toBe(1);
      expect((await stored(campaign)).keys).toEqual([]);
    }
  });

  it("whose flush took effect but lost its response is counted once, and so is the next one", async () => {
    const campaign = await newCampaign();
    const DB = faultyDb(async (_, run) => {
      await run();
      throw lost();
    });
    const heal = await withBindings(campaign.id, { DB });
    expect(told(await see(campaign))).toBe("overloaded");
    pass(SECOND);
    const second = await see(campaign);
    await watched(campaign, second.ok && typeof second.value === "object" ? second.value : null);
    await heal();
    await evictDurableObject(ledgerOf(campaign));
    for (let i = 0; i < 3; i++) await ring(campaign);
    expect(await total(campaign)).toBe(2);
  });

  it("from version 0.1 in the ledger's storage is counted once, and a rollback keeps counting", async () => {
    const campaign = await newCampaign();
    const today = new Date().toISOString().slice(0, 10);
    const leave = (flush: number, days: number) =>
      runInDurableObject(ledgerOf(campaign), async (_, { storage }) => {
        storage.kv.put("flush", { number: flush, days: { [today]: days } });
        storage.kv.put("pending", { [today]: 20 });
        await storage.setAlarm(Date.now() + SECOND);
      });
    await leave(1, 3);
    expect(await ring(campaign)).toBe(true);
    expect(await total(campaign)).toBe(23);
    // The same flush again, as after a lost response, and then the one that the old release would write next.
    const commit = (number: number) =>
      runInDurableObject(ledgerOf(campaign), (_, { storage }) => {
        storage.kv.put("flush", { number, days: { [today]: 3 } });
        return storage.setAlarm(Date.now() + SECOND);
      });
    await commit(1);
    await ring(campaign);
    expect(await total(campaign)).toBe(23);
    await see(campaign);
    await commit(2);
    await ring(campaign);
    expect(await total(campaign)).toBe(27);
  });

  it("of a missing campaign is refused each time, and leaves nothing", async () => {
    const ledger = env.LEDGER.getByName("999999") as DurableObjectStub<CampaignLedger>;
    for (let i = 0; i < 2; i++) expect(told(await ledger.impression(Date.now()))).toBe("not_found");
  });
});

describe("the Worker", () => {
  it("calls the ledger again after its response, until the count is written", async () => {
    const campaign = await newCampaign();
    const view = (over: Partial<typeof env> = {}) =>
      call("POST", "/api/widget/impression", { campaign_id: campaign.id }, { env: over });
    await view();
    expect(await total(campaign)).toBe(1);
    let calls = 0;
    const LEDGER = ledgersWith((ask) => {
      calls++;
      return ask();
    });
    vi.spyOn(scheduler, "wait").mockImplementation(async (ms) => void pass(ms));
    expect((await view({ LEDGER })).status).toBe(200);
    expect(calls).toBe(4);
    expect(await total(campaign)).toBe(2);
  });
});
