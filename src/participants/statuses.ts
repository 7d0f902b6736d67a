import { askLedger } from "../ledger/client";
import type { StatusItem } from "../ledger/signups/statuses";
import { newEventId } from "../lib/crypto";
import type { Ctx, MemberCtx } from "../lib/ctx";
import { AppError } from "../lib/errors";
import * as store from "./status-store";

type Status = StatusItem["status"];

/**
 * Sets a participant's status, which affects counts, credits, and rewards. Its event has the request's ID. `confirms`:
 * the participant confirmed their email, and is parked if the plan has no room.
 * @throws 403 `participant_limit` if the plan has no room for another active participant
 */
export async function setStatus(
  ctx: Ctx,
  { id, campaign_id }: { id: number; campaign_id: number },
  status: Status,
  { confirms = false } = {},
) {
  const item = { ...itemOf(ctx, id, status), id: ctx.requestEvent, confirms };
  const { refused } = await tellLedger(ctx, campaign_id, [item]);
  if (refused > 0) throw new AppError("participant_limit");
}

/**
 * Sets the status of participants in one campaign. Each change has its own event. @returns the number of those that the
 * plan has no room for
 */
export const setStatuses = (ctx: Ctx, campaignId: number, ids: number[], status: Status) =>
  tellLedger(
    ctx,
    campaignId,
    ids.map((id) => itemOf(ctx, id, status)),
  );

/**
 * Sets the status of an account's participants. Skips those of other accounts and, if `campaignId` is given, of other
 * campaigns. @returns the number of those that the plan has no room for
 */
export async function changeStatuses(ctx: MemberCtx, ids: number[], status: Status, campaignId?: number) {
  const [found] = await ctx.db.batch([store.campaignsOf(ctx.db, ctx.actor.memberId, ids)]);
  const rows = found.filter((row) => campaignId === undefined || row.campaign_id === campaignId);
  let refused = 0;
  for (const [campaign, people] of Map.groupBy(rows, (row) => row.campaign_id)) {
    const ids = people.map((row) => row.id);
    refused += (await setStatuses(ctx, campaign, ids, status)).refused;
  }
  return { refused };
}

const itemOf = (ctx: Ctx, participant_id: number, status: Status): StatusItem => ({
  kind: "status",
  id: newEventId(ctx.now()),
  at: ctx.now().getTime(),
  origin: ctx.origin,
  participant_id,
  status,
});

const tellLedger = (ctx: Ctx, campaignId: number, items: StatusItem[]) =>
  askLedger(ctx, campaignId, (ledger) => ledger.changeStatuses(items));
