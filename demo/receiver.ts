import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

type Seen = { type: string; refused: number; accepted: number };

/**
 * A customer's endpoint on a bad day: it verifies each signature with the official library, and rejects the first
 * attempt of one event in eight. `forgets` loses an event on purpose, to prove that the final count notices.
 */
export async function openReceiver({ forgets = false } = {}) {
  const seen = new Map<string, Seen>();
  let verifier: Webhook | undefined;
  let forged = 0;
  let forgotten = "";

  const server = createServer(async (request, response) => {
    const id = String(request.headers["webhook-id"]);
    const body = await bodyOf(request);
    try {
      if (!verifier) throw new Error("no secret yet");
      verifier.verify(body, request.headers as Record<string, string>);
    } catch {
      forged++;
      return response.writeHead(401).end();
    }
    const event = seen.get(id) ?? { type: JSON.parse(body).type, refused: 0, accepted: 0 };
    if (forgets && forgotten === "" && seen.size === 7) forgotten = id;
    if (id !== forgotten) seen.set(id, event);
    if (isUnlucky(id) && event.refused === 0 && event.accepted === 0) {
      event.refused++;
      return response.writeHead(503).end();
    }
    event.accepted++;
    response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  const count = (which: (event: Seen) => boolean) => [...seen.values()].filter(which).length;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    trust: (secret: string) => {
      verifier = new Webhook(secret);
    },
    accepted: (type?: string) => count((e) => e.accepted > 0 && (type === undefined || e.type === type)),
    refused: () => count((e) => e.refused > 0),
    refusedAndCame: () => count((e) => e.refused > 0 && e.accepted > 0),
    duplicates: () => [...seen.values()].reduce((sum, e) => sum + Math.max(0, e.accepted - 1), 0),
    forged: () => forged,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const isUnlucky = (id: string) => (createHash("sha256").update(id).digest()[0] ?? 0) % 8 === 0;

async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
