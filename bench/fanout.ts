import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { newCampaign } from "./campaign.ts";
import type { Loader } from "./load.ts";
import type { Measured } from "./report.ts";
import type { Options } from "./rounds.ts";
import { startProduct } from "./targets.ts";

const SIGNUPS = 300;
const EVERY_MS = 20;
const WHAT = `webhook after its signup, ${1000 / EVERY_MS} signups a second`;
const PATIENCE_MS = 30_000;

/** How long after a signup was acknowledged its webhook is there, at a steady rate of signups. */
export async function benchFanout(_loader: Loader, { wants }: Options, report: (measured: Measured) => void) {
  if (!wants(WHAT)) return;
  const received = new Map<string, number>();
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.set(JSON.parse(body).data.email, performance.now());
    response.writeHead(204).end();
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  const product = await startProduct();
  const { id, api } = await newCampaign(product, "heard");
  const link = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await api.post("/webhooks", { link, events: ["participant.signup"] });

  const acknowledged = new Map<string, number>();
  const signUp = async (email: string) => {
    await api.post("/signups", { campaign_id: id, email, name: "Some Person" });
    acknowledged.set(email, performance.now());
  };
  const signups: Promise<void>[] = [];
  for (let n = 0; n < SIGNUPS; n++) {
    signups.push(signUp(`person-${n}@example.com`));
    await setTimeout(EVERY_MS);
  }
  await Promise.all(signups);
  const deadline = performance.now() + PATIENCE_MS;
  while (received.size < SIGNUPS && performance.now() < deadline) await setTimeout(50);
  if (received.size < SIGNUPS) throw new Error(`${received.size} of ${SIGNUPS} webhooks came.`);

  const waits = [...acknowledged].map(([email, at]) => (received.get(email) ?? Number.NaN) - at).sort((a, b) => a - b);
  const percentile = (share: number) => waits[Math.floor((waits.length - 1) * share)] ?? Number.NaN;
  const [p50, p95, worst] = [percentile(0.5), percentile(0.95), percentile(1)];
  report({
    what: WHAT,
    at_once: 1,
    figures: { "p50 ms": p50, "p95 ms": p95, "worst ms": worst },
    comparisons: [
      { figure: "p50 ms", ours: p50 },
      { figure: "p95 ms", ours: p95 },
    ],
  });
  receiver.close();
  receiver.closeAllConnections();
  await product.stop();
}
