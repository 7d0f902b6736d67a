import { accountReport, accountRows } from "../../campaigns/analytics/account-analytics";
import * as store from "../../campaigns/analytics/account-analytics-store";
import { valueName } from "../../campaigns/analytics/channel";
import type { MemberCtx } from "../../lib/ctx";
import { utcDay } from "../../lib/day";
import { UTC } from "../../lib/time-zone";
import { shownAmount } from "./money";
import { type OverviewQuery, reportFor } from "./period";

const [CAMPAIGNS_SHOWN, REFERRERS_SHOWN] = [8, 5];

/** The queries behind the numbers of an account, or of a part of it, to be batched with the page's own. */
export function accountQueries(ctx: MemberCtx, chosen: OverviewQuery, about: store.About = {}) {
  const { memberId } = ctx.actor;
  const query = reportFor(chosen, ctx.now(), UTC);
  const days = { from: query.from ?? "", to: query.to ?? "" };
  return [
    ...accountRows(ctx, query, about),
    store.topCampaigns(ctx.db, memberId, days, CAMPAIGNS_SHOWN, about),
    store.accountChannels(ctx.db, memberId, days, about),
    store.topReferrers(ctx.db, memberId, REFERRERS_SHOWN, about),
    store.owedNow(ctx.db, memberId, about),
  ] as const;
}

type Results = [
  Awaited<ReturnType<typeof store.accountDays>>,
  Awaited<ReturnType<typeof store.accountCohorts>>,
  store.CampaignNumbers[],
  store.ChannelNumbers[],
  store.TopReferrer[],
  { owed: number }[],
];
export type AccountOverview = ReturnType<typeof asAccountOverview>;

/** What those queries say. */
export function asAccountOverview(
  ctx: MemberCtx,
  chosen: OverviewQuery,
  [days, cohorts, campaigns, channels, leaders, [owed]]: Results,
) {
  const now = ctx.now();
  const { revenue, report, currency } = accountReport(now, reportFor(chosen, now, UTC), { days, cohorts });
  return {
    numbers: { report, currency, zone: UTC, today: utcDay(now) },
    /** Net revenue in further currencies. */
    others: revenue.filter((one) => one.currency !== currency),
    campaigns,
    channels: channelsOf(channels),
    leaders,
    owed: owed?.owed ?? 0,
  };
}

/** Each channel once, with its money in every currency. */
function channelsOf(rows: store.ChannelNumbers[]) {
  const byChannel = new Map<string, store.ChannelNumbers[]>();
  for (const row of rows) byChannel.set(row.value, [...(byChannel.get(row.value) ?? []), row]);
  return [...byChannel]
    .map(([value, parts]) => {
      const sum = (name: "clicks" | "signups" | "referrals") => parts.reduce((total, part) => total + part[name], 0);
      const earned = parts.filter(({ net_revenue }) => net_revenue !== 0);
      return {
        value: valueName("channel", value),
        clicks: sum("clicks"),
        referrals: sum("referrals"),
        money: earned.map(({ net_revenue, currency }) => shownAmount(net_revenue, currency)).join(" + ") || "–",
      };
    })
    .sort((a, b) => b.referrals - a.referrals || b.clicks - a.clicks);
}
