import { randomBytes, seal, sha256Hex, toBase64 } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { AppError, invalid, notFound } from "../../lib/errors";
import { campaignHead } from "../campaign-head";
import type { Contest, ContestChange, PublicDraw } from "./contest-schema";
import * as store from "./contest-store";
import { ALGORITHM } from "./draw";

/** One of those who change a contest at once succeeds in each round. */
const PUT_TRIES = 10;

/** What is stored of a campaign's contest, for those who read more in the same round trip. */
export const storedContest = store.contestById;

/** @throws 404 when the campaign is not the member's, or has no contest. */
export async function contestOf(ctx: MemberCtx, campaignId: number): Promise<Contest> {
  const [[row]] = await ctx.db.batch([store.contestById(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!row) throw notFound("contest");
  return asContest(ctx, row);
}

/**
 * Makes the campaign's contest, or changes it. Its commitment is made with it and never again.
 * @throws 404, 400 for what cannot be, 409 `contest_drawn`, 409 `contest_started` for what would change who wins a contest under way, 409 `conflict`.
 */
export async function putContest(
  ctx: MemberCtx,
  campaignId: number,
  input: ContestChange,
  tries = PUT_TRIES,
): Promise<Contest> {
  if (tries === 0) throw new AppError("conflict", "Others are changing this contest too. Please try again.");
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
  // Somebody was faster: decide again on what is there now.
  if (!written || !row) return putContest(ctx, campaignId, input, tries - 1);
  return asContest(ctx, row);
}

/** @throws 404 */
export async function deleteContest(ctx: MemberCtx, campaignId: number) {
  const [[deleted]] = await commit(ctx, store.deleteContest(ctx.db, ctx.actor.memberId, campaignId));
  if (!deleted) throw notFound("contest");
  return { campaign_id: campaignId, deleted: true as const };
}

/** What anybody may know of a contest's draw. @throws 404 */
export async function publicDraw(ctx: Ctx, campaignId: number): Promise<PublicDraw> {
  const [[row]] = await ctx.db.batch([store.publishedDraw(ctx.db, campaignId)]);
  if (!row) throw notFound("contest");
  return { ...row, ...drawOf(ctx, row) };
}

/** The same for people to read. Only of a public campaign's contest is it told what it is about. @throws 404 */
export async function publicContest(ctx: Ctx, campaignId: number) {
  const [[row]] = await ctx.db.batch([store.publishedContest(ctx.db, campaignId)]);
  if (!row) throw notFound("contest");
  return { ...row, ...drawOf(ctx, row) };
}
export type PublicContest = Awaited<ReturnType<typeof publicContest>>;

/** A campaign's contest, if there is one, and who is ahead in it. @throws 404 when the campaign is not the member's. */
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

/** The list that winners were drawn from. @throws 404 before the draw. */
export async function entrantsOf(ctx: Ctx, campaignId: number): Promise<string> {
  const [[contest], parts] = await ctx.db.batch([
    store.isDrawn(ctx.db, campaignId),
    store.publishedList(ctx.db, campaignId),
  ]);
  if (!contest?.is_drawn) throw notFound("list of entrants yet");
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

/** 32 bytes that nobody reads before the draw, and the hash that binds us to them from now on. */
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
    throw new AppError("contest_started", "The contest has started: its weighting stays.");
  if (hasStarted && start_date > now)
    throw new AppError("contest_started", "The contest has started: its start cannot be put off any more.");
  refuseBackwards(start_date, end_date);
  return change;
}

function refuseBackwards(start: Date, end: Date) {
  if (end <= start) throw invalid("end_date", "must be after start_date");
}
