import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import type { WalkPage } from "../../lib/page";
import { hintDeliveries } from "./delivery-outbox";
import { insertTest } from "./event-store";
import type { Delivery, DeliveryQuery } from "./webhook-schema";
import * as store from "./webhook-store";

/** @throws 404 if the webhook is not the member's */
export async function deliveries(ctx: MemberCtx, webhookId: number, query: DeliveryQuery): Promise<WalkPage<Delivery>> {
  const { memberId } = ctx.actor;
  const [[webhook], rows, [counted], [last]] = await ctx.db.batch([
    store.webhookById(ctx.db, memberId, webhookId),
    store.deliveriesPage(ctx.db, memberId, webhookId, query),
    store.deliveryCount(ctx.db, memberId, webhookId, query.status),
    store.lastLooked(ctx.db, memberId, webhookId, query),
  ]);
  if (!webhook) throw notFound("webhook");
  return { rows, total: counted?.total ?? 0, lastLooked: last?.id ?? undefined };
}

/** Sends a `webhook.test` event to this webhook only. @throws 404, or 409 if it is disabled */
export async function testWebhook(ctx: MemberCtx, webhookId: number): Promise<Delivery> {
  const { memberId } = ctx.actor;
  const id = ctx.requestEvent;
  const date = ctx.now();
  const [, , [webhook], [delivery]] = await commit(
    ctx,
    ...insertTest(ctx.db, memberId, webhookId, { id, date, data: sample(date) }),
    store.webhookById(ctx.db, memberId, webhookId),
    store.deliveryOfEvent(ctx.db, memberId, webhookId, id),
  );
  if (!webhook) throw notFound("webhook");
  if (!delivery) throw isDisabled();
  ctx.later(hintDeliveries(ctx.env, [delivery.id]));
  return delivery;
}

/**
 * Restarts a delivery's schedule, whatever its status. @throws 404, or 409 if an attempt is in progress or its webhook
 * is disabled
 */
export async function retryDelivery(ctx: MemberCtx, id: number): Promise<Delivery> {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const [[restarted], [delivery]] = await commit(
    ctx,
    store.restartDelivery(ctx.db, memberId, id, now),
    store.deliveryById(ctx.db, memberId, id, now),
  );
  if (!delivery) throw notFound("delivery");
  if (delivery.webhook_status === "disabled") throw isDisabled();
  if (!restarted) throw new AppError("conflict", "This delivery is being attempted right now.");
  ctx.later(hintDeliveries(ctx.env, [id]));
  return delivery;
}

/** 409: only an active webhook gets deliveries. */
export const isDisabled = () => new AppError("conflict", "The webhook is disabled. Set its status to active first.");

const sample = (date: Date) => ({
  campaign_id: 1,
  participant_id: 1,
  email: "ada@example.com",
  name: "Ada Example",
  date_signedup: date.toISOString(),
  invited_by: null,
  invited_social: null,
  referrer: null,
  referral_code: "MTo2OjE.sample",
  share_url: "https://example.com/t/MTo2OjE.sample",
  external_id: null,
  metadata: { sample: true },
});
