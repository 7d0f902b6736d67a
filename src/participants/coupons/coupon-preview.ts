import type { MemberCtx } from "../../lib/ctx";
import { invalid } from "../../lib/errors";
import { codeList, inParts } from "./code-list";
import { CODES_MAX } from "./coupon-schema";
import { knownCodes } from "./coupon-store";

/** What an upload of these codes would do. The campaign is the member's. */
export async function previewCodes(ctx: MemberCtx, campaignId: number, values: unknown[]) {
  if (values.length > CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
  const { codes, duplicates, invalid: bad, invalid_at } = codeList(values);
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
  return { add: codes.length - inPool, duplicates: duplicates + inPool, invalid: bad, invalid_at };
}
