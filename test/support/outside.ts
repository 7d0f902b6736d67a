import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { vi } from "vitest";
import { newEventId } from "../../src/lib/crypto";
import { openDb } from "../../src/lib/db";
import { eventStatements, type NewEvent } from "../../src/outbox/webhooks/event";
import worker from "../../src/worker";
import { newDomain, newMember, type TestMember } from "./client";

/** One POST received by an endpoint. */
type Received = { url: string; headers: Headers; body: string; id: string; timestamp: number; at: number };
type Reply = (received: Received, signal: AbortSignal) => Response | Promise<Response>;
type Sent = { body: unknown; dueAt: number };
export type Endpoint = {
  id: number;
  link: string;
  host: string;
  /** A delivery must verify with one of these. */
  secrets: string[];
  received: Received[];
  reply: Reply;
};

/** Never responds. */
export const hangs: Reply = (_, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

/**
 * Everything outside the Worker, with a clock that only the test moves: endpoints that verify each delivery with the official
 * library, and a queue whose messages the test delivers, even twice or never.
 */
export function outside(start = Date.UTC(2026, 10, 22, 12)) {
  vi.useFakeTimers({ toFake: ["Date"], now: start });
  const endpoints = new Map<string, Endpoint>();
  let messages: Sent[] = [];
  const queue = {
    send: async (body: unknown, options?: QueueSendOptions) => {
      messages.push({ body, dueAt: Date.now() + (options?.delaySeconds ?? 0) * 1000 });
    },
    sendBatch: async (batch: MessageSendRequest[]) => {
      for (const { body, delaySeconds } of batch)
        messages.push({ body, dueAt: Date.now() + (delaySeconds ?? 0) * 1000 });
    },
  };
  const unverified: Received[] = [];
  const settings = { ...env, DELIVERIES: queue as unknown as typeof env.DELIVERIES };

  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = String(input);
    const endpoint = endpoints.get(new URL(url).hostname);
    if (init?.redirect !== "manual") throw new Error("follows redirects");
    if (!endpoint) throw new TypeError("no such host");
    const headers = new Headers(init?.headers);
    const received: Received = {
      url,
      headers,
      body: String(init?.body),
      id: headers.get("webhook-id") ?? "",
      timestamp: Number(headers.get("webhook-timestamp")),
      at: Date.now(),
    };
    endpoint.received.push(received);
    if (!endpoint.secrets.some((secret) => verifies(secret, received))) unverified.push(received);
    return endpoint.reply(received, init?.signal ?? new AbortController().signal);
  });

  return {
    env: settings,
    fetched,
    /** Deliveries rejected by the official library. */
    unverified,
    /** Messages in the queue, due or not. */
    queued: () => messages,
    loseMessages: () => {
      messages = [];
    },
    later: (ms: number) => vi.setSystemTime(Date.now() + ms),

    /** An account without the low limit of webhooks. */
    verified: async () => {
      const member = await newMember();
      await env.DB.prepare("UPDATE members SET is_verified = 1 WHERE id = ?").bind(member.id).run();
      return member;
    },

    /** A webhook of the member's, and its endpoint. */
    async endpoint(member: TestMember, fields: Record<string, unknown> = {}, reply: Reply = () => new Response("ok")) {
      const host = newDomain();
      const link = `https://${host}/hooks`;
      const { data } = await member.post("/api/v1/webhooks", { link, ...fields }, { env: settings });
      const endpoint: Endpoint = { id: data.id, link, host, secrets: [data.secret], received: [], reply };
      endpoints.set(host, endpoint);
      return endpoint;
    },

    /** A campaign's veto, and its endpoint. */
    async veto(member: TestMember, campaignId: number, reply: Reply, fields: Record<string, unknown> = {}) {
      const host = newDomain();
      const link = `https://${host}/veto`;
      const path = `/api/v1/campaigns/${campaignId}/veto`;
      const { data } = await member.put(path, { link, ...fields }, { env: settings });
      const endpoint: Endpoint = { id: campaignId, link, host, secrets: [data.secret], received: [], reply };
      endpoints.set(host, endpoint);
      return endpoint;
    },

    /** Takes the due messages out of the queue. */
    take() {
      const due = messages.filter((m) => m.dueAt <= Date.now()).map((m) => m.body);
      messages = messages.filter((m) => m.dueAt > Date.now());
      return due;
    },

    /** Passes messages to the Worker, by default the due ones, and waits for all of its work. @returns the acknowledgments */
    async consume(batch?: unknown[], over: Partial<typeof env> = {}) {
      const { acknowledged, rest } = await this.hand(batch, over);
      await rest;
      return acknowledged;
    },

    /** The same, but `rest` is the work after the acknowledgment. */
    async hand(batch?: unknown[], over: Partial<typeof env> = {}, name = "referrals-deliveries") {
      const due = batch ?? this.take();
      const numbered = due.map((body, i) => ({ id: `m${i}`, timestamp: new Date(), attempts: 1, body }));
      const handed = createMessageBatch(name, numbered);
      const ctx = createExecutionContext();
      await worker.queue(handed as MessageBatch<never>, { ...settings, ...over }, ctx);
      const rest = waitOnExecutionContext(ctx);
      return { acknowledged: await getQueueResult(handed, createExecutionContext()), rest };
    },

    /** The minute jobs. */
    async cron(over: Partial<typeof env> = {}) {
      const ctx = createExecutionContext();
      await worker.scheduled(createScheduledController(), { ...settings, ...over });
      await waitOnExecutionContext(ctx);
    },

    /** Records an event in its own transaction. @returns its deliveries' ids; no message is sent for them */
    async happen(member: TestMember, event: Partial<NewEvent> = {}) {
      const now = new Date();
      const id = newEventId(now);
      const db = openDb(env.DB, "first-primary");
      const defaults = {
        campaign_id: 0,
        member_id: member.id,
        type: "participant.signup" as const,
        id,
        data: {},
        date: now,
      };
      const [, rows] = await db.batch(eventStatements(db, { ...defaults, ...event }));
      return {
        event_id: event.id ?? id,
        ids: rows.map((row) => row.id),
        hint: { v: 1, delivery_ids: rows.map((row) => row.id) },
      };
    },

    close() {
      vi.useRealTimers();
      vi.restoreAllMocks();
    },
  };
}
export type Outside = ReturnType<typeof outside>;

export function verifies(secret: string, { body, headers }: Received) {
  try {
    new Webhook(secret).verify(body, Object.fromEntries(headers));
    return true;
  } catch {
    return false;
  }
}

/** The database, with a test's hook around the calls of one consumer or cron (throwing before or after the effect), and an observer of its queries. */
export function faultyDb(
  around: (call: number, run: () => Promise<D1Result[]>) => Promise<D1Result[]>,
  show: (query: string) => void = () => {},
): D1Database {
  let calls = 0;
  const wrap = (session: D1DatabaseSession) => ({
    prepare: (query: string) => {
      show(query);
      return session.prepare(query);
    },
    batch: (statements: D1PreparedStatement[]) => around(++calls, () => session.batch(statements)),
    getBookmark: () => session.getBookmark(),
  });
  return { withSession: (constraint: string) => wrap(env.DB.withSession(constraint)) } as unknown as D1Database;
}

/** A brand with a campaign, by the API. */
export async function newCampaign(member: TestMember, fields: Record<string, unknown> = {}): Promise<number> {
  const brand = await member.post("/api/v1/brands", { url: newDomain() });
  const campaign = await member.post("/api/v1/campaigns", { name: "Spring", brand_id: brand.data.id, ...fields });
  return campaign.data.id;
}

/** A participant's row after a signup. */
export async function newParticipant(member: TestMember, campaignId: number, fields: Record<string, unknown> = {}) {
  const row: Record<string, unknown> = {
    member_id: member.id,
    campaign_id: campaignId,
    email: `person-${crypto.randomUUID()}@example.com`,
    name: "Grace Hopper",
    date_signedup: Date.now(),
    external_id: "crm-7",
    metadata: JSON.stringify({ plan: "pro" }),
    signup_event: "evt_x",
    ...fields,
  };
  const columns = Object.keys(row);
  const made = await env.DB.prepare(
    `INSERT INTO participants (${columns}) VALUES (${columns.map(() => "?")}) RETURNING id, email`,
  )
    .bind(...Object.values(row))
    .first<{ id: number; email: string }>();
  if (!made) throw new Error("no participant");
  return made;
}
