import { eventIdAt } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import { idsOf } from "../queue";
import { isDisabled } from "./delivery";
import { hintDeliveries } from "./delivery-outbox";
import * as store from "./recovery-store";
import { type Recovered, Recovery } from "./webhook-schema";
import { webhookById } from "./webhook-store";

const [RECOVERED_PER_CALL, LOOKED_AT_PER_CALL] = [1_000, 20_000];
/** Deliveries are deleted after 30 days. For older events, nothing shows what was delivered. */
const REACH_MS = 29 * DAY_MS;

/**
 * Recovers what a webhook missed since `since`: restarts failed deliveries, and adds deliveries of events from while it
 * was disabled. Up to 1,000 of each, oldest first. @throws 404, 409 if the webhook is disabled
 */
export async function recoverDeliveries(
  ctx: MemberCtx,
  webhookId: number,
  { since, after }: Recovery,
): Promise<Recovered> {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const reached = new Date(Math.max(since.getTime(), now.getTime() - REACH_MS));
  const walk = { eventId: eventIdAt(reached), after: after ?? null, max: LOOKED_AT_PER_CALL };
  const [restarted, added, [stopped], [webhook]] = await commit(
    ctx,
    store.restartFailed(ctx.db, memberId, webhookId, { eventId: eventIdAt(since), now, max: RECOVERED_PER_CALL }),
    store.insertMissing(ctx.db, memberId, webhookId, walk, now, RECOVERED_PER_CALL),
    store.stoppedAt(ctx.db, memberId, webhookId, walk),
    webhookById(ctx.db, memberId, webhookId),
  );
  if (!webhook) throw notFound("webhook");
  if (webhook.status === "disabled") throw isDisabled();
  ctx.later(hintDeliveries(ctx.env, idsOf([...restarted, ...added])));
  const recovered = restarted.length + added.length;
  return {
    recovered,
    next: stopped && added.length < RECOVERED_PER_CALL ? `${stopped.campaign_id}:${stopped.id}` : null,
  };
}

const ROUNDS_MAX = 10;

/** The same for the dashboard, where people press the button once: it continues until it finds missed events. */
export async function recoverSome(ctx: MemberCtx, webhookId: number, since: Date): Promise<number> {
  let after: Recovery["after"];
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { recovered, next } = await recoverDeliveries(ctx, webhookId, { since, after });
    if (recovered > 0 || next === null) return recovered;
    after = Recovery.shape.after.parse(next);
  }
  return 0;
}
