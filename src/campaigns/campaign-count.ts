import type { MemberCtx } from "../lib/ctx";
import * as store from "./campaign-store";

/** How many campaigns the account or one of its brands has, as an unrun query for the batch that asks. */
export const campaignCount = (ctx: MemberCtx, brandId: number | undefined) =>
  store.campaignCount(ctx.db, ctx.actor.memberId, brandId);
