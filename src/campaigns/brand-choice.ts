import type { MemberCtx } from "../lib/ctx";
import * as store from "./campaign-store";

const MAX = 500;

export type BrandChoice = { id: number; name: string };

/** The account's newest brands for a select, as an unrun query. */
export const brandChoices = (ctx: MemberCtx) => store.brandChoices(ctx.db, ctx.actor.memberId, ctx.actor.brandIds, MAX);
