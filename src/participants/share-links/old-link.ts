import type { Ctx } from "../../lib/ctx";
import { oldCodesIn } from "../../widget/old-link";
import { firstHolder, passedOnAliases, viaAlias, withCode } from "../aliases/alias";
import { publicHolders } from "../aliases/alias-store";
import { destinationOf } from "./share-link-store";

/** `42/abc123`, or `42` with the parameter of the other product: its links can be redirected here by a rule for all of them. */
const OLD_LINK = /^([1-9]\d{0,14})(?:\/(.*))?$/s;
const INVISIBLE = /[\p{Cf}\p{Z}\p{Cc}]+/gu;

/**
 * Reads a link with a campaign and a code that one of its participants had in another product. A code that nobody has
 * leads to the campaign, too.
 * @returns null if there is no such campaign
 */
export async function openOldLink(ctx: Ctx, text: string, passed: string[]) {
  const [found, campaign, rest = ""] = OLD_LINK.exec(text) ?? [];
  if (found === undefined) return null;
  const campaignId = Number(campaign);
  const code = decoded(rest).replace(INVISIBLE, "");
  const codes = passedOnAliases([code, ...oldCodesIn(passed.join("&"))]);
  const [holders, [destination]] = await ctx.db.batch([
    publicHolders(ctx.db, campaignId, codes),
    destinationOf(ctx.db, campaignId),
  ]);
  if (!destination) return null;
  const holder = firstHolder(codes, holders);
  return { destination, referral: holder ? await withCode(ctx, viaAlias(campaignId, holder)) : null };
}

function decoded(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
