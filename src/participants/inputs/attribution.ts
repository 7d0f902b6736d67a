import { checkoutKey } from "../../ledger/records/checkout-code";
import { unseal } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { notFound } from "../../lib/errors";
import { referralOf } from "../aliases/alias";
import type { Buyer } from "./happening";
import * as store from "./inbox-store";

/**
 * The buyer and the code they came with, in the form that conversions accept. The ledger decides between a code and the
 * buyer's own referrer.
 *
 * Buyers control most of a payment's metadata, so it allows nothing that a link would not: a referral code counts if it
 * is signed or a code of another product, and an ID counts unless their email belongs to another participant.
 * @throws 404 if the payment identifies no participant
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
