import type { MemberCtx } from "../lib/ctx";
import * as store from "./campaign-store";

/** The number of campaigns of the account, or of one of its brands, as an unrun query. */
export const campaignCount = (ctx: MemberCtx, brandId: number | undefined) =>
  store.campaignCount(ctx.db, ctx.actor.memberId, brandId);
