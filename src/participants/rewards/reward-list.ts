import { ownedCampaign } from "../../campaigns/ownership";
import { toReward } from "../../ledger/records/earned-reward";
import type { Reward, RewardQuery } from "../../ledger/records/reward-schema";
import type { MemberCtx } from "../../lib/ctx";
import { invalid, notFound } from "../../lib/errors";
import { COUNT_LIMIT, type Since, type WalkPage } from "../../lib/page";
import { updatesOf } from "../../lib/updates";
import * as lists from "./reward-list-store";

/**
 * @throws 404 for another member's campaign; 400 if the reward to continue after was deleted, because its position is
 * unknown
 */
export async function rewards(ctx: MemberCtx, query: RewardQuery): Promise<WalkPage<Reward>> {
  const { memberId } = ctx.actor;
  const { participant_id, reward_type, brand_id, earned_after, earned_before, updated_since } = query;
  if (updated_since) return updatedRewards(ctx, { ...query, updated_since });
  const isKept = [participant_id, reward_type, brand_id, earned_after, earned_before].every(
    (value) => value === undefined,
  );
  const [rows, [counted], campaign, [cursor]] = await ctx.db.batch([
    lists.rewardsPage(ctx.db, memberId, query),
    isKept ? lists.keptCount(ctx.db, memberId, query) : lists.filteredCount(ctx.db, memberId, query, COUNT_LIMIT),
    ownedCampaign(ctx, query.campaign_id ?? 0),
    lists.cursor(ctx.db, memberId, query),
  ]);
  if (!cursor) throw invalid("after", "is not a reward of this account, or was deleted. Start over with `after=0`");
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return { rows: rows.map(toReward), total: counted?.total ?? 0 };
}

async function updatedRewards(ctx: MemberCtx, query: Since<RewardQuery>): Promise<WalkPage<Reward>> {
  const { memberId } = ctx.actor;
  const filters = ["campaign_id", "status", "reward_type"] as const;
  const page = await updatesOf(ctx.db, { list: "rewards", owner: memberId }, query, [...filters]);
  const isKept = query.reward_type === undefined;
  const [looked, rows, [counted], campaign] = await ctx.db.batch([
    page.looked,
    lists.updatedRewards(ctx.db, memberId, query, page.rows),
    isKept ? lists.keptCount(ctx.db, memberId, query) : lists.filteredCount(ctx.db, memberId, query, COUNT_LIMIT),
    ownedCampaign(ctx, query.campaign_id ?? 0),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return { rows: rows.map(toReward), total: counted?.total ?? 0, updates: page.after(looked, rows) };
}
