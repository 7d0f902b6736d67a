import type { MemberCtx } from "../../lib/ctx";
import { coupons } from "../../participants/coupons/coupon";
import type { CouponQuery } from "../../participants/coupons/coupon-schema";

const SLICE = 1000;

export const COUPON_COLUMNS = ["code", "status", "participant_id", "date_assigned", "valid_until"];

/** The campaign's codes, oldest first, in slices. @throws 404 */
export async function* couponSlices(ctx: MemberCtx, campaignId: number, status: CouponQuery["status"]) {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const { rows } = await coupons(ctx, campaignId, { status, after, page: 1, limit: SLICE });
    yield rows.map(({ code, status: side, participant_id, date_assigned, valid_until }) => [
      code,
      side,
      participant_id,
      date_assigned ? new Date(date_assigned).toISOString() : null,
      valid_until ? new Date(valid_until).toISOString() : null,
    ]);
    after = rows.length === SLICE ? rows.at(-1)?.id : undefined;
  }
}
