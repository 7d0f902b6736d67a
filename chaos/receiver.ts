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
type Visit = { nth: number; order: number; mishaps: Mishaps; response: ServerResponse };
/** Answers a visit. @returns whether it took the event. */
type Manner = (visit: Visit) => boolean | Promise<boolean>;
/** The same of what goes wrong; null when whoever sent was killed before it could. */
type Mishap = (response: ServerResponse) => boolean | Promise<boolean | null>;

const say = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
  response.writeHead(status, headers).end();
  return status < 300;
};

const REWARDS = ["reward.pending", "reward.fulfilled"];
const DRY = ["coupons.low", "coupons.exhausted"];

const LARGE_BYTES = 100_000_000;
/** Longer than anybody lives between two kills, and well before the sender himself gives up. */
const PATIENCE_MS = 12_000;
const slow = async (response: ServerResponse, ms: number) => {
  const stays = Math.min(ms, PATIENCE_MS);
  await setTimeout(stays);
  if (response.destroyed) return null;
  await setTimeout(ms - stays);
  return say(response, 200);
};

/** What else goes wrong at endpoints. Whoever sends waits for 15 s, and a status that came counts, whatever comes of the body. */
const UNLUCKY: Record<string, Mishap> = {
  "moves for good": (response) => say(response, 301, { Location: "/unlucky" }),
  "refuses with 400": (response) => say(response, 400),
  "refuses with 401": (response) => say(response, 401),
  "refuses with 404": (response) => say(response, 404),
  "asks for a second": (response) => say(response, 429, { "Retry-After": "1" }),
  "asks for a date": (response) => say(response, 503, { "Retry-After": new Date(Date.now() + 8_000).toUTCString() }),
  "answers just in time": (response) => slow(response, 14_900),
  "answers just too late": (response) => slow(response, 15_100),
  "breaks off": async (response) => {
    response.writeHead(200, { "Content-Length": "1000" }).write("half of an ans");
    await setTimeout(50);
    response.socket?.resetAndDestroy();
    return true;
  },
  "never ends": (response) => {
    const piece = Buffer.alloc(1_000_000, "x");
    const body = Readable.from(Array(LARGE_BYTES / piece.length).fill(piece));
    // The sender hangs up when it has read enough.
    pipeline(body, response.writeHead(200)).catch(() => {});
    return true;
  },
  "unpacks to a lot": (response) => {
    response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(Buffer.alloc(LARGE_BYTES)));
    return true;
  },
};

const MOODY: Record<string, Mishap> = {
  "is slow": (response) => slow(response, 1_500),
  "hangs up in the middle of its answer": async (response) => {
    response.writeHead(200, { "Content-Length": "1000" }).write("half of an ans");
    await setTimeout(50);
    response.destroy();
    return true;
  },
  "hangs up without an answer": (response) => {
    response.destroy();
    return false;
  },
};

/** Of eight events that come to the moody one, in turn; null: nothing. */
const MOODS = [...Object.keys(MOODY), null, ...Object.keys(MOODY).slice(0, 2), null, null];

/** Two of the unlucky one's take a quarter of a minute: no more than so many of each. */
const TIMES = 2;

/** What goes wrong in a run. */
class Mishaps {
  readonly happened = new Map([...Object.keys(UNLUCKY), ...Object.keys(MOODY)].map((name) => [name, 0]));
  private begun = new Map<string, number>();

  /** The unlucky one's next, until all have happened often enough: what a kill cut short begins again. */
  next = () => Object.keys(UNLUCKY).find((name) => (this.begun.get(name) ?? 0) < TIMES);

  async befall(name: string, mishap: Mishap | undefined, response: ServerResponse): Promise<boolean> {
    const add = (counts: Map<string, number>, n: number) => counts.set(name, (counts.get(name) ?? 0) + n);
    add(this.begun, 1);
    const took = await mishap?.(response);
    if (took === null) add(this.begun, -1);
    else add(this.happened, 1);
    return took === true;
  }
}

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
    manner: ({ nth, order, mishaps, response }) => {
      const mood = MOODS[order % MOODS.length];
      const isOver = nth > 1 && mood === "hangs up without an answer";
      return mood && !isOver ? mishaps.befall(mood, MOODY[mood], response) : say(response, 200);
    },
  },
  /** Every mishap befalls some of the events, each when it first comes. */
  unlucky: {
    events: DRY,
    isAccountWide: true,
    end: "arrives",
    manner: ({ nth, mishaps, response }) => {
      const name = nth === 1 && mishaps.next();
      return name ? mishaps.befall(name, UNLUCKY[name], response) : say(response, 200);
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
  const mishaps = new Mishaps();
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
    const entry = { endpoint, id, isValid, accepted: false, body };
    received.push(entry);
    entry.accepted = await manner({ nth, order, mishaps, response });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const [here, nowhere] = [(server.address() as AddressInfo).port, await freePort()];
  return {
    linkOf: (endpoint: string) =>
      `http://127.0.0.1:${endpoints[endpoint]?.end === "nowhere" ? nowhere : here}/${endpoint}`,
    trust: (endpoint: string, secret: string) => secrets.set(endpoint, new Webhook(secret)),
    received,
    mishaps: mishaps.happened,
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
