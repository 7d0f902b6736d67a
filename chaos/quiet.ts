import { setTimeout } from "node:timers/promises";
import type { startLocal } from "../scripts/local.ts";
import { type Campaign, OWNER_EMAIL } from "./campaign.ts";
import { uploadOnce } from "./clients.ts";
import type { History } from "./history.ts";
import type { Provider } from "./provider.ts";
import { endpoints, type Receiver } from "./receiver.ts";
import { REVIEWER_EMAIL } from "./reviewed.ts";
import { passTime, readEmails } from "./tables.ts";
import { type Verdict, verdict } from "./verdict.ts";
import { insightInto } from "./weather.ts";

export type Product = Awaited<ReturnType<typeof startLocal>>;
export type Scene = {
  restart: () => Promise<Product>;
  campaign: Campaign;
  history: History;
  receiver: Receiver;
  provider: Provider;
  stateDir: string;
  say: (text: string) => void;
  /** The product's settings after its next start. */
  vars: { MAIL_PER_DAY: string };
};

/** Longer than any lease, any hint, the second retry's delay, and the pause after a used-up quota. */
const A_WHILE_MS = 70 * 60_000;
/** Emails postponed to the next day are sent by then, and all retries are over. */
const A_DAY_MS = 24 * 3_600_000;
const PAUSES_MAX = 6;
/** A member's daily email limit. */
export const NO_LIMIT = "";
/**
 * At first only rows lost in kills are waiting. Later, on a slow machine, a row may have been postponed for ten
 * seconds.
 */
const [STALLS_AT_FIRST_MS, STALLS_LATER_MS] = [4_000, 30_000];
/** The Workers that watch a ledger's impressions end within 24 s, after the impressions are written. */
const IMPRESSIONS_COME_FOR_MS = 26_000;

/**
 * Uploads missing codes and lets the sweep find rows lost in kills, until nothing waits or nothing happens anymore. To
 * save time, it stops the product and moves the waiting rows' clocks instead of waiting. At first it waits for `firstMs`.
 * Half of the emails that wait then are more than their member may send that day. They must go out on the next, and the
 * others, and everything that waited for the provider's quota, after the first pause.
 */
export async function comeToRest(
  scene: Scene & { product: Product },
  firstMs = IMPRESSIONS_COME_FOR_MS,
): Promise<{ product: Product; emails: Verdict[] }> {
  const { restart, stateDir, provider, vars, say } = scene;
  const stuck: unknown[] = [];
  let { product } = scene;
  let day = { limit: Number.POSITIVE_INFINITY, mayTake: Number.POSITIVE_INFINITY, taken: 0, capped: 0 };
  await fillRewards(scene);
  await setTimeout(firstMs);
  for (let pauses = 0, ms = 0; ; pauses++) {
    const before = provider.taken.length;
    await product.runJobs();
    await settle(product);
    const waiting = await drain(scene, pauses === 0 ? STALLS_AT_FIRST_MS : STALLS_LATER_MS);
    provider.quota.isUsedUp = false;
    await product.stop();
    const emails = readEmails(stateDir, day.limit);
    say(`  ${waiting} deliveries and ${emails.waiting} emails waiting after ${ms / 60_000} minutes`);
    if (pauses > 0) stuck.push(...emails.stuck);
    if (pauses === 1) day = { ...day, taken: toParticipants(provider, before), capped: emails.capped.length };
    const isDone = waiting + emails.waiting === 0;
    // At least one pause is needed, for the messages that were lost with the queue.
    if ((isDone && pauses > 0) || pauses === PAUSES_MAX) {
      vars.MAIL_PER_DAY = NO_LIMIT;
      return { product: await restart(), emails: verdictsOn(day, stuck) };
    }
    if (pauses === 0 && emails.pending > 1) {
      const mayTake = Math.floor(emails.pending / 2);
      day = { ...day, mayTake, limit: emails.today + mayTake };
      vars.MAIL_PER_DAY = String(day.limit);
    }
    const pause = pauses === 0 ? A_WHILE_MS : A_DAY_MS;
    passTime(stateDir, pause);
    ms += pause;
    product = await restart();
  }
}

const toParticipants = ({ taken }: Provider, from: number) =>
  taken.slice(from).filter(({ to }) => to !== OWNER_EMAIL && to !== REVIEWER_EMAIL).length;

const verdictsOn = (day: { limit: number; mayTake: number; taken: number; capped: number }, stuck: unknown[]) => [
  verdict("emails that wait for nothing after a pause", stuck),
  verdict("days on which a member sent more emails than they may", day.taken > day.mayTake ? [day] : []),
  verdict("a limit of a day that held nothing", Number.isFinite(day.limit) && day.capped === 0 ? [day] : []),
];

async function fillRewards({ campaign, history }: Scene) {
  for (let n = 0; n < 20; n++) {
    const { rewards_pending } = await campaign.api.get<{ rewards_pending: number }>(`/campaigns/${campaign.id}/stats`);
    if (rewards_pending === 0) return;
    const codes = Array.from({ length: rewards_pending + 20 }, (_, i) => `Last-${n}-${i}`);
    history.uploads.push({ codes, outcome: await uploadOnce(history, campaign, codes) });
  }
}

/** Later runs of the jobs finish what one run leaves. */
async function settle(product: Product) {
  for (let n = 0; n < 20 && (await insightInto(product.url)).due_reviews > 0; n++) await product.runJobs();
}

/**
 * Waits while deliveries arrive, emails are due and tried, and an endpoint is asked.
 * @returns the number of deliveries that still wait to be accepted, or to be offered to an endpoint that rejects them
 */
async function drain({ campaign, receiver }: Scene, patienceMs: number) {
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
  let [seen, due, since] = [-1, -1, 0];
  for (;;) {
    const waiting = (await Promise.all(Object.entries(endpoints).map(waitingAt))).reduce((sum, n) => sum + n, 0);
    const before = [seen, due];
    const { due_emails, due_questions } = await insightInto(campaign.origin);
    [seen, due] = [receiver.received.length + receiver.questions.length, due_emails + due_questions];
    if (seen !== before[0] || due !== before[1]) since = performance.now();
    if (waiting + due === 0 || performance.now() - since > patienceMs) return waiting;
    await setTimeout(500);
  }
}
