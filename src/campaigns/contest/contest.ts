import { randomBytes, seal, sha256Hex, toBase64 } from "../../lib/crypto";
import type { Ctx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { secret } from "../../lib/env";
import { AppError, invalid, notFound } from "../../lib/errors";
import { campaignHead } from "../campaign-head";
import type { Contest, ContestChange } from "./contest-schema";
import * as store from "./contest-store";
import { ALGORITHM } from "./draw";
import { records } from "./proof-store";
import { recordHash } from "./record";

/** If several people change a contest at once, one of them succeeds per round. */
const PUT_TRIES = 10;
/** The maximum number of new contests of a campaign within 30 days: enough for a daily one and some withdrawn ones. */
const CONTESTS_PER_PACE = 40;
const PACE_MS = 30 * 24 * 3600_000;
/**
 * The maximum number of changes to a running contest's dates and number of winners. Its proof shows how many were made.
 */
const CHANGES_MAX = 20;
/** Allows for callers whose clock is behind, and for forms that show minutes. */
const JUST_NOW_MS = 60_000;
const IN_FUTURE = "must be in the future";

/** The stored contest of a campaign, as an unrun query. */
export const storedContest = store.contestById;

/** @throws 404 if the campaign is another member's or has no contest */
export async function contestOf(ctx: MemberCtx, campaignId: number): Promise<Contest> {
  const [[row]] = await ctx.db.batch([store.contestById(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!row) throw notFound("contest");
  return asContest(ctx, row);
}

/**
 * Creates or changes the campaign's contest. Its commitment is created with it and never changes.
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
  const write = seen ? changed(ctx, seen, input) : (await created(ctx, campaignId, input)).insert;
  const [[written], [row]] = await commit(ctx, write, store.contestById(ctx.db, memberId, campaignId));
  // Someone else was faster. Decide again, based on the current contest.
  if (!written || !row) return putContest(ctx, campaignId, input, tries - 1);
  return asContest(ctx, row);
}

/** Removes the contest from the campaign. It stays on record, whether or not it was drawn. @throws 404 */
export async function deleteContest(ctx: MemberCtx, campaignId: number) {
  const [[deleted]] = await commit(ctx, store.deleteContest(ctx.db, ctx.actor.memberId, campaignId));
  if (!deleted) throw notFound("contest");
  return { campaign_id: campaignId, deleted: true as const };
}

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

type Drawable = Pick<
  Contest["draw"],
  "commitment" | "committed_at" | "seed" | "entrants_hash" | "entrants_count" | "total_entries"
> & { campaign_id: number; number: number; winners: { index: number }[] };

/** The part of a contest that also appears in its proof. */
export const drawOf = (ctx: Pick<Ctx, "origin">, row: Drawable): Contest["draw"] => ({
  algorithm: ALGORITHM,
  commitment: row.commitment,
  committed_at: row.committed_at,
  seed: row.seed,
  entrants_hash: row.entrants_hash,
  entrants_count: row.entrants_count,
  total_entries: row.total_entries,
  winner_indices: row.winners.map((winner) => winner.index),
  entrants_url: `${ctx.origin}/api/v1/contests/${row.campaign_id}/entrants?number=${row.number}`,
});

export const asContest = (ctx: MemberCtx, row: Drawable & Omit<Contest, "draw">): Contest => ({
  ...row,
  draw: drawOf(ctx, row),
});

const changed = (ctx: MemberCtx, seen: Seen & { campaign_id: number }, input: ContestChange) => {
  const { change, isCounted } = allowedChange(seen, input, ctx.now());
  return store.updateContest(ctx.db, ctx.actor.memberId, seen, change, isCounted ? ctx.now() : null);
};

/** @throws 409 `conflict` if the campaign recently had too many contests */
async function created(ctx: MemberCtx, campaignId: number, input: ContestChange) {
  const contest = await newContest(ctx, campaignId, input);
  const since = new Date(ctx.now().getTime() - PACE_MS);
  const [[pace], [last]] = await ctx.db.batch([
    store.pastOf(ctx.db, campaignId, since),
    records(ctx.db, campaignId, 1),
  ]);
  if (pace && pace.recent >= CONTESTS_PER_PACE)
    throw new AppError("conflict", `A campaign can have up to ${CONTESTS_PER_PACE} new contests in 30 days.`);
  const previous_hash = last ? await recordHash(last) : null;
  const row = { ...contest, previous_hash };
  // Wrapped in an object, because awaiting a query runs it.
  return { insert: store.insertContest(ctx.db, ctx.actor.memberId, row, last?.number ?? 0) };
}

/** Creates the seed, 32 random bytes that stay secret until the draw, and its hash, which commits us to it. */
async function newContest(ctx: MemberCtx, campaign_id: number, input: ContestChange) {
  const { contest_name, end_date } = input;
  if (contest_name === undefined) throw invalid("contest_name", "is required");
  if (end_date === undefined) throw invalid("end_date", "is required");
  const { start_date = ctx.now() } = input;
  refuseBackwards(start_date, end_date);
  if (end_date <= ctx.now()) throw invalid("end_date", IN_FUTURE);
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

type Seen = Pick<Contest, "drawn_at" | "start_date" | "end_date" | "weighting" | "max_winners" | "changes">;

/**
 * The changes that are still allowed. Nobody who knows the entrants may choose among them: once the contest has
 * started, those who joined stay in. Once it has ended, everything that decides the winners is fixed.
 */
function allowedChange(contest: Seen, input: ContestChange, now: Date) {
  if (contest.drawn_at) throw new AppError("contest_drawn");
  const change = { ...input, ...(input.end_date && { end_date: endAt(contest, input.end_date, now) }) };
  const {
    start_date = contest.start_date,
    end_date = contest.end_date,
    weighting = contest.weighting,
    max_winners = contest.max_winners,
  } = change;
  const moves = [start_date.getTime() - contest.start_date.getTime(), end_date.getTime() - contest.end_date.getTime()];
  const isCounted = contest.start_date <= now && (moves.some(Boolean) || max_winners !== contest.max_winners);
  if (contest.start_date <= now) {
    if (contest.end_date <= now && (isCounted || weighting !== contest.weighting))
      throw isFixed("ended", "dates, weighting and number of winners");
    if (weighting !== contest.weighting) throw isFixed("started", "weighting");
    if (start_date > contest.start_date) throw isFixed("started", "start date");
    if (isCounted && contest.changes >= CHANGES_MAX)
      throw isFixed(`started and was changed ${CHANGES_MAX} times`, "dates and number of winners");
  }
  refuseBackwards(start_date, end_date);
  return { change, isCounted };
}

/**
 * An end that has just passed, by the caller's clock or to the minute, counts as now. @throws 400 for an earlier one
 */
function endAt(contest: Seen, end: Date, now: Date) {
  if (end > now || end.getTime() === contest.end_date.getTime()) return end;
  if (end.getTime() < now.getTime() - JUST_NOW_MS) throw invalid("end_date", IN_FUTURE);
  return now;
}

const isFixed = (so: string, what: string) =>
  new AppError("contest_started", `The contest has already ${so}; its ${what} can no longer be changed.`);

function refuseBackwards(start: Date, end: Date) {
  if (end <= start) throw invalid("end_date", "must be after start_date");
}
