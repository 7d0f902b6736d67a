import { checkoutKey } from "../../ledger/checkout-code";
import { unseal } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { notFound } from "../../lib/errors";
import { referralOf } from "../aliases/alias";
import type { Buyer } from "./happening";
import * as store from "./inbox-store";

/**
 * Who paid, and whose code they came with, as conversions take them. The ledger decides between a code and the buyer's own referrer.
 *
 * Buyers can write most of what a payment has attached, so it tells no more than they could do with a link: a referral code counts
 * if it is signed or a code of another product, and an id counts unless their email is another participant's.
 * @throws 404 if the payment names no participant
 */
export async function attribution(ctx: MemberCtx, row: store.Leased, sealed: string) {
  const named: Buyer = JSON.parse(await unseal(secret(ctx.env, "SEAL_SECRET"), sealed));
  const referral = await referralOf(ctx, row.campaign_id, named.codes);
  const [[found]] = await ctx.db.batch([store.buyerIn(ctx.db, row, named, named.codes.map(checkoutKey))]);
  const isReferred = referral !== null || Boolean(found?.checkout) || Boolean(found?.invited_by);
  const code = referral ? { referral_code: referral.code } : { checkout_code: found?.checkout };
  if (found?.buyer) return { isReferred, who: { participant_id: found.buyer, ...code } };
  if (!referral && !found?.checkout) throw notFound("participant");
  return { isReferred, who: { email: named.email, ...code } };
}
