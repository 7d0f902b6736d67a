import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { Webhook } from "standardwebhooks";

/** One POST as it came in. */
export type Received = { endpoint: string; id: string; isValid: boolean; accepted: boolean; body: string };

type Visit = { id: string; nth: number; luck: number; response: ServerResponse };
/** Answers a visit. @returns whether it took the event. */
type Manner = (visit: Visit) => boolean | Promise<boolean>;

const say = (response: ServerResponse, status: number, headers: Record<string, string> = {}) => {
  response.writeHead(status, headers).end();
  return status < 300;
};

const REWARDS = ["reward.pending", "reward.fulfilled"];
const DRY = ["coupons.low", "coupons.exhausted"];

/**
 * How endpoints behave, and which events they ask for (null: all). `arrives`: an event gets there sooner or later; `never`: it is
 * tried and refused; `gone`: the endpoint wants nothing any more.
 */
export const endpoints: Record<
  string,
  { events: string[] | null; isAccountWide: boolean; end: "arrives" | "never" | "gone"; manner: Manner }
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
};

/** The customers' side: every endpoint on one server, each under its name, and a canary that no redirect may lead to. */
export async function openReceiver() {
  const received: Received[] = [];
  const secrets = new Map<string, Webhook>();
  const visits = new Map<string, number>();
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
    const nth = (visits.get(`${endpoint} ${id}`) ?? 0) + 1;
    visits.set(`${endpoint} ${id}`, nth);
    const isValid = verifies(secrets.get(endpoint), body, request);
    const luck = createHash("sha256").update(id).digest()[0] ?? 0;
    const entry = { endpoint, id, isValid, accepted: false, body };
    received.push(entry);
    entry.accepted = await manner({ id, nth, luck, response });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
