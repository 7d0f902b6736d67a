import { z } from "zod";
import { promisedBy } from "../../campaigns/reward/reward-promise";
import { PromisedRule } from "../../campaigns/rules/promised-rule";
import { asWidget } from "../../campaigns/widget/widget";
import { Widget } from "../../campaigns/widget/widget-schema";
import { CampaignStatus, campaignStatus } from "../../ledger/records/lifecycle";
import { amountsShown } from "../../ledger/records/reward-fields";
import { kindNames } from "../../ledger/records/reward-kinds";
import type { Ctx } from "../../lib/ctx";
import { shownDomain } from "../../lib/domain";
import { notFound } from "../../lib/errors";
import { ButtonWords, buttonWords } from "./launcher-button";
import * as store from "./widget-config-store";

const Numbers = z.object({ participants: z.int(), shares: z.int(), clicks: z.int(), impressions: z.int() });

export const Config = z
  .object({
    campaign_id: z.int(),
    campaign_name: z.string(),
    brand_domain: z.string(),
    brand_name: z.string().meta({ description: "The brand's display name: its name, or its domain if it has none." }),
    brand_logo_url: z.string().nullable(),
    goal: z.object({ type: z.enum(["signup", "visit"]), target: z.int() }),
    reward: z
      .object({
        type: z.enum(kindNames),
        invited: z.boolean(),
        title: z.string().nullable().meta({ description: "The reward's name as part of a sentence." }),
        image_url: z.string().nullable(),
        ...amountsShown,
        currency: z.string(),
      })
      .meta({
        description:
          "The kind of reward, its name, image, and amount. Coupon codes, links, and messages are only shown to participants who earned them.",
      }),
    rules: z.array(PromisedRule).meta({
      description: "Other ways to earn a reward: the visible rules with budget left, in order.",
    }),
    allow_email: z.boolean(),
    publish: z.enum(["public", "private"]),
    status: CampaignStatus.meta({ description: "Visitors can sign up only while it is `live`." }),
    waitlist: z
      .object({ places_per_friend: z.int() })
      .nullable()
      .meta({ description: "Null if the campaign has no waitlist." }),
    starts_at: z.string().nullable().meta({ format: "date-time" }),
    ends_at: z.string().nullable().meta({ format: "date-time" }),
    leaderboard: z.boolean().meta({ description: "Whether visitors can see the leaderboard." }),
    countdown_end: z.string().nullable().meta({
      format: "date-time",
      description: "The end of the countdown, if one is shown: the widget's, or otherwise the campaign's.",
    }),
    widget: Widget,
    button: ButtonWords,
    stats: Numbers.nullable().meta({
      description: "Totals plus the widget's start values, if it shows them.",
    }),
  })
  .meta({ id: "WidgetConfig", description: "Everything the widget needs to render." });
export type WidgetConfig = z.infer<typeof Config>;

/** Everything the widget needs to render. @throws 404 if there is no such campaign */
export async function widgetConfig(ctx: Ctx, campaignId: number): Promise<WidgetConfig> {
  const [[row]] = await ctx.db.batch([store.configOf(ctx.db, campaignId)]);
  if (!row) throw notFound("campaign");
  return toConfig(row, ctx.now());
}

type Row = Awaited<ReturnType<typeof store.configOf>>[number];

/** Its row as an unrun query, to batch with others. */
export const storedConfig = (ctx: Pick<Ctx, "db">, campaignId: number) => store.configOf(ctx.db, campaignId);

/** `now` is null for previews, which show the campaign as if it were live. */
export function toConfig(row: Row, now: Date | null): WidgetConfig {
  const { campaign_id, campaign_name, brand_domain, brand_logo_url, allow_email } = row;
  const widget = asWidget(row);
  return {
    campaign_id,
    campaign_name,
    brand_domain,
    brand_name: shownDomain(row.brand_name),
    brand_logo_url,
    ...promisedBy(row),
    rules: row.promised_rules,
    allow_email,
    publish: row.publish,
    status: now ? campaignStatus(row, now) : "live",
    waitlist: row.waitlist_enabled ? { places_per_friend: row.waitlist_places_per_friend } : null,
    starts_at: row.starts_at?.toISOString() ?? null,
    ends_at: row.ends_at?.toISOString() ?? null,
    leaderboard: widget.leaderboard_on ?? row.publish === "public",
    countdown_end: countdownOf(widget, row),
    widget,
    button: buttonWords(widget),
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

/** The configuration at this time, from a copy that may be older than the campaign's start or end. */
export function configAt(config: WidgetConfig, now: Date): WidgetConfig {
  const [starts_at, ends_at] = [config.starts_at, config.ends_at].map((at) => (at === null ? null : new Date(at)));
  const { status } = config;
  const stage = status === "scheduled" || status === "ended" ? "live" : status;
  return { ...config, status: campaignStatus({ stage, starts_at: starts_at ?? null, ends_at: ends_at ?? null }, now) };
}

type Countdown = { allow_countdown: boolean; countdown_end: Date | null };

function countdownOf(widget: Widget, campaign: Countdown) {
  if (widget.allow_countdown && widget.countdown_end) return widget.countdown_end;
  return campaign.allow_countdown ? (campaign.countdown_end?.toISOString() ?? null) : null;
}
