import { setTimeout } from "node:timers/promises";
import type { History, Outcome } from "./history.ts";
import { randomOf } from "./random.ts";
import { SHOP_ID, type Shop } from "./shop.ts";
import { better, ShopClient } from "./shop-client.ts";

/** `netted`: the amount deducted for refunds. */
type Payout = { reference: string; outcome: Outcome; id: number | null; netted: number; undone: Outcome | null };
type Redemption = { participant: number; id: string; amount: number; outcome: Outcome };
type Release = { count: number; outcome: Outcome; id: number | null };

/** The other requests of the shop's owner, and their known results. */
export class Shopkeeping {
  /** Rewards approved according to a response, and all requested approvals. */
  approved = new Set<number>();
  mayBeApproved = new Set<number>();
  payouts: Payout[] = [];
  redemptions: Redemption[] = [];
  releases: Release[] = [];
  joined: { email: string; outcome: Outcome }[] = [];
}

const RECENT = 5;
const OWNERS = 2;

/** Approves, pays, undoes payouts, redeems store credit, and admits participants, until the signal. One owner retries. */
export async function runShopkeepers(
  shop: Shop,
  history: History,
  kept: Shopkeeping,
  seed: number,
  signal: AbortSignal,
) {
  const owners = Array.from({ length: OWNERS }, async (_, i) => {
    const api = new ShopClient(shop, history, randomOf(seed * 1000 + 700 + i), i % 2 === 1);
    for (let n = 0; !signal.aborted; n++) {
      await ACTS[(n + i * 4) % ACTS.length]?.(api, kept, `${i}-${n}`);
      await setTimeout(api.random.between(0, 80));
    }
  });
  await Promise.all(owners);
}

/** In turn, so a slow machine skips none of them. */
const ACTS = [letIn, approve, redeem, join, pay, redeem, join, undo];

async function approve(api: ShopClient, { approved, mayBeApproved }: Shopkeeping) {
  const held = await api.read(`/rewards?campaign_id=${SHOP_ID}&status=held&limit=50`);
  const waiting: { id: number; needs_approval: boolean }[] = held.data?.rewards ?? [];
  const ids = waiting.flatMap(({ id, needs_approval }) => (needs_approval ? [id] : [])).slice(0, api.random.int(1, 4));
  if (ids.length === 0) return;
  for (const id of ids) mayBeApproved.add(id);
  const answer = await api.post("/rewards/actions", { ids, action: "approve" });
  if (answer.outcome === "ok") for (const { id, done } of answer.data.results) if (done) approved.add(id);
}

/** All that is owed, possibly nothing. */
async function pay(api: ShopClient, kept: Shopkeeping, name: string) {
  const reference = `Transfer ${name}`;
  const payout: Payout = { reference, outcome: "unknown", id: null, netted: 0, undone: null };
  kept.payouts.push(payout);
  const answer = await api.post("/payouts", { filter: { campaign_id: SHOP_ID }, reference }, ["conflict"]);
  payout.outcome = answer.outcome;
  const paid: { id: number; totals: { netted: number }[] } | undefined = answer.data?.payout;
  payout.id = paid?.id ?? null;
  payout.netted = paid?.totals.reduce((sum, { netted }) => sum + netted, 0) ?? 0;
}

async function undo(api: ShopClient, { payouts }: Shopkeeping) {
  const payout = api.random.oneOf(
    payouts.filter(({ id }) => id !== null),
    RECENT,
  );
  if (!payout) return;
  const { outcome } = await api.remove(`/payouts/${payout.id}`, ["conflict"]);
  payout.undone = better(payout.undone ?? "failed", outcome);
}

async function redeem(api: ShopClient, kept: Shopkeeping, name: string) {
  const earlier = api.random.oneOf(kept.redemptions, RECENT);
  const participant = api.random.oneOf(api.shop.referrers)?.id ?? 0;
  const amount = api.random.int(1, 400);
  const one = earlier && api.random.chance(0.3) ? earlier : newRedemption(kept, { participant, id: name, amount });
  const body = { redemption_id: one.id, amount: one.amount };
  const send = () => api.post(`/participants/${one.participant}/redemptions`, body, ["conflict"]);
  const answers = api.random.chance(0.3) ? await Promise.all([send(), send()]) : [await send()];
  for (const { outcome } of answers) one.outcome = better(one.outcome, outcome);
}

function newRedemption({ redemptions }: Shopkeeping, fields: Omit<Redemption, "outcome">): Redemption {
  const redemption: Redemption = { ...fields, outcome: "failed" };
  redemptions.push(redemption);
  return redemption;
}

/** A retry conflicts with its first request while that is still running. */
async function letIn(api: ShopClient, { releases }: Shopkeeping, name: string) {
  const release: Release = { count: api.random.int(1, 5), outcome: "unknown", id: null };
  releases.push(release);
  const answer = await api.post(
    `/campaigns/${SHOP_ID}/releases`,
    { count: release.count },
    ["idempotency_in_progress", "conflict"],
    { "Idempotency-Key": `release-${name}` },
  );
  release.outcome = answer.outcome;
  release.id = answer.data?.id ?? null;
}

async function join(api: ShopClient, { joined }: Shopkeeping, name: string) {
  const email = `joined-${name}@shop.example`;
  const one: Shopkeeping["joined"][number] = { email, outcome: "unknown" };
  joined.push(one);
  const referral_code = api.random.chance(0.6) ? api.random.oneOf(api.shop.referrers)?.referral_code : undefined;
  const body = { email, name: "Somebody", ...(referral_code ? { referral_code } : { campaign_id: SHOP_ID }) };
  one.outcome = (await api.post(referral_code ? "/signups/referral" : "/signups", body, ["already_signed_up"])).outcome;
}
