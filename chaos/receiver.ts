import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { Webhook } from "standardwebhooks";
import { freePort } from "./port.ts";

/** One POST as it came in. */
export type Received = { endpoint: string; id: string; isValid: boolean; accepted: boolean; body: string };

/** `nth`: how often this event came; `order`: how many other events had come before it first did. */
type Visit = { nth: number; order: number; luck: number; response: ServerResponse };
/** Answers a visit. @returns whether it took the event. */
type Manner = (visit: Visit) => boolean | Promise<boolean>;

const say = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
  response.writeHead(status, headers).end();
  return status < 300;
};

const REWARDS = ["reward.pending", "reward.fulfilled"];
const DRY = ["coupons.low", "coupons.exhausted"];

const LARGE_BYTES = 100_000_000;
const slow = async (response: ServerResponse, ms: number) => {
  await setTimeout(ms);
  return say(response, 200);
};

/** What else goes wrong at endpoints. Whoever sends waits for 15 s, and a status that came counts, whatever comes of the body. */
const MISHAPS: Manner[] = [
  ({ response }) => say(response, 301, { Location: "/unlucky" }),
  ({ response }) => say(response, 400),
  ({ response }) => say(response, 401),
  ({ response }) => say(response, 404),
  ({ response }) => say(response, 429, { "Retry-After": "1" }),
  ({ response }) => say(response, 503, { "Retry-After": new Date(Date.now() + 8_000).toUTCString() }),
  ({ response }) => slow(response, 14_900),
  ({ response }) => slow(response, 15_100),
  async ({ response }) => {
    response.writeHead(200, { "Content-Length": "1000" }).write("half of an ans");
    await setTimeout(50);
    response.socket?.resetAndDestroy();
    return true;
  },
  ({ response }) => {
    const piece = Buffer.alloc(1_000_000, "x");
    const body = Readable.from(Array(LARGE_BYTES / piece.length).fill(piece));
    // The sender hangs up when it has read enough.
    pipeline(body, response.writeHead(200)).catch(() => {});
    return true;
  },
  ({ response }) => {
    response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(Buffer.alloc(LARGE_BYTES)));
    return true;
  },
];

/**
 * How endpoints behave, and which events they ask for (null: all). `arrives`: an event gets there sooner or later; `never`: it is
 * tried and refused; `gone`: the endpoint wants nothing any more; `nowhere`: nobody listens there.
 */
export const endpoints: Record<
  string,
  { events: string[] | null; isAccountWide: boolean; end: "arrives" | "never" | "gone" | "nowhere"; manner: Manner }
> = {
  steady: { events: null, isAccountWide: true, end: "arrives", manner: ({ response }) => say(response, 200) },
  rewards: { events: REWARDS, isAccountWide: false, end: "arrives", manner: ({ response }) => say(response, 204) },
  /** Refuses every event at first. */
  flaky: {
    events: ["reward.pending"],
    isAccountWide: false,
    end: "arrives",
    manner: ({ nth, response }) => say(response, nth === 1 ? 500 : 200),
  },
  /** Takes an event and says that it did not. */
  forgetful: {
    events: ["reward.pending"],
    isAccountWide: true,
    end: "arrives",
    manner: ({ nth, response }) => {
      say(response, nth === 1 ? 500 : 200);
      return true;
    },
  },
  /** Is slow, hangs up in the middle of its answer, or without one. */
  moody: {
    events: DRY,
    isAccountWide: false,
    end: "arrives",
    manner: async ({ nth, luck, response }) => {
      if (luck < 64) await setTimeout(1500);
      else if (luck < 128) {
        response.writeHead(200, { "Content-Length": "1000" }).write("half of an ans");
        await setTimeout(50);
        response.destroy();
        return true;
      } else if (luck < 160 && nth === 1) {
        response.destroy();
        return false;
      }
      return say(response, 200);
    },
  },
  /** Every mishap befalls one of the first events, and another of the next: no more, for two of them take a quarter of a minute. */
  unlucky: {
    events: DRY,
    isAccountWide: true,
    end: "arrives",
    manner: (visit) => {
      const mishap = visit.nth === 1 && visit.order < 2 * MISHAPS.length && MISHAPS[visit.order % MISHAPS.length];
      return mishap ? mishap(visit) : say(visit.response, 200);
    },
  },
  mover: {
    events: DRY,
    isAccountWide: true,
    end: "never",
    manner: ({ response }) => say(response, 307, { Location: "/canary" }),
  },
  refuser: {
    events: DRY,
    isAccountWide: false,
    end: "never",
    manner: ({ response }) => say(response, 503, { "Retry-After": "7" }),
  },
  gone: { events: REWARDS, isAccountWide: false, end: "gone", manner: ({ response }) => say(response, 410) },
  nobody: { events: DRY, isAccountWide: false, end: "nowhere", manner: ({ response }) => say(response, 500) },
};

/** The customers' side: every endpoint on one server, each under its name, and a canary that no redirect may lead to. */
export async function openReceiver() {
  const received: Received[] = [];
  const secrets = new Map<string, Webhook>();
  const visits = new Map<string, Map<string, number>>();
  let canary = 0;

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const endpoint = String(request.url).slice(1);
    const manner = endpoints[endpoint]?.manner;
    if (!manner) {
      canary++;
      return say(response, 200);
    }
    const id = String(request.headers["webhook-id"]);
    const own = visits.get(endpoint) ?? new Map<string, number>();
    const nth = (own.get(id) ?? 0) + 1;
    visits.set(endpoint, own.set(id, nth));
    const order = [...own.keys()].indexOf(id);
    const isValid = verifies(secrets.get(endpoint), body, request);
    const luck = createHash("sha256").update(id).digest()[0] ?? 0;
    const entry = { endpoint, id, isValid, accepted: false, body };
    received.push(entry);
    entry.accepted = await manner({ nth, order, luck, response });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const [here, nowhere] = [(server.address() as AddressInfo).port, await freePort()];
  return {
    linkOf: (endpoint: string) =>
      `http://127.0.0.1:${endpoints[endpoint]?.end === "nowhere" ? nowhere : here}/${endpoint}`,
    trust: (endpoint: string, secret: string) => secrets.set(endpoint, new Webhook(secret)),
    received,
    canary: () => canary,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
export type Receiver = Awaited<ReturnType<typeof openReceiver>>;

function verifies(webhook: Webhook | undefined, body: string, request: IncomingMessage) {
  try {
    webhook?.verify(body, request.headers as Record<string, string>);
    return webhook !== undefined;
  } catch {
    return false;
  }
}

async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return "";
  }
  return Buffer.concat(chunks).toString("utf8");
}
