import type { Ctx, MemberCtx } from "../../lib/ctx";
import * as store from "./email-facts-store";

export type { Leased as Mail } from "./email-facts-store";

const SHOWN = 50;

/** The latest emails of the whole installation, for local development. */
export async function recentMails(ctx: Ctx) {
  const [rows] = await ctx.db.batch([store.newest(ctx.db, SHOWN)]);
  return rows;
}
/** An account's latest test mode emails. */
export async function testMails({ db, actor }: MemberCtx) {
  const [rows] = await db.batch([store.newestTests(db, actor.memberId, SHOWN)]);
  return rows;
}
export async function testMail({ db, actor }: MemberCtx, id: number) {
  const [[row]] = await db.batch([store.oneTest(db, actor.memberId, id)]);
  return row ?? null;
}

export async function someMail(ctx: Ctx, id: number) {
  const [[row]] = await ctx.db.batch([store.oneMail(ctx.db, id)]);
  return row ?? null;
}
