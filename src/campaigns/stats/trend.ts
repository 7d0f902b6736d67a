import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import type { Metric } from "./trend-schema";
import * as store from "./trend-store";

type Day = store.Day;

/** All days of a period, and those of the period before it. */
export type Trend = { days: Day[]; before: Day[] };

/** Retries and late counts may write to a day until this long after its end. */
const SETTLED_AFTER_MS = 2 * DAY_MS;
/** The longest period and the one before it, plus a few days. */
const KEPT_DAYS = 190;
const [ACCOUNTS_PER_ROUND, ROUNDS] = [20, 10];

const daysBefore = (now: Date, days: number) => utcDay(now.getTime() - days * DAY_MS);
const settledTo = (now: Date) => utcDay(now.getTime() - SETTLED_AFTER_MS);

/** The queries for the account's chart, to be batched with the page's own. */
export const accountTrend = (ctx: MemberCtx, days: number) => {
  const { memberId } = ctx.actor;
  const before = daysBefore(ctx.now(), 2 * days);
  return [
    store.settledDays(ctx.db, memberId, daysBefore(ctx.now(), 2 * days - 1)),
    store.openDays(ctx.db, memberId, before),
    store.rolledTo(ctx.db, memberId),
  ] as const;
};

export const brandTrend = (ctx: MemberCtx, brandId: number, days: number) =>
  store.brandDays(ctx.db, ctx.actor.memberId, brandId, daysBefore(ctx.now(), 2 * days));

/**
 * Sums up the account's days after the response, so that its next chart reads one row per day, whatever the number of
 * campaigns.
 */
export function settleLater(ctx: MemberCtx, rolled: { rolled_to: string } | undefined) {
  const to = settledTo(ctx.now());
  if (rolled && rolled.rolled_to >= to) return;
  ctx.later(ctx.db.batch(store.rollUpAccount(ctx.db, ctx.actor.memberId, daysBefore(ctx.now(), KEPT_DAYS), to)));
}

/** Sums up completed days for all accounts whose chart was ever opened. */
export async function settleDays({ db, now }: JobCtx): Promise<void> {
  const to = settledTo(now());
  for (let round = 0; round < ROUNDS; round++) {
    const [behind] = await db.batch([
      store.accountsBehind(db, to, ACCOUNTS_PER_ROUND),
      ...store.rollUpBehind(db, to, ACCOUNTS_PER_ROUND),
    ]);
    if (behind.length < ACCOUNTS_PER_ROUND) return;
  }
}

/** The period of `days` days that ends today, and the one before it. Days without data are zeros. */
export function asTrend(now: Date, days: number, ofCampaigns: store.CampaignDays[], settled: Day[] = []): Trend {
  const all = Array.from({ length: 2 * days }, (_, i) => ({ day: daysBefore(now, 2 * days - 1 - i), ...NOTHING }));
  const byDay = new Map(all.map((day) => [day.day, day]));
  const found = ofCampaigns.flatMap((campaign): Day[] => JSON.parse(campaign.days));
  for (const { day, signups, shares, clicks, impressions } of [...settled, ...found]) {
    const sum = byDay.get(day);
    if (!sum) continue;
    sum.signups += signups;
    sum.shares += shares;
    sum.clicks += clicks;
    sum.impressions += impressions;
  }
  return { days: all.slice(days), before: all.slice(0, days) };
}

const NOTHING = { signups: 0, shares: 0, clicks: 0, impressions: 0 };

export const valueOn = (day: Day, metric: Metric) => (metric === "participants" ? day.signups : day[metric]);
export const sumOf = (days: Day[], metric: Metric) => days.reduce((sum, day) => sum + valueOn(day, metric), 0);
