import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import { notFound } from "../../lib/errors";
import type { CampaignStats } from "./stats-schema";
import * as store from "./stats-store";

const DAYS_SHOWN = 30;

/**
 * Reads only stored counters, so it costs the same for any number of participants.
 * @throws 404
 */
export async function campaignStats(ctx: MemberCtx, campaignId: number): Promise<CampaignStats> {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const first = now.getTime() - (DAYS_SHOWN - 1) * DAY_MS;
  const [[totals], days] = await ctx.db.batch([
    store.totals(ctx.db, memberId, campaignId),
    store.signupDays(ctx.db, memberId, campaignId, utcDay(first), utcDay(now)),
  ]);
  if (!totals) throw notFound("campaign");
  return { ...totals, daily_signups: Object.fromEntries(days.map(({ day, signups }) => [day, signups])) };
}
