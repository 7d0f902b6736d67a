import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { Webhook } from "standardwebhooks";
import { freePort } from "./port.ts";

export type Received = { endpoint: string; id: string; isValid: boolean; accepted: boolean; body: string };

/** `nth` counts the attempts of event `id`; `order` counts the other events that had arrived before its first one. */
type Visit = { id: string; nth: number; order: number; mishaps: Mishaps; response: ServerResponse };
/**
 * Responds to an attempt.
 * @returns whether the endpoint accepted the event
 */
type Manner = (visit: Visit) => boolean | Promise<boolean>;
/** The same for a mishap. Null if the sender was killed before it could happen. */
type Mishap = (response: ServerResponse) => boolean | Promise<boolean | null>;

const say = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
  response.writeHead(status, headers).end();
  return status < 300;
};

const REWARDS = ["reward.pending", "reward.fulfilled"];
const DRY = ["coupons.low", "coupons.exhausted"];

const LARGE_BYTES = 100_000_000;
/** Longer than the runtime lives between two kills, and well below the sender's timeout. */
const PATIENCE_MS = 12_000;
const slow = async (response: ServerResponse, ms: number) => {
  const stays = Math.min(ms, PATIENCE_MS);
  await setTimeout(stays);
  if (response.destroyed) return null;
  await setTimeout(ms - stays);
  return say(response, 200);
};

/**
 * Other mishaps of endpoints. The sender waits for 15 s. Once it has the status, that counts, whatever happens to the
 * body.
 */
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

/** The mishap of each of eight events at the moody endpoint, in turn. Null: none. */
const MOODS = [...Object.keys(MOODY), null, ...Object.keys(MOODY).slice(0, 2), null, null];

/** Each mishap happens at most this often, because two of them take 15 s. */
const TIMES = 2;

/** The number of events that the unlucky endpoint needs for each of its mishaps. */
export const EVENTS_FOR_ALL_MISHAPS = Object.keys(UNLUCKY).length;

class Mishaps {
  readonly happened = new Map([...Object.keys(UNLUCKY), ...Object.keys(MOODY)].map((name) => [name, 0]));
  private begun = new Map<string, number>();
  private struck = new Set<string>();

  /**
   * The unlucky endpoint's next mishap, the rarest so far, until all have happened often enough, each to another event.
   * A mishap interrupted by a kill starts again, if necessary with the same event.
   */
  async strike(id: string, response: ServerResponse): Promise<boolean> {
    const times = (name: string) => this.begun.get(name) ?? 0;
    const [name = ""] = Object.keys(UNLUCKY).sort((a, b) => times(a) - times(b));
    if (times(name) >= TIMES || this.struck.has(id)) return say(response, 200);
    this.struck.add(id);
    const took = await this.befall(name, UNLUCKY[name], response);
    if (took === null) this.struck.delete(id);
    return took === true;
  }

  /** @returns null if a kill interrupted it */
  async befall(name: string, mishap: Mishap | undefined, response: ServerResponse): Promise<boolean | null> {
    const add = (counts: Map<string, number>, n: number) => counts.set(name, (counts.get(name) ?? 0) + n);
    add(this.begun, 1);
    const took = await mishap?.(response);
    if (took === null) add(this.begun, -1);
    else add(this.happened, 1);
    return took ?? null;
  }
}

/**
 * How endpoints behave, and which events they subscribe to (null for all). `arrives`: an event is accepted sooner or
 * later; `never`: it is attempted and rejected; `gone`: the endpoint wants no more events; `nowhere`: nothing listens
 * there.
 */
export const endpoints: Record<
  string,
  { events: string[] | null; isAccountWide: boolean; end: "arrives" | "never" | "gone" | "nowhere"; manner: Manner }
> = {
  steady: { events: null, isAccountWide: true, end: "arrives", manner: ({ response }) => say(response, 200) },
  rewards: { events: REWARDS, isAccountWide: false, end: "arrives", manner: ({ response }) => say(response, 204) },
  /** Rejects each event's first attempt. */
  flaky: {
    events: ["reward.pending"],
    isAccountWide: false,
    end: "arrives",
    manner: ({ nth, response }) => say(response, nth === 1 ? 500 : 200),
  },
  /** Accepts an event but reports a failure. */
  forgetful: {
    events: ["reward.pending"],
    isAccountWide: true,
    end: "arrives",
    manner: ({ nth, response }) => {
      say(response, nth === 1 ? 500 : 200);
      return true;
    },
  },
  /** Responds slowly, or hangs up during or before its response. */
  moody: {
    events: DRY,
    isAccountWide: false,
    end: "arrives",
    manner: async ({ nth, order, mishaps, response }) => {
      const mood = MOODS[order % MOODS.length];
      const isOver = nth > 1 && mood === "hangs up without an answer";
      return mood && !isOver ? (await mishaps.befall(mood, MOODY[mood], response)) === true : say(response, 200);
    },
  },
  /** Each mishap happens to some events, once. */
  unlucky: {
    events: DRY,
    isAccountWide: true,
    end: "arrives",
    manner: ({ id, mishaps, response }) => mishaps.strike(id, response),
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

/** The veto endpoint of a campaign. */
export const VETO = "veto";
/** A veto question. `says`: the status of its answer; 0 if it hung up. `isSaid`: the answer was sent in full. */
export type Question = { reward: number; isValid: boolean; says: number; isSaid: boolean };

/** It gives each reward the same answer, but not always immediately: it refuses one reward in eight, and never answers for another one in eight. */
export function vetoOn(reward: number, nth: number): number {
  const kind = (Math.floor(reward / 64) + (reward % 64)) % 8;
  if (kind === 0) return 403;
  if (kind === 1) return nth % 2 === 1 ? 0 : 500;
  if (kind === 2 && nth === 1) return 500;
  if (kind === 3) return nth === 1 ? 429 : 404;
  return 200;
}

/** The customers' server, with every endpoint under its name, and a canary that no redirect may reach. */
export async function openReceiver() {
  const questions: Question[] = [];
  const asked = new Map<number, number>();
  const answerQuestion = (request: IncomingMessage, response: ServerResponse, body: string) => {
    const reward = Number(String(request.headers["webhook-id"]).replace("veto_", ""));
    const nth = (asked.get(reward) ?? 0) + 1;
    asked.set(reward, nth);
    const says = vetoOn(reward, nth);
    const question = { reward, isValid: verifies(secrets.get(VETO), body, request), says, isSaid: false };
    questions.push(question);
    response.on("finish", () => {
      question.isSaid = true;
    });
    if (says === 0) return response.destroy();
    return say(response, says);
  };
  const received: Received[] = [];
  const secrets = new Map<string, Webhook>();
  const visits = new Map<string, Map<string, number>>();
  const mishaps = new Mishaps();
  let canary = 0;

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const endpoint = String(request.url).slice(1);
    if (endpoint === VETO) return answerQuestion(request, response, body);
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
    entry.accepted = await manner({ id, nth, order, mishaps, response });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const [here, nowhere] = [(server.address() as AddressInfo).port, await freePort()];
  return {
    linkOf: (endpoint: string) =>
      `http://127.0.0.1:${endpoints[endpoint]?.end === "nowhere" ? nowhere : here}/${endpoint}`,
    trust: (endpoint: string, secret: string) => secrets.set(endpoint, new Webhook(secret)),
    received,
    questions,
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
