import { type CampaignChoice, campaignChoices } from "../../campaigns/campaign-choice";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import type { Page, PageQuery } from "../../lib/page";
import { type View, viewsOf } from "../views/view";
import type { DeliveryLook } from "./endpoint-schema";
import * as store from "./endpoint-store";

export type Endpoint = Awaited<ReturnType<typeof store.endpointById>>[number];
export type LoggedDelivery = Awaited<ReturnType<typeof store.deliveriesBefore>>[number];

const PER_PAGE = 25;
/** How many deliveries a filtered page reads before it offers to continue. */
const LOOKS_AT = 1000;

export async function endpoints(ctx: MemberCtx, page: PageQuery): Promise<Page<Endpoint>> {
  const { memberId } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.endpointsPage(ctx.db, memberId, page),
    store.endpointCount(ctx.db, memberId),
  ]);
  return { rows, total: counted?.total ?? 0 };
}

/** @throws 404 if the webhook is not the member's */
export async function endpointOf(ctx: MemberCtx, id: number): Promise<Endpoint> {
  const [[endpoint]] = await ctx.db.batch([store.endpointById(ctx.db, ctx.actor.memberId, id)]);
  if (!endpoint) throw notFound("webhook");
  return endpoint;
}

export type EndpointLog = {
  endpoint: Endpoint;
  campaigns: CampaignChoice[];
  deliveries: LoggedDelivery[];
  /** The value of `before` for older deliveries. Null if there are none. */
  older: string | null;
  views: View[];
};

/** An endpoint with a page of its deliveries. @throws 404 if the webhook is not the member's */
export async function endpointLog(ctx: MemberCtx, id: number, asked: DeliveryLook): Promise<EndpointLog> {
  const { memberId } = ctx.actor;
  const isFiltered = asked.type !== undefined || (asked.status !== undefined && asked.status !== "failed");
  const look = { ...asked, limit: PER_PAGE + 1, looks_at: isFiltered ? LOOKS_AT : PER_PAGE + 1 };
  const [[endpoint], campaigns, found, [end], views] = await ctx.db.batch([
    store.endpointById(ctx.db, memberId, id),
    campaignChoices(ctx),
    store.deliveriesBefore(ctx.db, memberId, id, look),
    store.endOfLook(ctx.db, memberId, id, look),
    viewsOf(ctx, "deliveries"),
  ]);
  if (!endpoint) throw notFound("webhook");
  const deliveries = found.slice(0, PER_PAGE);
  const older = found.length > PER_PAGE ? deliveries.at(-1)?.event_id : isFiltered ? end?.event_id : undefined;
  return { endpoint, campaigns, deliveries, older: older ?? null, views };
}
