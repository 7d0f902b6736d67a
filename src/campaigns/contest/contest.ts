import { randomBytes, seal, sha256Hex, toBase64 } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { AppError, invalid, notFound } from "../../lib/errors";
import { campaignHead } from "../campaign-head";
import type { Contest, ContestChange, PublicDraw } from "./contest-schema";
import * as store from "./contest-store";
import { ALGORITHM } from "./draw";

/** If several people change a contest at once, one of them succeeds in each round. */
const PUT_TRIES = 10;

/** The stored contest of a campaign, as an unrun query. */
export const storedContest = store.contestById;

/** @throws 404 if the campaign is not the member's or has no contest */
export async function contestOf(ctx: MemberCtx, campaignId: number): Promise<Contest> {
  const [[row]] = await ctx.db.batch([store.contestById(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!row) throw notFound("contest");
  return asContest(ctx, row);
}

/**
 * Creates the campaign's contest or changes it. Its commitment is created with it and never changes.
 * @throws 404, 400 for invalid values, 409 `contest_drawn`, 409 `contest_started` for changes that could affect who
 * wins a running contest, 409 `conflict`
 */
export async function putContest(
  ctx: MemberCtx,
  campaignId: number,
  input: ContestChange,
  tries = PUT_TRIES,
): Promise<Contest> {
  if (tries === 0) throw new AppError("conflict", "Someone else is changing this contest. Try again.");
  const { memberId } = ctx.actor;
  const [[campaign], [seen]] = await ctx.db.batch([
    store.campaignById(ctx.db, memberId, campaignId),
    store.contestById(ctx.db, memberId, campaignId),
  ]);
  if (!campaign) throw notFound("campaign");
  const write = seen
    ? store.updateContest(ctx.db, memberId, seen, allowedChange(seen, input, ctx.now()))
    : store.insertContest(ctx.db, memberId, await newContest(ctx, campaignId, input));
  const [[written], [row]] = await commit(ctx, write, store.contestById(ctx.db, memberId, campaignId));
  // Someone else was faster. Decide again from the current contest.
  if (!written || !row) return putContest(ctx, campaignId, input, tries - 1);
  return asContest(ctx, row);
}

/** @throws 404 */
export async function deleteContest(ctx: MemberCtx, campaignId: number) {
  const [[deleted]] = await commit(ctx, store.deleteContest(ctx.db, ctx.actor.memberId, campaignId));
  if (!deleted) throw notFound("contest");
  return { campaign_id: campaignId, deleted: true as const };
}

/**
 * The public data of a draw.
 * @throws 404
 */
export async function publicDraw(ctx: Ctx, campaignId: number): Promise<PublicDraw> {
  const [[row]] = await ctx.db.batch([store.publishedDraw(ctx.db, campaignId)]);
  if (!row) throw notFound("contest");
  return { ...row, ...drawOf(ctx, row) };
}

/**
 * The same for the public page. What the contest is about is included only if the campaign is public.
 * @throws 404
 */
export async function publicContest(ctx: Ctx, campaignId: number) {
  const [[row]] = await ctx.db.batch([store.publishedContest(ctx.db, campaignId)]);
  if (!row) throw notFound("contest");
  return { ...row, ...drawOf(ctx, row) };
}
export type PublicContest = Awaited<ReturnType<typeof publicContest>>;

/**
 * A campaign's contest, if it has one, and its standings.
 * @throws 404 if the campaign is not the member's
 */
export async function contestState(ctx: MemberCtx, campaignId: number) {
  const { memberId } = ctx.actor;
  const [[head], [row], standings] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.contestById(ctx.db, memberId, campaignId),
    store.standings(ctx.db, memberId, campaignId),
  ]);
  if (!head) throw notFound("campaign");
  return { head, contest: row ? asContest(ctx, row) : null, standings };
}
export type ContestState = Awaited<ReturnType<typeof contestState>>;

/**
 * The list that the winners were drawn from.
 * @throws 404 before the draw
 */
export async function entrantsOf(ctx: Ctx, campaignId: number): Promise<string> {
  const [[contest], parts] = await ctx.db.batch([
    store.isDrawn(ctx.db, campaignId),
    store.publishedList(ctx.db, campaignId),
  ]);
  if (!contest?.is_drawn) throw new AppError("not_found", "There is no list of entrants before the draw.");
  return parts.map((part) => part.list).join("");
}

type Drawable = Pick<
  Contest["draw"],
  "commitment" | "committed_at" | "seed" | "entrants_hash" | "entrants_count" | "total_entries"
> & { campaign_id: number; winners: { index: number }[] };

const drawOf = (ctx: Pick<Ctx, "origin">, row: Drawable): Contest["draw"] => ({
  algorithm: ALGORITHM,
  commitment: row.commitment,
  committed_at: row.committed_at,
  seed: row.seed,
  entrants_hash: row.entrants_hash,
  entrants_count: row.entrants_count,
  total_entries: row.total_entries,
  winner_indices: row.winners.map((winner) => winner.index),
  entrants_url: `${ctx.origin}/api/v1/contests/${row.campaign_id}/entrants`,
});

export const asContest = (ctx: MemberCtx, row: Drawable & Omit<Contest, "draw">): Contest => ({
  ...row,
  draw: drawOf(ctx, row),
});

/** Creates the seed, 32 random bytes that stay secret until the draw, and the hash that commits us to it. */
async function newContest(ctx: MemberCtx, campaign_id: number, input: ContestChange) {
  const { contest_name, end_date } = input;
  if (contest_name === undefined) throw invalid("contest_name", "is required");
  if (end_date === undefined) throw invalid("end_date", "is required");
  const { start_date = ctx.now() } = input;
  refuseBackwards(start_date, end_date);
  const seed = randomBytes(32);
  return {
    campaign_id,
    contest_name,
    description: input.description ?? null,
    start_date,
    end_date,
    max_winners: input.max_winners ?? 1,
    max_display: input.max_display ?? 10,
    is_on: input.is_on ?? true,
    weighting: input.weighting ?? "entries",
    seed: await seal(secret(ctx.env, "SEAL_SECRET"), toBase64(seed)),
    commitment: await sha256Hex(seed),
    committed_at: ctx.now(),
  };
}

type Seen = Pick<Contest, "drawn_at" | "start_date" | "end_date" | "weighting">;

function allowedChange(contest: Seen, change: ContestChange, now: Date): ContestChange {
  if (contest.drawn_at) throw new AppError("contest_drawn");
  const { start_date, end_date, weighting } = { ...contest, ...change };
  const hasStarted = contest.start_date <= now;
  if (hasStarted && weighting !== contest.weighting)
    throw new AppError("contest_started", "The contest has already started; its weighting can no longer be changed.");
  if (hasStarted && start_date > now)
    throw new AppError("contest_started", "The contest has already started; its start date can no longer be changed.");
  refuseBackwards(start_date, end_date);
  return change;
}

function refuseBackwards(start: Date, end: Date) {
  if (end <= start) throw invalid("end_date", "must be after start_date");
}
