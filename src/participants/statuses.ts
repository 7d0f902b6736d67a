import { askLedger } from "../ledger/client";
import type { StatusItem } from "../ledger/statuses";
import { newEventId } from "../lib/crypto";
import type { Ctx, MemberCtx } from "../lib/ctx";
import * as store from "./status-store";

type Status = StatusItem["status"];

/**
 * Sets a participant's status, which moves counts, credits, and rewards. Its event has the ID of the request.
 * `confirms`: the participant confirmed their email.
 */
export const setStatus = (
  ctx: Ctx,
  { id, campaign_id }: { id: number; campaign_id: number },
  status: Status,
  { confirms = false } = {},
) => tellLedger(ctx, campaign_id, [{ ...itemOf(ctx, id, status), id: ctx.requestEvent, confirms }]);

/** Sets the status of participants in one campaign. Each change has its own event. */
export const setStatuses = (ctx: Ctx, campaignId: number, ids: number[], status: Status) =>
  tellLedger(
    ctx,
    campaignId,
    ids.map((id) => itemOf(ctx, id, status)),
  );

/**
 * Sets the status of an account's participants. Skips those of other accounts and, if `campaignId` is given, of other
 * campaigns.
 */
export async function changeStatuses(ctx: MemberCtx, ids: number[], status: Status, campaignId?: number) {
  const [found] = await ctx.db.batch([store.campaignsOf(ctx.db, ctx.actor.memberId, ids)]);
  const rows = found.filter((row) => campaignId === undefined || row.campaign_id === campaignId);
  for (const [campaign, people] of Map.groupBy(rows, (row) => row.campaign_id))
    await setStatuses(
      ctx,
      campaign,
      people.map((row) => row.id),
      status,
    );
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
