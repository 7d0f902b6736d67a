import type { Ctx } from "../../lib/ctx";
import * as store from "./email-queue-store";

export type { Leased as Mail } from "./email-queue-store";

const SHOWN = 50;

/** The latest emails of the whole installation, for local development. */
export async function recentMails(ctx: Ctx) {
  const [rows] = await ctx.db.batch([store.newest(ctx.db, SHOWN)]);
  return rows;
}
export async function someMail(ctx: Ctx, id: number) {
  const [[row]] = await ctx.db.batch([store.oneMail(ctx.db, id)]);
  return row ?? null;
}
