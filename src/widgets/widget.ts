import { dropCampaignCopies } from "../campaigns/copies";
import type { MemberCtx } from "../ctx";
import { commit } from "../lib/db";
import { notFound } from "../lib/errors";
import { type Widget, type WidgetChange, widgetDefaults } from "./schema";
import * as store from "./store";

type Row = { campaign_id: number; settings: Record<string, unknown> };

/** What is stored of a campaign's widget, and what changes it, for those who read or write more in the same round trip. */
export const storedWidget = store.widgetById;
export const changeStoredWidget = store.updateWidget;

/** What was set, and the defaults for what was not. */
export const asWidget = ({ campaign_id, settings }: Row): Widget => ({ ...widgetDefaults, ...settings, campaign_id });

/** @throws 404 when the campaign is not the member's. */
export async function widgetOf(ctx: MemberCtx, campaignId: number): Promise<Widget> {
  const [[row]] = await ctx.db.batch([store.widgetById(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!row) throw notFound("campaign");
  return asWidget(row);
}

/** @throws 404 */
export async function changeWidget(ctx: MemberCtx, campaignId: number, change: WidgetChange): Promise<Widget> {
  const { memberId } = ctx.actor;
  const [, [row]] = await commit(
    ctx,
    store.updateWidget(ctx.db, memberId, campaignId, change),
    store.widgetById(ctx.db, memberId, campaignId),
  );
  if (!row) throw notFound("campaign");
  await dropCampaignCopies(ctx, [campaignId]);
  return asWidget(row);
}
