import type { Ctx } from "../../lib/ctx";
import { oldCodesIn } from "../../widget/old-link";
import { firstHolder, passedOnAliases, viaAlias, withCode } from "../aliases/alias";
import { publicHolders } from "../aliases/alias-store";
import { destinationOf } from "./share-link-store";

/**
 * `42/abc123`, or `42` with the other product's parameter, because a single redirect rule can send all its links here.
 */
const OLD_LINK = /^([1-9]\d{0,14})(?:\/(.*))?$/s;
const INVISIBLE = /[\p{Cf}\p{Z}\p{Cc}]+/gu;

/**
 * Reads a link with a campaign and a participant's code in another product. An unknown code also leads to the campaign.
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
