import type { MemberCtx } from "../../lib/ctx";
import { invalid } from "../../lib/errors";
import { codeList, inParts, type SentCode } from "./code-list";
import { ownPool, validityOf } from "./coupon";
import { CODES_MAX } from "./coupon-schema";
import { knownCodes } from "./coupon-store";

/** Previews an upload of these codes. @throws 404 for another member's campaign */
export async function previewCodes(ctx: MemberCtx, campaignId: number, sent: SentCode[]) {
  if (sent.length > CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
  const { zone } = await ownPool(ctx, campaignId);
  const { codes, duplicates, ...list } = codeList(sent, validityOf({}, zone, ctx.now()));
  const [first, ...others] = inParts(codes).map((part) =>
    knownCodes(
      ctx.db,
      ctx.actor.memberId,
      campaignId,
      part.map(({ key }) => key),
    ),
  );
  const known = first ? (await ctx.db.batch([first, ...others])).flat() : [];
  const inPool = known.reduce((sum, { n }) => sum + n, 0);
  return { ...list, add: codes.length - inPool, duplicates: duplicates + inPool };
}
