import { checkoutKey } from "../../ledger/checkout-code";
import { readPassedOn } from "../../ledger/referral-code";
import { unseal } from "../../lib/crypto";
import type { MemberCtx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { notFound } from "../../lib/errors";
import type { Buyer } from "./happening";
import * as store from "./inbox-store";

/**
 * Who paid, and whose code they came with, as conversions take them. The ledger decides between a code and the buyer's own referrer.
 * @throws 404 if the payment names no participant
 */
export async function attribution(ctx: MemberCtx, row: store.Leased, sealed: string) {
  const named: Buyer = JSON.parse(await unseal(secret(ctx.env, "SEAL_SECRET"), sealed));
  const referral_code = await referralCodeIn(ctx, row, named.codes);
  const [[found]] = await ctx.db.batch([store.buyerIn(ctx.db, row, named, named.codes.map(checkoutKey))]);
  const code = referral_code ? { referral_code } : { checkout_code: found?.checkout };
  if (found?.buyer) return { participant_id: found.buyer, ...code };
  if (!referral_code && !found?.checkout) throw notFound("participant");
  return { email: named.email, ...code };
}

/** The first referral code of this campaign. One of another campaign is nobody's here. */
async function referralCodeIn(ctx: MemberCtx, { campaign_id }: store.Leased, codes: string[]) {
  for (const text of codes) {
    const read = await readPassedOn(ctx.env, text);
    if (read?.code && read.campaign_id === campaign_id) return read.code;
  }
  return null;
}
