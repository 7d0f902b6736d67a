import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openDb } from "../../src/lib/db";
import { emailRecord } from "../../src/outbox/emails/email";
import { signatures } from "../../src/outbox/webhooks/signature";
import worker from "../../src/worker";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";
import { stopClock } from "../support/clock";
import { mailroom } from "../support/mailroom";
import { faultyDb } from "../support/outside";

const [MINUTE, DAY] = [60_000, 86_400_000];

beforeEach(() => stopClock());

/** A participant with a welcome email. */
async function welcomed(email = someone()) {
  const campaign = await newCampaign({ campaign_entry_subject: "Welcome" });
  await campaign.signUp(email);
  const room = mailroom(campaign.owner);
  let sent = 0;
  const provider = { send: async () => ({ messageId: `<${campaign.id}.${++sent}@mail.example>` }) };
  const EMAIL = provider as unknown as SendEmail;
  await room.deliver({ EMAIL });
  return { campaign, email, room, EMAIL, id: `${campaign.id}.1@mail.example`, sent: () => sent };
}

type Happened = "bounced" | "complained" | "rejected" | "failed" | "delivered" | "deferred";

/** An event as Cloudflare documents it. */
const event = (what: Happened, messageId: string, recipient: string, more: object = {}, at = Date.now()) => ({
  type: `cf.email.sending.message.${what}`,
  source: { type: "email.sending", zoneId: "023e105f4ecef8ad9ca31a8372d0c353", domain: "example.com" },
  payload: {
    eventId: "0190d0c4-7ea1-7af2-8b88-c1d2e3f4a5b6",
    messageId,
    sender: "mail@referrals.test",
    recipient,
    subject: "Welcome",
    terminal: true,
    delivery: { status: what },
    ...more,
  },
  metadata: {
    accountId: "f9f79265f388666de8122cfb508d7776",
    eventSubscriptionId: "1830c4bb612e43c3af7f4cada31fbf3f",
    eventSchemaVersion: 1,
    eventTimestamp: new Date(at).toISOString(),
  },
});
const HARD = { bounce: { type: "hard", classification: "permanent_failure", reason: "550 5.1.1 User unknown" } };
const SOFT = { bounce: { type: "soft", classification: "temporary_failure", reason: "452 4.2.2 Mailbox full" } };

async function hand(bodies: unknown[], over: Partial<typeof env> = {}, { queue = "any-name", attempts = 1 } = {}) {
  const messages = bodies.map((body, n) => ({ id: `m${n}`, timestamp: new Date(), attempts, body }));
  const batch = createMessageBatch(queue, messages);
  await worker.queue(batch as MessageBatch<never>, { ...env, ...over }, createExecutionContext());
  return getQueueResult(batch, createExecutionContext());
}

const record = async (memberId: number) => {
  const db = openDb(env.DB, "first-primary");
  return (await db.batch([emailRecord(db, memberId, new Date(Date.now() - 7 * DAY))]))[0][0];
};

/** Whether another member's campaign can write to this address now. */
async function isReached(email: string) {
  const { room } = await welcomed(email);
  const [row] = await room.rows();
  return row?.status === "sent" ? true : row?.error;
}
const later = (ms: number) => stopClock(Date.now() + ms);

describe("a hard bounce", () => {
  it("marks its email, counts for its member, and blocks the mailbox for a week for everyone", async () => {
    const { campaign, email, room, id } = await welcomed();
    expect(await hand([event("bounced", id, email, HARD)])).toMatchObject({ ackAll: true, retryMessages: [] });
    expect(await room.rows()).toMatchObject([{ status: "bounced", error: "hard_bounce" }]);
    expect(await record(campaign.owner.id)).toEqual({ mails: 1, bounces: 1, complaints: 0 });
    expect(await isReached(email)).toBe("hard_bounce");
    later(7 * DAY + 1);
    expect(await isReached(email)).toBe(true);
  });

  it("blocks the mailbox in all spellings, and no other mailbox", async () => {
    const name = `grace${crypto.randomUUID().slice(0, 8)}`;
    const { email, id } = await welcomed(`${name}@gmail.com`);
    await hand([event("bounced", id, email, HARD)]);
    expect(await isReached(`${name.slice(0, 3)}.${name.slice(3)}+spring@googlemail.com`)).toBe("hard_bounce");
    expect(await isReached(`x${name}@gmail.com`)).toBe(true);
  });

  it("blocks permanently if it repeats after the week", async () => {
    const { email, id } = await welcomed();
    await hand([event("bounced", id, email, HARD)]);
    later(8 * DAY);
    const again = await welcomed(email);
    await hand([event("bounced", again.id, email, HARD)]);
    later(300 * DAY);
    expect(await isReached(email)).toBe("hard_bounce");
  });

  it("counts once if the queue delivers it twice", async () => {
    const { campaign, email, id } = await welcomed();
    await hand([event("bounced", id, email, HARD), event("bounced", id, email, HARD)]);
    await hand([event("bounced", id, email, HARD)]);
    expect(await record(campaign.owner.id)).toMatchObject({ bounces: 1 });
    later(8 * DAY);
    expect(await isReached(email)).toBe(true);
  });
});

describe("a soft bounce", () => {
  it("blocks for a day, and for a week from the third on", async () => {
    const email = someone();
    for (const days of [1, 1, 7]) {
      const { room, id } = await welcomed(email);
      await hand([event("bounced", id, email, SOFT)]);
      expect(await room.rows()).toMatchObject([{ status: "bounced", error: "soft_bounce" }]);
      later(days * DAY - 1);
      expect(await isReached(email)).toBe("soft_bounce");
      later(1);
      if (days === 7) expect(await isReached(email)).toBe(true);
    }
  });
});

describe("a complaint", () => {
  it("blocks the mailbox permanently, and marks its email", async () => {
    const { campaign, email, room, id } = await welcomed();
    await hand([event("complained", id, email, { complaint: { type: "abuse" } })]);
    expect(await room.rows()).toMatchObject([{ status: "complained", error: "complaint" }]);
    expect(await record(campaign.owner.id)).toEqual({ mails: 1, bounces: 0, complaints: 1 });
    later(3000 * DAY);
    expect(await isReached(email)).toBe("complaint");
  });

  it("overrides an earlier bounce", async () => {
    const { email, id } = await welcomed();
    await hand([event("bounced", id, email, HARD)]);
    await hand([event("complained", id, email)]);
    later(30 * DAY);
    expect(await isReached(email)).toBe("complaint");
  });

  it("counts even if its email was deleted", async () => {
    const email = someone();
    await hand([event("complained", "long-gone", email, {}, Date.now() - DAY)]);
    expect(await isReached(email)).toBe("complaint");
  });

  it("does not affect emails about the recipient's own account", async () => {
    const { campaign } = await welcomed();
    const { owner } = campaign;
    await hand([event("complained", "x", owner.email, {}, Date.now() - DAY)]);
    await call("POST", "/api/v1/auth/password-reset", { email: owner.email });
    const room = mailroom(owner);
    await room.deliver();
    expect(room.taken.map(({ to }) => to)).toEqual([owner.email]);
  });
});

describe("a provider's event", () => {
  it("about a rejected or failed email marks the email and blocks nothing", async () => {
    for (const [what, error] of [
      ["rejected", "rejected"],
      ["failed", "delivery_failed"],
    ] as const) {
      const { email, room, id } = await welcomed();
      await hand([event(what, id, email)]);
      expect(await room.rows()).toMatchObject([{ status: "failed", error }]);
      expect(await isReached(email)).toBe(true);
    }
  });

  it("about a delivered or deferred email changes nothing", async () => {
    const { email, room, id } = await welcomed();
    const before = await room.rows();
    const what = [event("delivered", id, email), event("deferred", id, email, SOFT)];
    expect(await hand(what)).toMatchObject({ ackAll: true, retryMessages: [] });
    expect(await room.rows()).toEqual(before);
  });

  it("that arrives before the email is recorded is retried; one about an unknown email is not", async () => {
    const early = event("bounced", "not-yet", someone(), HARD);
    const old = event("bounced", "never", someone(), HARD, Date.now() - 11 * MINUTE);
    expect((await hand([early, old])).retryMessages).toMatchObject([{ msgId: "m0" }]);
  });

  it("waits in the queue while the database is down", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const DB = {
      withSession: () => ({
        prepare: (sql: string) => env.DB.prepare(sql),
        batch: () => Promise.reject(new Error("D1_ERROR: down")),
      }),
    };
    const result = await hand([event("bounced", "x", someone(), HARD)], { DB: DB as unknown as D1Database });
    expect(result.retryMessages).toMatchObject([{ msgId: "m0" }]);
  });

  it("leaves no address in the database", async () => {
    const name = `person${crypto.randomUUID().slice(0, 8)}`;
    await hand([event("complained", "x", `${name}@example.com`, {}, Date.now() - DAY)]);
    const { results } = await env.DB.prepare("SELECT * FROM blocked_mailboxes").all();
    expect(results.length).toBeGreaterThan(0);
    expect(JSON.stringify(results)).not.toContain(name);
  });
});

describe("Resend's events", () => {
  const secret = `whsec_${btoa("a secret of thirty-two characters")}`;
  const post = async (
    body: string,
    over: Record<string, string> = {},
    settings: Partial<typeof env> = { RESEND_WEBHOOK_SECRET: secret },
  ) => {
    const at = Math.floor(Date.now() / 1000);
    const headers = {
      "svix-id": "msg_1",
      "svix-timestamp": String(at),
      "svix-signature": await signatures([secret], "msg_1", at, body),
      ...over,
    };
    return call("POST", "/api/v1/email-events/resend", body, { headers, env: settings });
  };
  const news = (type: string, email_id: string, to: string, more: object = {}) =>
    JSON.stringify({ type, created_at: new Date().toISOString(), data: { email_id, to: [to], ...more } });

  it("work like Cloudflare's", async () => {
    const { email, room, id } = await welcomed();
    const body = news("email.bounced", id, email, { bounce: { type: "Permanent", subType: "General" } });
    expect(await post(body)).toMatchObject({ status: 200, data: { heard: true } });
    expect(await room.rows()).toMatchObject([{ status: "bounced", error: "hard_bounce" }]);
    expect(await isReached(email)).toBe("hard_bounce");
  });

  it("need Resend's recent signature of this body", async () => {
    const { email, room, id } = await welcomed();
    const body = news("email.complained", id, email);
    const at = Math.floor(Date.now() / 1000) - 600;
    const wrongs: Record<string, string>[] = [
      { "svix-signature": "v1,AAAA" },
      { "svix-signature": "" },
      { "svix-timestamp": String(at) },
      { "svix-timestamp": String(at), "svix-signature": await signatures([secret], "msg_1", at, body) },
      { "svix-timestamp": "NaN" },
      { "svix-id": "msg_2" },
    ];
    for (const wrong of wrongs) expect((await post(body, wrong)).status).toBe(401);
    expect((await post(body, {}, {})).status).toBe(404);
    expect(await room.rows()).toMatchObject([{ status: "sent" }]);
  });

  it("are requested again if the email is not recorded yet, and accepted if they are irrelevant", async () => {
    expect((await post(news("email.bounced", "not-yet", someone()))).status).toBe(409);
    for (const body of [news("email.opened", "x", someone()), "{}", "not JSON", "[]"])
      expect(await post(body)).toMatchObject({ status: 200, data: { heard: false } });
  });
});

describe("a bounce report that its queue gave up on", () => {
  const queue = "referrals-mail-events-dead";
  const letters = async () =>
    (await env.DB.prepare("SELECT outbox, ids FROM dead_letters ORDER BY id").all<{ outbox: string }>()).results;
  beforeEach(async () => void (await env.DB.exec("DELETE FROM dead_letters")));

  it("is still processed, and recorded for the operator without the address", async () => {
    const { email, room, id } = await welcomed();
    const result = await hand([event("bounced", id, email, HARD)], {}, { queue });
    expect(result).toMatchObject({ ackAll: true, retryMessages: [] });
    expect(await room.rows()).toMatchObject([{ status: "bounced", error: "hard_bounce" }]);
    expect(await letters()).toEqual([{ outbox: "mail news", ids: "[]" }]);
  });

  it("is retried while the database rejects it, and recorded once", async () => {
    const { email, room, id } = await welcomed();
    const news = [event("complained", id, email), event("complained", id, email)];
    const down = faultyDb(async () => {
      throw new Error("D1_ERROR: Exceeded maximum DB size");
    });
    const failed = await hand(news, { DB: down }, { queue });
    expect(failed).toMatchObject({ ackAll: false, retryBatch: { retry: true } });
    // The first call records the emails, the second processes the report.
    const deaf = faultyDb(async (call, run) => {
      if (call > 1) throw new Error("D1_ERROR: no such table");
      return run();
    });
    const unheard = await hand(news, { DB: deaf }, { queue });
    expect(unheard.retryMessages).toMatchObject([{ msgId: "m0" }, { msgId: "m1" }]);
    expect(await letters()).toHaveLength(2);
    expect(await hand(news, {}, { queue, attempts: 3 })).toMatchObject({ ackAll: true, retryMessages: [] });
    expect(await room.rows()).toMatchObject([{ status: "complained" }]);
    expect(await letters()).toHaveLength(2);
  });
});
