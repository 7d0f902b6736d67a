import type { MemberCtx } from "../lib/ctx";
import * as store from "./campaign-store";

/** The number of campaigns in a list, as an unrun query. */
export const campaignCount = (ctx: MemberCtx, listed: store.Listed) =>
  store.campaignCount(ctx.db, ctx.actor.memberId, listed);
