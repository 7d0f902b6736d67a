import type { Ctx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { leadersOf, toLeaders } from "../../participants/leaderboard";
import { toConfig } from "./widget-config";
import * as store from "./widget-config-store";

const LEADERS_MAX = 10;

/** The leaderboard if the campaign shows it, otherwise an empty list. @throws 404 if there is no such campaign */
export async function leaders(ctx: Ctx, campaignId: number) {
  const [[row], ranked] = await ctx.db.batch([
    store.configOf(ctx.db, campaignId),
    leadersOf(ctx, campaignId, LEADERS_MAX),
  ]);
  if (!row) throw notFound("campaign");
  return toConfig(row, ctx.now()).leaderboard ? toLeaders(ranked) : [];
}
