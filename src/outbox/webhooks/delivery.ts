import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import type { Since, WalkPage } from "../../lib/page";
import { updatesOf } from "../../lib/updates";
import { hintDeliveries } from "./delivery-outbox";
import * as store from "./delivery-store";
import { insertTest } from "./event-store";
import type { Delivery, DeliveryQuery } from "./webhook-schema";
import { webhookById } from "./webhook-store";

/** @throws 404 for another member's webhook */
export async function deliveries(ctx: MemberCtx, webhookId: number, query: DeliveryQuery): Promise<WalkPage<Delivery>> {
  const { memberId } = ctx.actor;
  const { updated_since } = query;
  if (updated_since) return updatedDeliveries(ctx, webhookId, { ...query, updated_since });
  const [[webhook], rows, [counted], [last]] = await ctx.db.batch([
    webhookById(ctx.db, memberId, webhookId),
    store.deliveriesPage(ctx.db, memberId, webhookId, query),
    store.deliveryCount(ctx.db, memberId, webhookId, query.status),
    store.lastLooked(ctx.db, memberId, webhookId, query),
  ]);
  if (!webhook) throw notFound("webhook");
  return { rows, total: counted?.total ?? 0, lastLooked: last?.id ?? undefined };
}

async function updatedDeliveries(
  ctx: MemberCtx,
  webhookId: number,
  query: Since<DeliveryQuery>,
): Promise<WalkPage<Delivery>> {
  const { memberId } = ctx.actor;
  const page = await updatesOf(ctx.db, store.deliverySource(memberId, webhookId), query, ["status"]);
  const [looked, rows, [webhook], [counted]] = await ctx.db.batch([
    page.looked,
    store.updatedDeliveries(ctx.db, query, page.rows),
    webhookById(ctx.db, memberId, webhookId),
    store.deliveryCount(ctx.db, memberId, webhookId, query.status),
  ]);
  if (!webhook) throw notFound("webhook");
  return { rows, total: counted?.total ?? 0, updates: page.after(looked, rows) };
}

/** Sends a `webhook.test` event to this webhook only. @throws 404, 409 if it is disabled */
export async function testWebhook(ctx: MemberCtx, webhookId: number): Promise<Delivery> {
  const { memberId } = ctx.actor;
  const id = ctx.requestEvent;
  const date = ctx.now();
  const [, , [webhook], [delivery]] = await commit(
    ctx,
    ...insertTest(ctx.db, memberId, webhookId, { id, date, data: sample(date) }),
    webhookById(ctx.db, memberId, webhookId),
    store.deliveryOfEvent(ctx.db, memberId, webhookId, id),
  );
  if (!webhook) throw notFound("webhook");
  if (!delivery) throw isDisabled();
  ctx.later(hintDeliveries(ctx.env, [delivery.id]));
  return delivery;
}

/**
 * Restarts a delivery's schedule, whatever its status. @throws 404, 409 if an attempt is in progress or its webhook is
 * disabled
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
  if (!restarted) throw new AppError("conflict", "An attempt at this delivery is in progress. Try again in a minute.");
  ctx.later(hintDeliveries(ctx.env, [id]));
  return delivery;
}

/** A 409, because only an active webhook gets deliveries. */
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
