import pLimit from "p-limit";
import type { JobCtx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";
import { disabledWebhookMails } from "../../outbox/emails/email";
import { jittered } from "../../outbox/outcome";
import { logRound, newRound, type Round, record } from "../../outbox/round";
import type { RoundCtx } from "../../outbox/use";
import { deliveries } from "../../outbox/webhooks/delivery-outbox";
import { attempt, type Result } from "./attempt";
import type { Leased, Outcome } from "./delivery-store";
import * as store from "./delivery-store";
import { mayPost } from "./host-limit";
import { lookUps } from "./look-up";
import { healthOf, isGone, isUnreachable, outcomeOf, pause, putBack } from "./outcome";

/**
 * The queue waits for a round this long. Slower attempts continue in the background, and block neither the queue nor
 * the outcomes already known.
 */
const PATIENCE_MS = 2_000;
/** A round starts attempts for this long. A Worker can run for 30 s after the event that started it. */
const STARTS_WITHIN_MS = 12_000;
/** The delay for deliveries that the round had no time for. */
const NEXT_ROUND_MS = 5_000;
/**
 * The delay for deliveries beyond their host's limit per minute. They were not attempted, so they do not count as
 * attempts.
 */
const NEXT_WINDOW_MS = 60_000;
/** A Worker can wait for up to six responses at once. */
const AT_ONCE = 6;
/** Leaves slots for other endpoints if one is slow. */
const AT_ONCE_PER_ENDPOINT = 4;
/** The delay if the failure is ours, such as a missing setting. */
const OUR_FAULT_DELAY_MS = 300_000;
/** A suspended account's deliveries wait until the operator lifts the suspension. */
const SUSPENDED_DELAY_MS = 3_600_000;
const FAILING_MAX_MS = 5 * 24 * 3600_000;

type Done = { results: Map<Leased, Result>; outcomes: Outcome[] };

/**
 * Runs one round: leases the due deliveries among these, posts them, and records the outcomes. Resolves when most are
 * done, and the rest continue. If the Worker dies, nothing is lost: after the lease, the sweep finds the delivery
 * again, with the same `webhook-id`.
 */
export async function deliver(ctx: RoundCtx, ids: number[]): Promise<void> {
  const round = newRound(ctx, deliveries, ids);
  const [, , leased] = await ctx.db.batch([
    round.take,
    store.dropOrphans(ctx.db, ids, round.lease),
    store.leased(ctx.db, ids, round.lease),
  ]);
  const done: Done = { results: new Map(), outcomes: [] };
  const all = attemptAll(ctx, leased, round.started, done);
  await Promise.race([all, scheduler.wait(PATIENCE_MS)]);
  const isDone = done.outcomes.length === leased.length;
  await note(ctx, round, done);
  if (!isDone) ctx.later(all.then(() => note(ctx, round, done)));
}

async function note(ctx: JobCtx, round: Round, done: Done) {
  const outcomes = done.outcomes.splice(0);
  const health = healthOf(done.results);
  done.results.clear();
  if (outcomes.length === 0) return;
  const failing = health.filter(({ is_ok, is_gone }) => !is_ok || is_gone).map(({ id }) => id);
  await record(ctx, deliveries, outcomes, () => [
    store.settle(ctx.db, outcomes, round.lease),
    store.noteHealth(ctx.db, health, ctx.now(), new Date(ctx.now().getTime() - FAILING_MAX_MS)),
    disabledWebhookMails(ctx.db, failing, ctx.env.PUBLIC_URL, ctx.now()),
  ]);
  logRound(ctx, deliveries, round, outcomes);
}

/**
 * Attempts the deliveries by endpoint, healthy ones first. Each endpoint gets one attempt first, then several at a
 * time. If an endpoint is unreachable, its other deliveries are put back without counting an attempt, so the round does
 * not wait for 15 s again and again.
 */
async function attemptAll(ctx: JobCtx, leased: Leased[], started: Date, done: Done): Promise<void> {
  const until = new Date(started.getTime() + STARTS_WITHIN_MS);
  const slots = pLimit(AT_ONCE);
  const addresses = lookUps(ctx);
  const attemptOne = async (delivery: Leased, before: Result[]): Promise<Outcome> => {
    if (delivery.is_suspended) return putBack(delivery, ctx.now(), SUSPENDED_DELAY_MS);
    // The next round will find the endpoint disabled.
    if (before.some(isGone)) return putBack(delivery, ctx.now(), 0);
    if (before.some(isUnreachable)) return putBack(delivery, ctx.now(), pause(delivery, ctx.now()));
    if (!(await mayPost(ctx.env, delivery, before))) return putBack(delivery, ctx.now(), jittered(NEXT_WINDOW_MS));
    if (ctx.now() > until) return putBack(delivery, ctx.now(), NEXT_ROUND_MS);
    try {
      const result = await attempt(ctx, delivery, addresses);
      done.results.set(delivery, result);
      before.push(result);
      return outcomeOf(delivery, result, ctx.now());
    } catch (error) {
      log("error", "delivery not attempted", { delivery_id: delivery.id, ...describeError(error) });
      return putBack(delivery, ctx.now(), OUR_FAULT_DELAY_MS);
    }
  };
  const inSlot = (delivery: Leased, before: Result[]) =>
    slots(async () => void done.outcomes.push(await attemptOne(delivery, before)));
  const perEndpoint = byEndpoint(leased).map(async ([first, ...others]) => {
    const before: Result[] = [];
    const own = pLimit(AT_ONCE_PER_ENDPOINT);
    await inSlot(first, before);
    await Promise.all(others.map((delivery) => own(() => inSlot(delivery, before))));
  });
  await Promise.all(perEndpoint);
}

function byEndpoint(leased: Leased[]): [Leased, ...Leased[]][] {
  const groups = new Map<number, [Leased, ...Leased[]]>();
  for (const delivery of leased) {
    const group = groups.get(delivery.webhook.id);
    if (group) group.push(delivery);
    else groups.set(delivery.webhook.id, [delivery]);
  }
  const health = ([{ webhook }]: [Leased, ...Leased[]]) => webhook.failing_since?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return [...groups.values()].sort((a, b) => health(b) - health(a));
}
