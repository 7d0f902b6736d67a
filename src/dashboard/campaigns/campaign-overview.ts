import { analyticsRows, reportOf } from "../../campaigns/analytics/analytics";
import { type Dimension, dimensions } from "../../campaigns/analytics/analytics-schema";
import { countedFrom, topValues, type ValueRow } from "../../campaigns/analytics/analytics-store";
import { valueName } from "../../campaigns/analytics/channel";
import type { MetricName } from "../../campaigns/analytics/metric";
import { campaignHead } from "../../campaigns/campaign-head";
import { linkOfCampaign } from "../../campaigns/ownership";
import { asRewardSettings, storedReward } from "../../campaigns/reward/reward-settings";
import { senderOfCampaign } from "../../campaigns/sending/campaign-sender";
import { withheldFor } from "../../campaigns/sending/may-send";
import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { localMinute } from "../../lib/time-zone";
import { leadersOf } from "../../participants/leaderboard";
import { type OverviewQuery, reportFor } from "../ui/period";
import * as store from "./campaign-overview-store";

const LEADERS_SHOWN = 5;
const VALUES_SHOWN = 8;
const COHORT: MetricName[] = ["participants", "sharers", "referrers", "friends", "k_factor"];
const EVENTS_SHOWN = 10;

export type Happening = { participant_id: number; name: string; at: Date } & (
  | { what: "signup"; invited: boolean }
  | { what: "reward"; role: "referrer" | "invited"; status: "pending" | "fulfilled" | "revoked" }
);
export type Totals = Awaited<ReturnType<typeof store.totals>>[number];

/** Everything on a campaign's overview page, in one round trip: stored counters and the ends of indexes. @throws 404 */
export async function campaignOverview(ctx: MemberCtx, id: number, chosen: OverviewQuery, zone: string) {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const query = reportFor(chosen, now, zone);
  const { from = "", to = "" } = query;
  const [[campaign], [totals], [reward], [link], days, values, [counted], leaders, signups, rewards, [sender]] =
    await ctx.db.batch([
      campaignHead(ctx, id),
      store.totals(ctx.db, memberId, id),
      storedReward(ctx.db, memberId, id),
      linkOfCampaign(ctx, id),
      analyticsRows(ctx, id, query),
      topValues(ctx.db, memberId, id, { from, to, max: VALUES_SHOWN }),
      countedFrom(ctx.db, memberId, id, { from, to }),
      leadersOf(ctx, id, LEADERS_SHOWN),
      store.lastSignups(ctx.db, memberId, id, EVENTS_SHOWN),
      store.lastRewards(ctx.db, memberId, id, EVENTS_SHOWN),
      senderOfCampaign(ctx, id),
    ]);
  if (!campaign || !totals || !reward || !sender) throw notFound("campaign");
  return {
    campaign,
    totals,
    reward: asRewardSettings(reward),
    sending: { withheld: withheldFor(ctx.env, sender), is_confirmed_by_email: sender.double_opt_in },
    takes_tokens: link?.in_vnoc === true,
    report: reportOf(now, query, days),
    weeks: reportOf(now, { ...query, metric: COHORT, interval: "week", compare: undefined }, days).rows,
    groups: groupsOf(values),
    /**
     * The first day of the period for which channels and sources are counted, if that is not all of it. A null day
     * means none of it.
     */
    counted: counted?.is_partial === 1 ? { from: counted.day } : null,
    zone,
    today: localMinute(now, zone).slice(0, 10),
    leaders,
    happenings: timeline(signups, rewards),
  };
}

/** The shown values, by dimension. */
function groupsOf(rows: ValueRow[]) {
  const groups = Object.fromEntries(dimensions.map((dimension) => [dimension, [] as ValueRow[]])) as Record<
    Dimension,
    ValueRow[]
  >;
  for (const row of rows)
    groups[row.dimension as Dimension]?.push({ ...row, value: valueName(row.dimension, row.value) });
  return groups;
}

type Signups = Awaited<ReturnType<typeof store.lastSignups>>;
type Rewards = Awaited<ReturnType<typeof store.lastRewards>>;

/** Newest first. At the same time, a reward comes above the signup that earned it. */
const timeline = (signups: Signups, rewards: Rewards): Happening[] =>
  [
    ...rewards.map(({ email, name, ...row }) => ({ what: "reward" as const, name: called(name, email), ...row })),
    ...signups.map(({ email, name, invited_by, ...row }) => ({
      what: "signup" as const,
      name: called(name, email),
      invited: invited_by !== null,
      ...row,
    })),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, EVENTS_SHOWN);

/** Erased participants have neither a name nor an email. */
const called = (name: string | null, email: string | null) => name || email || "Erased participant";
