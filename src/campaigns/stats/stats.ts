import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import type { CampaignStats } from "./stats-schema";
import * as store from "./stats-store";

const DAYS_SHOWN = 30;
const DAY_MS = 86_400_000;

/** From kept counters only: as much work for a million participants as for one. @throws 404 */
export async function campaignStats(ctx: MemberCtx, campaignId: number): Promise<CampaignStats> {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const first = new Date(now.getTime() - (DAYS_SHOWN - 1) * DAY_MS);
  const [[totals], days] = await ctx.db.batch([
    store.totals(ctx.db, memberId, campaignId),
    store.signupDays(ctx.db, memberId, campaignId, utcDay(first), utcDay(now)),
  ]);
  if (!totals) throw notFound("campaign");
  return { ...totals, daily_signups: Object.fromEntries(days.map(({ day, signups }) => [day, signups])) };
}

const utcDay = (date: Date) => date.toISOString().slice(0, 10);
