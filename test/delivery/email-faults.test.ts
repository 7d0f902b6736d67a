import { createExecutionContext, createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { emailUse } from "../../src/delivery/email/email-use";
import { codes, kindOf } from "../../src/delivery/mailer/codes";
import { openDb } from "../../src/lib/db";
import { sweep } from "../../src/outbox/sweep";
import worker from "../../src/worker";
import { newCampaign, someone } from "../support/campaign";
import { stopClock } from "../support/clock";
import { mailroom } from "../support/mailroom";
import { faultyDb } from "../support/outside";
import { seed } from "../support/seed";

const HOUR = 3_600_000;
const CODES = Object.keys(codes).filter((code) => code.startsWith("E_"));
const NEWS = ["bounced", "complained", "rejected", "failed", "delivered"];

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, oneOf: <T>(all: readonly T[]) => all[Math.floor(next() * all.length)] as T };
}

it("with a moody provider, a dying database, and reports in any order, no email is sent twice, lost, or wrongly `sent`", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const random = randomOf(seed);
  let now = Date.UTC(2026, 10, 28, 6);
  stopClock(now);
  const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
  const room = mailroom(campaign.owner);
  const accepted = new Map<string, string[]>();
  const told = new Map<string, string>();
  let mood = "takes";

  const EMAIL = {
    send: async ({ to }: { to: string }) => {
      if (mood !== "takes" && mood !== "loses") throw Object.assign(new Error("no"), { code: mood });
      const id = `m${accepted.size}-${crypto.randomUUID()}`;
      accepted.set(to, [...(accepted.get(to) ?? []), id]);
      if (mood === "loses") throw new Error("Network connection lost.");
      return { messageId: `<${id}>` };
    },
  } as unknown as SendEmail;
  /** A database whose n-th call fails before or after it took effect: only that call, or by killing the Worker. */
  const dying = () => {
    const at = Math.ceil(random.next() * 6);
    const [isAfter, isEnd] = [random.next() < 0.5, random.next() < 0.5];
    return faultyDb(async (call, run) => {
      if (call < at || (call > at && !isEnd)) return run();
      if (isAfter && call === at) await run();
      throw new Error(isEnd ? "killed" : "D1_ERROR: Network connection lost.");
    });
  };
  const work = async (over: Partial<typeof env> = {}) => {
    await room.hand(
      (await room.rows()).map(({ id }) => id),
      { EMAIL, ...over },
    );
  };
  const hear = async (what: string, to: string, id: string) => {
    told.set(to, what);
    const body = {
      type: `cf.email.sending.message.${what}`,
      payload: { messageId: id, recipient: to, bounce: { type: random.oneOf(["hard", "soft"]) } },
      metadata: { eventTimestamp: new Date().toISOString() },
    };
    const messages = [1, 2].map((n) => ({ id: `m${n}`, timestamp: new Date(), attempts: 1, body }));
    await worker.queue(createMessageBatch("events", messages) as MessageBatch<never>, env, createExecutionContext());
  };
  const sweepNow = () => sweep({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() }, emailUse);
  const later = (ms: number) => {
    now += ms;
    stopClock(now);
  };

  for (let step = 0; step < 300; step++) {
    const die = random.next();
    if (die < 0.35) await campaign.signUp(someone());
    else if (die < 0.5) mood = random.next() < 0.6 ? "takes" : random.oneOf(["loses", ...CODES]);
    else if (die < 0.7) await work();
    else if (die < 0.8) await work({ DB: dying() });
    else if (die < 0.9 && accepted.size > 0) {
      const [to, ids] = random.oneOf([...accepted]);
      await hear(random.oneOf(NEWS), to, ids[0] ?? "");
    } else later(random.next() * HOUR);
  }

  mood = "takes";
  for (let n = 0; n < 12; n++) {
    later(5 * HOUR);
    await sweepNow();
    await work();
  }
  const rows = await room.rows();
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ status }) => ["pending", "sending"].includes(status))).toEqual([]);
  expect([...accepted.values()].filter((ids) => ids.length > 1)).toEqual([]);
  const sent = rows.filter(({ status }) => ["sent", "bounced", "complained"].includes(status)).length;
  const unsure = rows.filter(({ status, error }) => status === "failed" && kindOf(error ?? "") === "unknown").length;
  expect(sent).toBeLessThanOrEqual(accepted.size);
  expect(accepted.size).toBeLessThanOrEqual(sent + unsure + told.size);
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  expect(count("bounced") + count("complained")).toBeGreaterThan(0);
  for (const row of rows.filter(({ status }) => status === "failed")) expect(row.error, row.cause).toBeTruthy();
});
