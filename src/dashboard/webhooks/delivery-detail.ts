import { plainHeaders, signedHeaders } from "../../delivery/webhooks/attempt";
import { bodyOf } from "../../delivery/webhooks/body";
import * as store from "../../delivery/webhooks/delivery-store";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { curlOf } from "./curl";

export type DeliveryDetail = Awaited<ReturnType<typeof deliveryDetail>>;

/**
 * A delivery as its next attempt would send it, without data of participants erased since. `request` is null if the
 * event was deleted with its campaign. `curl` is null unless `signs` is set, because signing the request uses the
 * current time.
 * @throws 404 if it is not the member's
 */
export async function deliveryDetail(ctx: MemberCtx, id: number, signs: boolean) {
  const [[delivery]] = await ctx.db.batch([store.deliveryById(ctx.db, ctx.actor.memberId, id)]);
  if (!delivery) throw notFound("delivery");
  const { date, facts, reward: _, referrer: _referrer, previous: _previous, participant, webhook, ...row } = delivery;
  const body = date && facts ? await bodyOf(ctx.env, { ...delivery, date, facts }) : null;
  const headers = signs && body !== null ? await signedHeaders(ctx.env, delivery, body, ctx.now()) : null;
  return {
    ...row,
    webhook: { id: webhook.id, link: webhook.link, status: webhook.status },
    participant_id: participant?.id ?? null,
    request: body === null ? null : { headers: headers ?? plainHeaders(row.event_id), body },
    curl: headers && body !== null ? curlOf(webhook.link, headers, body) : null,
  };
}
