import { z } from "zod";
import type { Ctx } from "../ctx";
import { notFound } from "../lib/errors";
import { type RewardTypeId, rewardTypes } from "../rewards/schema";
import { Widget } from "../widgets/schema";
import { asWidget } from "../widgets/widget";
import * as store from "./store";

const Numbers = z.object({ participants: z.int(), shares: z.int(), clicks: z.int(), impressions: z.int() });

export const Config = z
  .object({
    campaign_id: z.int(),
    campaign_name: z.string(),
    brand_domain: z.string(),
    brand_logo_url: z.string().nullable(),
    goal: z.object({ type: z.enum(["signup", "visit"]), target: z.int() }),
    reward: z
      .object({ type: z.enum(["coupon", "redirect", "message", "token", "cash"]), invited: z.boolean() })
      .meta({ description: "What kind of reward there is; its value is told to those who earned it." }),
    allow_email: z.boolean(),
    widget: Widget,
    stats: Numbers.nullable().meta({
      description: "Running totals from the widget's start values, when it shows them.",
    }),
  })
  .meta({ id: "WidgetConfig" });

/** What the widget renders from. @throws 404 */
export async function widgetConfig(ctx: Ctx, campaignId: number): Promise<z.infer<typeof Config>> {
  const [[row]] = await ctx.db.batch([store.configOf(ctx.db, campaignId)]);
  if (!row) throw notFound("campaign");
  const { campaign_id, campaign_name, brand_domain, brand_logo_url, allow_email, goal_type } = row;
  const widget = asWidget(row);
  return {
    campaign_id,
    campaign_name,
    brand_domain,
    brand_logo_url,
    goal: { type: goal_type, target: (goal_type === "visit" ? row.num_visits : row.num_signups) ?? 1 },
    reward: { type: rewardTypes[row.reward_type as RewardTypeId], invited: row.reward_invited },
    allow_email,
    widget,
    stats: widget.stats_on
      ? {
          participants: row.total_participants + widget.stats_start_participants,
          shares: row.total_shares + widget.stats_start_shares,
          clicks: row.total_clicks + widget.stats_start_clicks,
          impressions: row.total_impressions + widget.stats_start_impressions,
        }
      : null,
  };
}
