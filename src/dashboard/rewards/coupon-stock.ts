import { campaignHead } from "../../campaigns/campaign-head";
import type { MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { notFound } from "../../lib/errors";
import { UTC } from "../../lib/time-zone";
import { poolIn } from "../../participants/coupons/coupon";
import type { CouponFilter } from "../../participants/coupons/coupon-schema";
import * as store from "../../participants/coupons/coupon-store";

const LOOKED_BACK_DAYS = 14;
/** How many codes are counted for the pace. If more were given, the pace is that of these codes. */
const LOOKED_AT_MAX = 1000;
/** Beyond this many days, a forecast would be meaningless. */
const FORESEEN_DAYS = 3650;

/** A campaign's coupon codes: the pool, the pace at which it runs out, and a page of codes. @throws 404 */
export async function couponStock(ctx: MemberCtx, campaignId: number, filter: CouponFilter) {
  const { memberId } = ctx.actor;
  const now = ctx.now();
  const since = new Date(now.getTime() - LOOKED_BACK_DAYS * DAY_MS);
  const [[head], [stored], [lately], rows, uploads] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.poolOf(ctx.db, memberId, campaignId),
    store.givenLately(ctx.db, memberId, campaignId, since, LOOKED_AT_MAX),
    store.listedCoupons(ctx.db, memberId, campaignId, filter, now),
    store.uploadsOf(ctx.db, memberId, campaignId),
  ]);
  if (!head || !stored || !lately) throw notFound("campaign");
  const pool = poolIn(stored);
  const found = filter.code === undefined ? pool[filter.status ?? "total"] : rows.length;
  return {
    head,
    pool,
    pace: paceOf({ ...lately, available: pool.available }, now),
    rows,
    found,
    uploads,
    zone: stored.zone ?? UTC,
  };
}
export type CouponStock = Awaited<ReturnType<typeof couponStock>>;

/** The codes given per day, and when the last one will be given at this pace. Null if that is too far away. */
export type Pace = { per_day: number; runs_out: Date | null };

type Lately = { given: number; first: number | null; date_added: number; available: number };

/**
 * Measured over the last days, or since the campaign was created, but over at least one day: one coupon given a minute
 * ago is not a rush. If the count was cut off, measured over the time of the counted codes, at least an hour.
 */
export function paceOf({ given, first, date_added, available }: Lately, now: Date): Pace {
  const isCut = given >= LOOKED_AT_MAX && first !== null;
  const days = Math.min((now.getTime() - (isCut ? first : date_added)) / DAY_MS, LOOKED_BACK_DAYS);
  const per_day = given / Math.max(days, isCut ? 1 / 24 : 1);
  const left = available / per_day;
  return { per_day, runs_out: left <= FORESEEN_DAYS ? new Date(now.getTime() + left * DAY_MS) : null };
}
