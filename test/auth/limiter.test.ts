import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Limiter } from "../../src/auth/limiter";

const newLimiter = () => env.LIMITER.getByName(crypto.randomUUID());
const window = { quota: 3, windowSeconds: 60 };
const MINUTE = 60_000;

describe("an exact limit", () => {
  it("allows exactly its quota, however many requests are concurrent", async () => {
    const limiter = newLimiter();
    const now = Date.now();
    const waits = await Promise.all(Array.from({ length: 40 }, (_, i) => limiter.take(now + i, window)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
  });

  it("slides: each attempt counts for the window, and the response has the next possible time", async () => {
    const limiter = newLimiter();
    const start = Date.now();
    for (const at of [0, 10_000, 20_000]) expect(await limiter.take(start + at, window)).toBe(0);
    expect(await limiter.take(start + 30_000, window)).toBe(30_000);
    expect(await limiter.take(start + MINUTE, window)).toBe(0);
    expect(await limiter.take(start + MINUTE, window)).toBe(10_000);
  });

  it("is not extended by refused attempts", async () => {
    const limiter = newLimiter();
    const start = Date.now();
    for (let i = 0; i < 3; i++) await limiter.take(start, window);
    for (let i = 0; i < 20; i++) await limiter.take(start + 30_000, window);
    expect(await limiter.take(start + MINUTE, window)).toBe(0);
  });

  it("forgets only returned attempts", async () => {
    const limiter = newLimiter();
    const start = Date.now();
    for (const at of [0, 1, 2]) await limiter.take(start + at, window);
    await limiter.giveBack(start + 1);
    await limiter.giveBack(start + 1);
    await limiter.giveBack(start + 99);
    expect(await limiter.take(start + 3, window)).toBe(0);
    expect(await limiter.take(start + 4, window)).toBeGreaterThan(0);
  });

  it("survives an eviction of its object", async () => {
    const limiter = newLimiter();
    const start = Date.now();
    for (let i = 0; i < 3; i++) await limiter.take(start, window);
    await evictDurableObject(limiter);
    expect(await limiter.take(start + 1, window)).toBeGreaterThan(0);
  });

  it("keeps its record while attempts count, and deletes it afterward", async () => {
    const limiter = newLimiter();
    const stored = () =>
      runInDurableObject(limiter, (_: Limiter, { storage }) => storage.kv.get("record") !== undefined);
    await limiter.take(Date.now(), window);
    expect(await runDurableObjectAlarm(limiter)).toBe(true);
    expect(await stored()).toBe(true);
    const past = newLimiter();
    await past.take(Date.now() - 2 * MINUTE, window);
    await runDurableObjectAlarm(past);
    expect(await runInDurableObject(past, async (_: Limiter, { storage }) => (await storage.list()).size)).toBe(0);
  });
});
