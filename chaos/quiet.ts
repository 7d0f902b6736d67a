import { setTimeout } from "node:timers/promises";
import type { startLocal } from "../scripts/local.ts";
import type { Campaign } from "./campaign.ts";
import { uploadOnce } from "./clients.ts";
import type { History } from "./history.ts";
import type { Provider } from "./provider.ts";
import { endpoints, type Receiver } from "./receiver.ts";
import { emailsWaiting, passTime } from "./tables.ts";

export type Product = Awaited<ReturnType<typeof startLocal>>;
export type Scene = {
  restart: () => Promise<Product>;
  campaign: Campaign;
  history: History;
  receiver: Receiver;
  provider: Provider;
  stateDir: string;
  say: (text: string) => void;
};

/** Longer than any lease, any hint, the second retry's delay, and the pause after a used-up quota. */
const A_WHILE_MS = 70 * 60_000;
const WHILES_MAX = 6;
/**
 * At first only what the kills lost is waiting. Later, on a slow machine, something may have been put back for ten
 * seconds.
 */
const [STALLS_AT_FIRST_MS, STALLS_LATER_MS] = [4_000, 30_000];
/** Longer than the queue waits for a batch to fill. */
const EMAILS_REST_MS = 2_500;
/** The Workers that watch a ledger's impressions leave within 24 s, and see them written. */
const IMPRESSIONS_COME_FOR_MS = 26_000;

/**
 * Uploads missing codes and lets the sweep find what the kills lost, until nothing waits or nothing happens anymore. To
 * save time, it stops the product and moves the waiting rows' clocks instead of waiting. At first it waits for `firstMs`.
 */
export async function comeToRest(
  scene: Scene & { product: Product },
  firstMs = IMPRESSIONS_COME_FOR_MS,
): Promise<Product> {
  const { restart, stateDir, provider, say } = scene;
  let { product } = scene;
  await fillRewards(scene);
  await setTimeout(firstMs);
  for (let whiles = 0; ; whiles++) {
    await product.runJobs();
    const waiting = await drain(scene, whiles === 0 ? STALLS_AT_FIRST_MS : STALLS_LATER_MS);
    provider.quota.isUsedUp = false;
    await product.stop();
    const emails = emailsWaiting(stateDir);
    say(`  ${waiting} deliveries and ${emails} emails waiting after ${(whiles * A_WHILE_MS) / 60_000} minutes`);
    // At least one pause is needed, for the messages that were lost with the queue.
    if ((waiting + emails === 0 && whiles > 0) || whiles === WHILES_MAX) return restart();
    passTime(stateDir, A_WHILE_MS);
    product = await restart();
  }
}

async function fillRewards({ campaign, history }: Scene) {
  for (let n = 0; n < 20; n++) {
    const { rewards_pending } = await campaign.api.get<{ rewards_pending: number }>(`/campaigns/${campaign.id}/stats`);
    if (rewards_pending === 0) return;
    const codes = Array.from({ length: rewards_pending + 20 }, (_, i) => `Last-${n}-${i}`);
    history.uploads.push({ codes, outcome: await uploadOnce(history, campaign, codes) });
  }
}

/**
 * Waits while deliveries arrive.
 * @returns the number of deliveries that still wait to be accepted, or to be offered to an endpoint that rejects them
 */
async function drain({ campaign, receiver, provider }: Scene, patienceMs: number) {
  const totalOf = async (name: string, query: string) => {
    const path = `/webhooks/${campaign.webhooks.get(name)}/deliveries?limit=1${query}`;
    return (await campaign.api.get<{ pagination: { total: number } }>(path)).pagination.total;
  };
  const offered = (name: string) =>
    new Set(receiver.received.flatMap(({ endpoint, id }) => (endpoint === name ? [id] : []))).size;
  const waitingAt = async ([name, { end }]: [string, { end: string }]) => {
    if (end === "nowhere") return 0;
    return end === "never" ? (await totalOf(name, "")) - offered(name) : totalOf(name, "&status=pending");
  };
  let [seen, asked] = [-1, -1];
  let [since, lastEmail] = [performance.now(), performance.now()];
  for (;;) {
    const waiting = (await Promise.all(Object.entries(endpoints).map(waitingAt))).reduce((sum, n) => sum + n, 0);
    if (receiver.received.length !== seen) since = performance.now();
    if (provider.asked() !== asked) lastEmail = performance.now();
    [seen, asked] = [receiver.received.length, provider.asked()];
    const areEmailsQuiet = performance.now() - lastEmail > EMAILS_REST_MS;
    if (areEmailsQuiet && (waiting === 0 || performance.now() - since > patienceMs)) return waiting;
    await setTimeout(500);
  }
}
