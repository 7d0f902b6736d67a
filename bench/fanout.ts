import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { newCampaign } from "./campaign.ts";
import type { Loader } from "./load.ts";
import { compared, type Measured, over } from "./report.ts";
import type { Options } from "./rounds.ts";
import { startFloor, startProduct } from "./targets.ts";

const PER_SECOND = 50;
const WHAT = `webhook after its signup, ${PER_SECOND} signups a second`;
const PATIENCE_MS = 30_000;

/** Where signups go, and their fields besides the person's. */
type Door = { url: string; headers: Record<string, string>; fields: Record<string, unknown> };
/** The time from a signup's response to its webhook, over a round. */
type Waits = { p50: number; p95: number; worst: number };

/**
 * Measures how long after a signup's response its webhook arrives, at a steady rate of signups. The floor is a bare
 * Worker that sends a queue message per signup, with the product's queue settings, to the same receiver.
 */
export async function benchFanout(
  _loader: Loader,
  { rounds, seconds, wants }: Options,
  report: (measured: Measured) => void,
) {
  if (!wants(WHAT)) return;
  const receiver = await startReceiver();
  const product = await startProduct();
  const floor = await startFloor({ receiver: receiver.url });
  const { id, api, headers } = await newCampaign(product, "heard");
  await api.post("/webhooks", { link: receiver.url, events: ["participant.signup"] });

  const ours: Door = { url: `${product.url}/api/v1/signups`, headers, fields: { campaign_id: id } };
  const bare: Door = { url: `${floor.url}/announced-signups`, headers: {}, fields: {} };
  const taken = { ours: [] as Waits[], bare: [] as Waits[] };
  for (let round = 0; round <= rounds; round++) {
    const waits = {
      bare: await receiver.hear(bare, seconds * PER_SECOND),
      ours: await receiver.hear(ours, seconds * PER_SECOND),
    };
    // The first round is a warm-up.
    if (round === 0) continue;
    taken.bare.push(waits.bare);
    taken.ours.push(waits.ours);
  }

  const figures = (waits: Waits[], of = "") => ({
    [`${of}p50 ms`]: over(waits, "p50"),
    [`${of}p95 ms`]: over(waits, "p95"),
    [`${of}worst ms`]: over(waits, "worst"),
  });
  report({
    what: WHAT,
    at_once: 1,
    figures: { ...figures(taken.ours), ...figures(taken.bare, "bare queue, ") },
    comparisons: [
      compared("p50", taken.ours, "bare queue", taken.bare),
      compared("p95", taken.ours, "bare queue", taken.bare),
    ],
  });
  receiver.stop();
  await product.stop();
  await floor.stop();
}

/** Receives webhooks, and records when each person's first one arrived. */
async function startReceiver() {
  const received = new Map<string, number>();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { email } = JSON.parse(body).data;
    if (!received.has(email)) received.set(email, performance.now());
    response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  let people = 0;

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** Sends `signups` at the steady rate, and measures their webhooks. */
    hear: async (door: Door, signups: number): Promise<Waits> => {
      const acknowledged = new Map<string, number>();
      const signUp = async (_: unknown, n: number) => {
        const email = `person-${++people}@example.com`;
        await setTimeout((n * 1000) / PER_SECOND);
        await post(door, { email, name: "Some Person" });
        acknowledged.set(email, performance.now());
      };
      await Promise.all(Array.from({ length: signups }, signUp));
      const missing = () => [...acknowledged.keys()].filter((email) => !received.has(email)).length;
      const deadline = performance.now() + PATIENCE_MS;
      while (missing() > 0 && performance.now() < deadline) await setTimeout(50);
      if (missing() > 0) throw new Error(`Of ${signups} signups at ${door.url}, ${missing()} sent no webhook.`);

      const waits = [...acknowledged].map(([email, at]) => (received.get(email) ?? Number.NaN) - at);
      waits.sort((a, b) => a - b);
      const percentile = (share: number) => waits[Math.floor((waits.length - 1) * share)] ?? Number.NaN;
      return { p50: percentile(0.5), p95: percentile(0.95), worst: percentile(1) };
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function post({ url, headers, fields }: Door, person: { email: string; name: string }) {
  const body = JSON.stringify({ ...fields, ...person });
  const response = await fetch(url, { method: "POST", headers, body });
  await response.arrayBuffer();
  if (response.status !== 201) throw new Error(`${url} replied with ${response.status}.`);
}
