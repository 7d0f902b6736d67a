import type { MemberCtx } from "../lib/ctx";
import * as store from "./campaign-store";

const MAX = 500;

export type BrandChoice = { id: number; domain: string };

/** The account's brands to choose one of, the newest first, as an unrun query for the batch of the page that asks. */
export const brandChoices = (ctx: MemberCtx) => store.brandChoices(ctx.db, ctx.actor.memberId, MAX);
