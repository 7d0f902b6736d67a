import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { notFound } from "../../lib/errors";
import { idsOf } from "../../outbox/queue";
import { isDisabled } from "../../outbox/webhooks/delivery";
import { hintDeliveries } from "../../outbox/webhooks/delivery-outbox";
import { webhookById } from "../../outbox/webhooks/webhook-store";
import { logSince } from "./event-log";
import { lastLooked } from "./event-log-store";
import type { Replay, ReplayedEvents } from "./replay-schema";
import * as store from "./replay-store";

const LOOKED_AT_PER_CALL = 1_000;

/**
 * Sends events of the log to a webhook, again or for the first time, by number.
 * @throws 404, 409 if the webhook is disabled
 */
export async function replayEvents(ctx: MemberCtx, webhookId: number, range: Replay): Promise<ReplayedEvents> {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const from = range.from && range.from > logSince(now) ? range.from : logSince(now);
  const to = range.to && range.to < now ? range.to : now;
  const look = {
    after: range.after_sequence ?? 0,
    until: to,
    types: range.types ?? undefined,
    looked: LOOKED_AT_PER_CALL,
    since: from,
  };
  const [replayed, [stopped], [webhook]] = await commit(
    ctx,
    store.replay(ctx.db, memberId, webhookId, { look, from, to }, now),
    lastLooked(ctx.db, memberId, look),
    webhookById(ctx.db, memberId, webhookId),
  );
  if (!webhook) throw notFound("webhook");
  if (webhook.status === "disabled") throw isDisabled();
  ctx.later(hintDeliveries(ctx.env, idsOf(replayed)));
  return { replayed: replayed.length, next: stopped?.sequence ?? null };
}

const ROUNDS_MAX = 10;

/** The same for the dashboard, where people press the button once: it covers several calls. */
export async function replaySome(ctx: MemberCtx, webhookId: number, range: Replay): Promise<number> {
  let replayed = 0;
  let after: number | undefined;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const done = await replayEvents(ctx, webhookId, { ...range, after_sequence: after });
    replayed += done.replayed;
    if (done.next === null) break;
    after = done.next;
  }
  return replayed;
}
