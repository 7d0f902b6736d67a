import type { MemberCtx } from "../ctx";
import { notFound } from "../lib/errors";
import { plainHeaders } from "./attempt";
import { bodyOf } from "./body";
import * as store from "./store";

export type DeliveryDetail = Awaited<ReturnType<typeof deliveryDetail>>;

/**
 * A delivery as its next attempt would send it: who was erased since is not told of any more. `body` is null when the event went
 * with its campaign. @throws 404 when it is not the member's.
 */
export async function deliveryDetail(ctx: MemberCtx, id: number) {
  const [[delivery]] = await ctx.db.batch([store.deliveryById(ctx.db, ctx.actor.memberId, id)]);
  if (!delivery) throw notFound("delivery");
  const { date, facts, reward: _, participant, ...row } = delivery;
  const body = date && facts ? await bodyOf(ctx.env, { ...delivery, date, facts }) : null;
  return { ...row, participant_id: participant.id, headers: plainHeaders(row.event_id), body };
}
