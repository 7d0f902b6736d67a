import pLimit from "p-limit";
import type { RewardRow } from "../../../drizzle/schema";
import { ownedCampaign } from "../../campaigns/ownership";
import { askLedger } from "../../ledger/client";
import { toReward } from "../../ledger/earned-reward";
import { kindFacts, kindOf } from "../../ledger/reward-kinds";
import type { Reward, RewardChange, RewardQuery } from "../../ledger/reward-schema";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import { COUNT_LIMIT, type Page } from "../../lib/page";
import * as store from "./reward-store";

/** @throws 404 if the campaign is not the member's */
export async function rewards(ctx: MemberCtx, query: RewardQuery): Promise<Page<Reward>> {
  const { memberId } = ctx.actor;
  const isKept = query.participant_id === undefined && query.reward_type === undefined;
  const [rows, [counted], campaign] = await ctx.db.batch([
    store.rewardsPage(ctx.db, memberId, query),
    isKept ? store.keptCount(ctx.db, memberId, query) : store.filteredCount(ctx.db, memberId, query, COUNT_LIMIT),
    ownedCampaign(ctx, query.campaign_id ?? 0),
  ]);
  if (query.campaign_id !== undefined && campaign.length === 0) throw notFound("campaign");
  return { rows: rows.map(toReward), total: counted?.total ?? 0 };
}

/** A participant's newest rewards, as a query that a caller can add to a batch. */
export const rewardsOfParticipant = (ctx: Pick<Ctx, "db">, participantId: number) =>
  store.rewardsOfParticipant(ctx.db, participantId);

/** How many rewards a participant has, counted up to 10,000, as a query that a caller can add to a batch. */
export const rewardCountOf = (ctx: Pick<Ctx, "db">, participantId: number) =>
  store.rewardCountOf(ctx.db, participantId, COUNT_LIMIT);

/**
 * Marks cash or a token as paid, or revokes a reward. Does nothing if the reward already has that status.
 * @throws 404, or 409 if a coupon reward still waits for a code or the reward was revoked
 */
export async function changeReward(ctx: MemberCtx, id: number, change: RewardChange): Promise<Reward> {
  const [[row]] = await ctx.db.batch([store.rewardById(ctx.db, ctx.actor.memberId, id)]);
  return changed(ctx, row, change, ctx.requestEvent);
}

/** The result for one of several rewards. `refused` is the reason if nothing changed. */
export type RewardOutcome = { reward_id: number; refused: string | null };

/** Ledgers called at the same time. */
const CHANGED_AT_ONCE = 5;

/** Changes several rewards independently: a refusal is reported and does not stop the others. */
export async function changeRewards(ctx: MemberCtx, ids: number[], change: RewardChange): Promise<RewardOutcome[]> {
  const [rows] = await ctx.db.batch([store.rewardsById(ctx.db, ctx.actor.memberId, ids)]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const atOnce = pLimit(CHANGED_AT_ONCE);
  const outcome = async (reward_id: number): Promise<RewardOutcome> => {
    try {
      await changed(ctx, known.get(reward_id), change, `${ctx.requestEvent}_r${reward_id}`);
      return { reward_id, refused: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { reward_id, refused: error.message };
    }
  };
  return Promise.all([...new Set(ids)].map((id) => atOnce(() => outcome(id))));
}

/** `event` becomes the ID of the published event. */
async function changed(ctx: MemberCtx, row: RewardRow | undefined, change: RewardChange, event: string) {
  if (!row) throw notFound("reward");
  if (row.status === change.status) return toReward(row);
  refuseImpossible(row, change);
  const item = {
    kind: "reward" as const,
    id: event,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    reward_id: row.id,
    status: change.status,
    note: change.note ?? null,
  };
  const now = await askLedger(ctx, row.campaign_id, (ledger) => ledger.changeReward(item));
  if (!now) throw notFound("reward");
  if (now.status !== change.status) refuseImpossible(now, change);
  return toReward(now);
}

function refuseImpossible(row: Pick<RewardRow, "status" | "reward_type">, change: RewardChange) {
  if (row.status === "revoked") throw new AppError("conflict", "The reward was revoked and cannot be changed.");
  if (change.status === "fulfilled" && kindFacts(kindOf(row.reward_type)).fulfilled === "by code")
    throw new AppError("conflict", "The reward is waiting for a coupon code. Upload codes to fulfill it.");
}
