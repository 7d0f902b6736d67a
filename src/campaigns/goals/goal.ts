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

/** A round's people, and who of them gets the reward: ids above `first` up to `last`, `due` as JSON. */
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
/** What a ledger takes at once. */
const REWARDS_AT_ONCE = 200;
/** A Worker may make a thousand calls, and a round makes seven at most. Right after the change it has half a minute. */
const [ROUNDS_PER_RUN, ROUNDS_AT_ONCE] = [100, 10];
const CAMPAIGNS_PER_RUN = 100;
/** The next run begins a minute after this one did. */
const RUN_MS = 50_000;

/**
 * Notes that a campaign's goal falls, if it will by this change: who has reached the new one already has earned by that. A row if so,
 * and `settleGoal` is to be called after the commit. To stand before the change in its transaction.
 */
export const noteFall = (ctx: MemberCtx, id: number, change: GoalChange) =>
  store.noteFall(ctx.db, ctx.actor.memberId, id, change, { mark: newEventId(ctx.now()), origin: ctx.origin });

/** Rewards the first thousands at once; the others, and whoever is missed where this is cut short, are left to the cron. */
export const settleGoal = (ctx: JobCtx, campaignId: number) => settleByTurns(ctx, [campaignId], ROUNDS_AT_ONCE);

/** Rewards those who had reached a goal before it fell to where they are. */
export async function settleGoals(ctx: JobCtx): Promise<void> {
  const [falls] = await ctx.db.batch([store.openFalls(ctx.db, CAMPAIGNS_PER_RUN)]);
  await settleByTurns(
    ctx,
    falls.map((fall) => fall.campaign_id),
    ROUNDS_PER_RUN,
  );
}

/** Round by round, so that nobody waits for a large campaign to end. Whoever is cut short has done whole rounds, and the next run goes on. */
async function settleByTurns(ctx: JobCtx, campaignIds: number[], rounds: number) {
  const until = ctx.now().getTime() + RUN_MS;
  const waiting = [...campaignIds];
  for (let round = 0; round < rounds && ctx.now().getTime() < until; round++) {
    const id = waiting.shift();
    if (id === undefined) return;
    try {
      if (await settleRound(ctx, id)) waiting.push(id);
    } catch (error) {
      log("error", "goal not settled", { campaign_id: id, ...describeError(error) });
    }
  }
}

/** Looks at the next people of a campaign. The ledger holds each against the goal once more, at the moment of its commit. False: there were none to look at. */
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
