import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";
import * as store from "./goal-store";

export type GoalChange = {
  goal_type?: "signup" | "visit" | undefined;
  num_signups?: number | undefined;
  num_visits?: number | null | undefined;
};

/** One round's participants: IDs above `first`, up to `last`. `due` is a JSON array of those who get the reward. */
export type Look = {
  campaign_id: number;
  mark: string;
  origin: string;
  first: number;
  last: number;
  people: number;
  due: string;
};

const PEOPLE_PER_ROUND = 1000;
/** The number of items that a ledger accepts at once. */
const REWARDS_AT_ONCE = 200;
/** A Worker may make a thousand calls, and a round makes at most seven. After a request, only 30 seconds are left. */
const [ROUNDS_PER_RUN, ROUNDS_AT_ONCE] = [100, 10];
const CAMPAIGNS_PER_RUN = 100;
/** Milliseconds. The next run begins a minute after this one began. */
const RUN_MS = 50_000;

/**
 * Records that this change lowers the goal, which rewards participants who have already reached the new one. Must run
 * before the change, in the same transaction. If it returns a row, call `settleGoal` after the commit.
 */
export const noteFall = (ctx: MemberCtx, id: number, change: GoalChange) =>
  store.noteFall(ctx.db, ctx.actor.memberId, id, change, { mark: newEventId(ctx.now()), origin: ctx.origin });

/**
 * Records that the campaign has a new or lower tier, if `isDue`. If it returns a row, call `settleGoal` after the
 * commit.
 */
export const noteRung = (ctx: MemberCtx, id: number, isDue: boolean) =>
  store.noteRung(ctx.db, ctx.actor.memberId, id, { mark: newEventId(ctx.now()), origin: ctx.origin, isDue });

/** Rewards the first thousands right away. The cron rewards the rest. */
export const settleGoal = (ctx: JobCtx, campaignId: number) => settleByTurns(ctx, [campaignId], ROUNDS_AT_ONCE);

/** Rewards participants who had reached a goal before it was lowered. */
export async function settleGoals(ctx: JobCtx): Promise<void> {
  const [falls] = await ctx.db.batch([store.openFalls(ctx.db, CAMPAIGNS_PER_RUN)]);
  await settleByTurns(
    ctx,
    falls.map((fall) => fall.campaign_id),
    ROUNDS_PER_RUN,
  );
}

/**
 * Campaigns take turns, so a large one does not block others. An interrupted run has completed whole rounds, and the
 * next run continues.
 */
async function settleByTurns(ctx: JobCtx, campaignIds: number[], rounds: number) {
  const until = ctx.now().getTime() + RUN_MS;
  const waiting = [...campaignIds];
  for (let round = 0; round < rounds && ctx.now().getTime() < until; round++) {
    const id = waiting.shift();
    if (id === undefined) return;
    try {
      if (await settleRound(ctx, id)) waiting.push(id);
    } catch (error) {
      log("error", "rewards for a lowered goal failed", { campaign_id: id, ...describeError(error) });
    }
  }
}

/**
 * Checks a campaign's next participants. When the ledger commits, it checks each of them against the goal again.
 * @returns false if none were left
 */
async function settleRound(ctx: JobCtx, campaignId: number): Promise<boolean> {
  const [[look]] = await ctx.db.batch([store.look(ctx.db, campaignId, PEOPLE_PER_ROUND)]);
  if (!look) return false;
  const due: number[] = JSON.parse(look.due);
  const now = ctx.now();
  for (let from = 0; from < due.length; from += REWARDS_AT_ONCE) {
    const items = due.slice(from, from + REWARDS_AT_ONCE).map((participant_id) => ({
      kind: "goal" as const,
      id: newEventId(now),
      at: now.getTime(),
      origin: look.origin,
      participant_id,
    }));
    await askLedger(ctx, campaignId, (ledger) => ledger.meetGoals(items));
  }
  const isLast = look.people < PEOPLE_PER_ROUND;
  await ctx.db.batch([isLast ? store.endFall(ctx.db, look) : store.moveOn(ctx.db, look)]);
  return true;
}
