import { campaignHead } from "../../campaigns/campaign-head";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { notFound } from "../../lib/errors";
import type { Pool } from "../../participants/coupons/coupon";
import type { CouponFilter } from "../../participants/coupons/coupon-schema";
import * as store from "../../participants/coupons/coupon-store";

const LOOKED_BACK_DAYS = 14;
/** So many of the last codes are read at most; where more were given, the pace is theirs. */
const LOOKED_AT_MAX = 1000;
/** What is further away is no forecast. */
const FORESEEN_DAYS = 3650;

/** A campaign's pool with the pace at which it empties, and a page of its codes. @throws 404 */
export async function couponStock(ctx: MemberCtx, campaignId: number, filter: CouponFilter) {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const since = new Date(now.getTime() - LOOKED_BACK_DAYS * DAY_MS);
  const [[head], [stored], [lately], rows] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.poolOf(ctx.db, memberId, campaignId),
    store.givenLately(ctx.db, memberId, campaignId, since, LOOKED_AT_MAX),
    store.listedCoupons(ctx.db, memberId, campaignId, filter),
  ]);
  if (!head || !stored || !lately) throw notFound("campaign");
  const { total, available } = stored;
  const pool: Pool = { total, available, assigned: total - available };
  const found = filter.code === undefined ? (filter.status ? pool[filter.status] : total) : rows.length;
  return { head, pool, pace: paceOf({ ...lately, available }, now), rows, found };
}
export type CouponStock = Awaited<ReturnType<typeof couponStock>>;

/** How many codes go in a day, and when the last one does at this pace. */
export type Pace = { per_day: number; runs_out: Date | null };

type Lately = { given: number; first: number | null; date_added: number; available: number };

/** Over the last days, or as long as the campaign is there: a day at least, so that one coupon of a minute ago is no rush. */
export function paceOf({ given, first, date_added, available }: Lately, now: Date): Pace {
  const isCut = given >= LOOKED_AT_MAX && first !== null;
  const days = Math.min((now.getTime() - (isCut ? first : date_added)) / DAY_MS, LOOKED_BACK_DAYS);
  const per_day = given / Math.max(days, isCut ? 1 / 24 : 1);
  const left = available / per_day;
  return { per_day, runs_out: left <= FORESEEN_DAYS ? new Date(now.getTime() + left * DAY_MS) : null };
}
