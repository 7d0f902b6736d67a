import type { Trade } from "./memory.ts";
import type { Found, ReasonCode } from "./reasons.ts";

/** A click on a participant's link, as the browser describes it. */
export type ClickSight = {
  /**
   * `Sec-Fetch-Dest`, `Sec-Fetch-Site`, and whether `Sec-Fetch-User` was sent. Null if the browser does not send them.
   */
  dest: string | null;
  site: string | null;
  by_person: boolean;
  agent: string | null;
  /** The host of the page that contains the link. */
  referrer: string | null;
};

const DEAL =
  /coupon|promo|deal|voucher|gutschein|rabatt|discount|cupom|cupon|codes?\b|honey|retailmenot|cashback|offers?\b|gift-?cards?|cardcash|gameflip|raise\.com/;

/** Whether the host offers coupons for many shops. */
export const isDealSite = (host: string | null) => host !== null && DEAL.test(host.toLowerCase());

/** By then, most refunds have been requested. */
const SETTLED_MS = 7 * 24 * 3_600_000;

/** Why an inviter's sales look bought or stuffed. Each reason applies to all of the sales. */
export function saleSignals({ clicks, hidden, unasked, deals, sales }: Trade, at: number): Found[] {
  const found: Found[] = [];
  const add = (code: ReasonCode, weight: number, isSo: boolean, which = sales) => {
    if (isSo) found.push({ code, weight, with: which.map(({ id }) => id) });
  };
  add("hidden_clicks", 0.85, hidden >= 3 && hidden >= 0.15 * clicks);
  add("unasked_clicks", 0.6, unasked >= 8 && unasked >= 0.5 * clicks);
  add("coupon_sites", 0.7, deals >= 3 && deals >= 0.3 * clicks);
  const coded = sales.filter((sale) => sale.by_code);
  add("code_without_clicks", 0.6, coded.length >= 6 && coded.length > 3 * (clicks + 1), coded);
  const refunded = sales.filter((sale) => sale.is_refunded);
  const settled = sales.filter((sale) => sale.is_refunded || sale.at < at - SETTLED_MS);
  add(
    "refunds",
    0.8,
    refunded.length >= 3 && refunded.length >= 0.4 * sales.length && refunded.length >= 0.65 * settled.length,
  );
  return found;
}
