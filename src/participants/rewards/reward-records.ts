import pLimit from "p-limit";
import { isGift, type RewardRow } from "../../../drizzle/schema";
import { ownedCampaign } from "../../campaigns/ownership";
import { askLedger } from "../../ledger/client";
import { isHeldNow, toReward } from "../../ledger/records/earned-reward";
import { kindFacts, kindOf, rewardKinds } from "../../ledger/records/reward-kinds";
import {
  ACTED_MAX,
  type Reward,
  type RewardActions,
  type RewardChange,
  type RewardDetails,
} from "../../ledger/records/reward-schema";
import type { ReleaseItem } from "../../ledger/rewards/release";
import { chunks } from "../../lib/chunks";
import { newEventId } from "../../lib/crypto";
import type { Ctx, JobCtx, MemberCtx } from "../../lib/ctx";
import { AppError, notFound } from "../../lib/errors";
import { COUNT_LIMIT } from "../../lib/page";
import { actionable } from "./action-store";
import * as store from "./reward-store";

/** A participant's newest rewards, as a query for a caller's own batch. */
export const rewardsOfParticipant = (ctx: Pick<Ctx, "db">, participantId: number) =>
  store.rewardsOfParticipant(ctx.db, participantId);

/** A participant's rewards that a review holds or revoked, as a query for a batch. */
export const reviewedRewardsOf = (ctx: Pick<Ctx, "db">, participantId: number) =>
  store.reviewedRewards(ctx.db, participantId);

/** The limit of a rule that the participant has reached, as a query for a batch. Read its rows with `toLimit`. */
export const limitOf = (ctx: Pick<Ctx, "db" | "now">, participantId: number) =>
  store.limitOf(ctx.db, participantId, ctx.now().toISOString().slice(0, 7));

export type Limit = keyof store.Limits;

export const toLimit = ([row]: store.Limits[]): Limit | null =>
  (["total", "month", "budget"] as const).find((limit) => row?.[limit]) ?? null;

/** A participant's number of rewards, counted up to 10,000, as a query for a caller's own batch. */
export const rewardCountOf = (ctx: Pick<Ctx, "db">, participantId: number) =>
  store.rewardCountOf(ctx.db, participantId, COUNT_LIMIT);

/**
 * Marks cash or a token as paid, or revokes a reward. Does nothing if the reward already has that status.
 * @throws 404, 409 if a coupon reward still waits for a code or the reward was revoked
 */
export async function changeReward(ctx: MemberCtx, id: number, change: RewardChange): Promise<Reward> {
  const [[row]] = await ctx.db.batch([store.rewardById(ctx.db, ctx.actor.memberId, id)]);
  return changed(ctx, row, change, ctx.requestEvent);
}

/** The result for one of several rewards. `refused` is the reason if nothing changed. */
export type RewardOutcome = { reward_id: number; refused: string | null };

/** The maximum number of items per call to a ledger, and of rewards per cron run. */
const RELEASED_AT_ONCE = 200;
const RELEASED_PER_RUN = 2000;

/** The number of ledgers to call at the same time. */
const CHANGED_AT_ONCE = 5;

/** Changes several rewards independently: an error is reported and does not stop the others. */
async function changeRewards(ctx: MemberCtx, ids: number[], change: RewardChange): Promise<RewardOutcome[]> {
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

/** The acting person or key, for a reward's history: the beginning of the API key, or the person. */
export const nameOf = ({ actor }: MemberCtx) => actor.keyPrefix ?? `person ${actor.personId ?? actor.memberId}`;

/**
 * A reward with its history.
 * @throws 404
 */
export async function rewardDetails(ctx: MemberCtx, id: number): Promise<RewardDetails> {
  const [[row], entries] = await ctx.db.batch([
    store.rewardById(ctx.db, ctx.actor.memberId, id),
    store.entriesOf(ctx.db, ctx.actor.memberId, id),
  ]);
  if (!row) throw notFound("reward");
  return withEntries(row, entries);
}

type Entry = Awaited<ReturnType<typeof store.entriesOf>>[number];

/** A coupon that waited for its code has no row for the assignment. `date_fulfilled` has the time. */
function withCode({ reward_type, date_fulfilled: at }: RewardRow, steps: Entry[]): Entry[] {
  const before = steps.filter((step) => at !== null && step.at <= at);
  if (reward_type !== rewardKinds.coupon.id || at === null || before.some(({ to }) => to === "fulfilled")) return steps;
  const assigned: Entry = { at, to: "fulfilled", amount: null, reason: "code assigned", by: null };
  return [...before, assigned, ...steps.slice(before.length)];
}

/** A reward's row with its history, from its rows in the credit ledger. */
export function withEntries(row: RewardRow, entries: Entry[]): RewardDetails {
  const reward = toReward(row);
  // Rewards of the campaign's own goal have no row for being earned, unless they were earned again.
  const given = row.date_fulfilled?.getTime() === row.date_earned.getTime() ? "fulfilled" : null;
  const own = { at: row.date_earned, to: given, amount: reward.amount, reason: "earned", by: null };
  const isOfGoal = row.rule_id === null && !isGift(row) && !entries.some(({ reason }) => reason === "earned");
  const steps = withCode(row, isOfGoal ? [own, ...entries] : entries);
  const first = isOfGoal && steps.length === 1 ? reward.status : "pending";
  let status: string | null = null;
  const told = steps.map((step) => {
    const from = status;
    status = step.to ?? status ?? first;
    return { ...step, from, to: status };
  });
  return { ...reward, entries: told };
}

/**
 * Approves, fulfills, or revokes several rewards independently: those with these IDs, or the oldest that match a
 * filter.
 * @throws 404 for a filter with another member's campaign
 */
export async function actOnRewards(ctx: MemberCtx, { ids, filter, ...act }: RewardActions) {
  if (!filter) return { results: await actOn(ctx, ids ?? [], act), has_more: false };
  const [campaign, matching] = await ctx.db.batch([
    ownedCampaign(ctx, filter.campaign_id),
    actionable(ctx.db, ctx.actor.memberId, filter, act.action, ACTED_MAX + 1),
  ]);
  if (campaign.length === 0) throw notFound("campaign");
  const found = matching.map(({ id }) => id);
  return { results: await actOn(ctx, found.slice(0, ACTED_MAX), act), has_more: found.length > ACTED_MAX };
}

/** Approving a reward that is not waiting for approval changes nothing. */
async function actOn(ctx: MemberCtx, ids: number[], { action, note }: Pick<RewardActions, "action" | "note">) {
  if (ids.length === 0) return [];
  if (action !== "approve") {
    const status = action === "fulfill" ? ("fulfilled" as const) : ("revoked" as const);
    const outcomes = await changeRewards(ctx, ids, { status, note });
    return outcomes.map(({ reward_id, refused }) => ({
      id: reward_id,
      done: refused === null,
      status: refused === null ? status : null,
      error: refused,
    }));
  }
  const [rows] = await ctx.db.batch([store.rewardsById(ctx.db, ctx.actor.memberId, ids)]);
  const waiting = rows.filter((row) => row.status === "pending" && row.needs_approval === true);
  const released = await release(ctx, waiting, (id) => ({
    id: `${ctx.requestEvent}_p${id}`,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    approves: true,
    by: nameOf(ctx),
    note: note ?? null,
  }));
  return [...new Set(ids)].map((id) => {
    const now = released.get(id);
    const known = rows.some((row) => row.id === id);
    // A reward that was revoked in the meantime stays revoked.
    const isApproved = now !== undefined && now.status !== "revoked";
    const error = isApproved ? null : known ? "The reward is not waiting for approval." : "This reward does not exist.";
    return { id, done: isApproved, status: now ? toReward(now).status : null, error };
  });
}

type Release = Omit<ReleaseItem, "kind" | "reward_id">;

/** Asks these rewards' ledgers to release them. @returns the rewards afterwards, by ID */
async function release(
  ctx: Pick<Ctx, "db" | "env">,
  rewards: { id: number; campaign_id: number }[],
  itemOf: (id: number) => Release,
): Promise<Map<number, RewardRow>> {
  const released = new Map<number, RewardRow>();
  for (const [campaign, own] of Map.groupBy(rewards, (reward) => reward.campaign_id)) {
    const items = own.map(({ id }) => ({ kind: "release" as const, reward_id: id, ...itemOf(id) }));
    for (const part of chunks(items, RELEASED_AT_ONCE)) {
      const rows: (RewardRow | null)[] = await askLedger(ctx, campaign, (ledger) => ledger.release(part));
      for (const row of rows) if (row) released.set(row.id, row);
    }
  }
  return released;
}

/** Releases held rewards whose hold is over. The next run handles the rest. */
export async function releaseRewards(ctx: JobCtx): Promise<void> {
  const now = ctx.now();
  const [due] = await ctx.db.batch([store.dueRewards(ctx.db, now, RELEASED_PER_RUN)]);
  await release(ctx, due, () => ({
    id: newEventId(now),
    at: now.getTime(),
    origin: ctx.env.PUBLIC_URL ?? "",
    approves: false,
    by: "hold",
    note: null,
  }));
}

/** `event` becomes the ID of the published event. */
async function changed(ctx: MemberCtx, row: RewardRow | undefined, change: RewardChange, event: string) {
  if (!row) throw notFound("reward");
  if (row.status === change.status && row.date_expired === null) return toReward(row);
  refuseImpossible(row, change);
  const item = {
    kind: "reward" as const,
    id: event,
    at: ctx.now().getTime(),
    origin: ctx.origin,
    reward_id: row.id,
    status: change.status,
    note: change.note ?? null,
    by: nameOf(ctx),
  };
  const now = await askLedger(ctx, row.campaign_id, (ledger) => ledger.changeReward(item));
  if (!now) throw notFound("reward");
  if (now.status !== change.status || now.date_expired) {
    refuseImpossible(now, change);
    throw new AppError("conflict", "The token is on its way. Wait until its transfer is confirmed or fails.");
  }
  return toReward(now);
}

function refuseImpossible(
  row: Pick<RewardRow, "status" | "reward_type" | "held_until" | "needs_approval" | "date_expired">,
  change: RewardChange,
) {
  if (change.status === "fulfilled" && isHeldNow(row))
    throw new AppError(
      "conflict",
      "The reward is on hold. It becomes pending after its hold is over and it is approved.",
    );
  if (row.date_expired) throw new AppError("conflict", "The reward expired and cannot be changed.");
  if (row.status === "revoked") throw new AppError("conflict", "The reward was revoked and cannot be changed.");
  if (change.status === "fulfilled" && kindFacts(kindOf(row.reward_type)).fulfilled === "by code")
    throw new AppError("conflict", "The reward is waiting for a coupon code. Upload codes to fulfill it.");
}
