import type { PageContext } from "../../auth/page-session";
import { accountFile, accountReport, accountRows } from "../../campaigns/analytics/account-analytics";
import * as store from "../../campaigns/analytics/account-analytics-store";
import { valueName } from "../../campaigns/analytics/channel";
import type { MetricName } from "../../campaigns/analytics/metric";
import { csvHeaders } from "../../lib/csv";
import type { MemberCtx } from "../../lib/ctx";
import { utcDay } from "../../lib/day";
import type { BatchResponse } from "../../lib/db";
import { UTC } from "../../lib/time-zone";
import { shownAmount } from "./money";
import { type OverviewQuery, reportFor } from "./period";

const [CAMPAIGNS_SHOWN, REFERRERS_SHOWN] = [8, 5];

/** Metrics that need full cohorts. Only a campaign's page shows them. */
const OF_CAMPAIGNS: MetricName[] = ["friends", "k_factor", "time_to_first_referral"];

function queryOf(chosen: OverviewQuery, now: Date) {
  const query = reportFor(chosen, now, UTC);
  return { ...query, metric: query.metric.filter((name) => !OF_CAMPAIGNS.includes(name)) };
}

/** The queries for the numbers of an account or a part of it, to batch with the page's own queries. */
export function accountQueries(ctx: MemberCtx, chosen: OverviewQuery, about: store.About = {}) {
  const { memberId } = ctx.actor;
  const query = queryOf(chosen, ctx.now());
  const days = { from: query.from ?? "", to: query.to ?? "" };
  return [
    accountRows(ctx, query, about),
    store.campaignRows(ctx.db, memberId, days, about),
    store.topReferrers(ctx.db, memberId, REFERRERS_SHOWN, about),
    store.owedNow(ctx.db, memberId, about),
  ] as const;
}

type Results = BatchResponse<ReturnType<typeof accountQueries>>;
export type AccountOverview = ReturnType<typeof asAccountOverview>;

/** The results of those queries. */
export function asAccountOverview(ctx: MemberCtx, chosen: OverviewQuery, [days, rows, leaders, [owed]]: Results) {
  const now = ctx.now();
  const campaigns = store.campaignNumbers(rows);
  const { revenue, report, currency } = accountReport(now, queryOf(chosen, now), days);
  return {
    numbers: { report, currency, zone: UTC, today: utcDay(now) },
    /** Net revenue in other currencies. */
    others: revenue.filter((one) => one.currency !== currency),
    campaigns: campaigns
      .toSorted(byReferrals)
      .slice(0, CAMPAIGNS_SHOWN)
      .map(({ channels: _, ...campaign }) => campaign),
    channels: inChannels(campaigns.flatMap((campaign) => campaign.channels)),
    leaders,
    owed: owed?.owed ?? 0,
  };
}

/** Sends the daily numbers of an account or of one of its brands as a file. */
export async function sendAccountFile(c: PageContext, chosen: OverviewQuery, brandId?: number) {
  const query = { ...reportFor(chosen, c.var.ctx.now(), UTC), compare: undefined };
  const { file, currency } = await accountFile(c.var.ctx, query, { brandId });
  return c.body(file, 200, csvHeaders(`analytics-${currency.toLowerCase()}`));
}

/** Campaigns with the most referrals first, then the most signups, then the most visits. */
const byReferrals = (a: store.CampaignNumbers, b: store.CampaignNumbers) =>
  b.referrals - a.referrals || b.signups - a.signups || b.clicks - a.clicks;

/** One entry per channel, with its revenue in every currency. */
function inChannels(rows: store.CampaignNumbers["channels"]) {
  return [...Map.groupBy(rows, ({ channel }) => channel)]
    .map(([channel, parts]) => {
      const sum = (name: "clicks" | "referrals") => parts.reduce((total, part) => total + part[name], 0);
      const money = [...Map.groupBy(parts, ({ currency }) => currency)]
        .map(([currency, own]) => ({ currency, net: own.reduce((net, part) => net + part.revenue - part.refunded, 0) }))
        .filter(({ net }) => net !== 0)
        .sort((a, b) => a.currency.localeCompare(b.currency));
      return {
        value: valueName("channel", channel),
        clicks: sum("clicks"),
        referrals: sum("referrals"),
        money: money.map(({ net, currency }) => shownAmount(net, currency)).join(" + ") || "–",
      };
    })
    .sort((a, b) => b.referrals - a.referrals || b.clicks - a.clicks || a.value.localeCompare(b.value));
}
