import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { type BatchResponse, commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { describeError, log } from "../../lib/log";
import type { Page, PageQuery } from "../../lib/page";
import type { DryRelease, NewRelease, Release } from "./release-schema";
import * as store from "./waitlist-store";

const SHOWN_MAX = 20;
/** A Worker may make a thousand calls. A round admits 200. */
const [ROUNDS_AT_ONCE, ROUNDS_PER_RUN, RELEASES_PER_RUN] = [10, 300, 100];
/** In milliseconds. The next run starts a minute after this one started. */
const RUN_MS = 50_000;
const MOST = 1_000_000_000;

/** @throws 404, 409 if the campaign has no waitlist */
async function lineOf(ctx: MemberCtx, campaignId: number) {
  const [[line]] = await ctx.db.batch([store.lineOf(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!line) throw notFound("campaign");
  if (!line.waitlist_enabled) throw new AppError("conflict", "The campaign has no waitlist.");
  return line;
}

/** The participants that a release would admit. With a filter, it may read everyone who is waiting. @throws 404, 409 */
export async function dryRelease(ctx: MemberCtx, campaignId: number, input: NewRelease): Promise<DryRelease> {
  const { waiting } = await lineOf(ctx, campaignId);
  const { memberId } = ctx.actor;
  const { filter = {}, count = MOST } = input;
  const [first, [matching]] = await ctx.db.batch([
    store.firstMatching(ctx.db, memberId, campaignId, filter, Math.min(count, SHOWN_MAX)),
    store.matchingCount(ctx.db, memberId, campaignId, filter, count),
  ]);
  return { dry_run: true, would_admit: matching?.total ?? 0, waiting, first };
}

/**
 * Admits the first thousands right away, and leaves the rest to the cron. The release's row has the remaining number,
 * and each round is one transaction of the ledger, so nobody is admitted twice, and never too many.
 * @throws 404, 409 if the campaign has no waitlist
 */
export async function startRelease(ctx: MemberCtx, campaignId: number, input: NewRelease): Promise<Release> {
  await lineOf(ctx, campaignId);
  const { memberId } = ctx.actor;
  const key = ctx.requestEvent;
  const { count: quota = null, filter = {} } = input;
  const read = store.releaseByKey(ctx.db, memberId, campaignId, key);
  const [, [started]] = await commit(
    ctx,
    store.insertRelease(ctx.db, memberId, campaignId, { ...filter, key, quota, origin: ctx.origin, now: ctx.now() }),
    read,
  );
  if (!started) throw notFound("campaign");
  await proceed(ctx, started, ROUNDS_AT_ONCE);
  const [[row]] = await ctx.db.batch([read]);
  return toRelease(row ?? started);
}

/** @returns false if the release is finished */
async function proceed(
  ctx: JobCtx,
  { id, campaign_id, origin }: Pick<store.OpenRelease, "id" | "campaign_id" | "origin">,
  rounds: number,
  until = Number.POSITIVE_INFINITY,
) {
  for (let round = 0; round < rounds && ctx.now().getTime() < until; round++) {
    const now = ctx.now();
    const item = { kind: "admit" as const, id: newEventId(now), at: now.getTime(), origin, release_id: id };
    const done = await askLedger(ctx, campaign_id, (ledger) => ledger.admit(item));
    if (!done || done.is_finished) return;
  }
}

/**
 * Continues unfinished releases. The next run handles the rest. Each account gets an equal share of the rounds, however
 * many releases it has.
 */
export async function runReleases(ctx: JobCtx): Promise<void> {
  const until = ctx.now().getTime() + RUN_MS;
  const [open] = await ctx.db.batch([store.openReleases(ctx.db, RELEASES_PER_RUN)]);
  const own = Map.groupBy(open, ({ member_id }) => member_id);
  for (const release of open) {
    const releases = own.size * (own.get(release.member_id)?.length ?? 1);
    try {
      await proceed(ctx, release, Math.ceil(ROUNDS_PER_RUN / releases), until);
    } catch (error) {
      log("error", "release failed", { campaign_id: release.campaign_id, ...describeError(error) });
    }
  }
}

/** The queries of a campaign's line and a page of its releases, for a batch. Read the results with `toReleases`. */
export const releaseQueries = (ctx: MemberCtx, campaignId: number, page: PageQuery) =>
  [
    store.lineOf(ctx.db, ctx.actor.memberId, campaignId),
    store.releasesPage(ctx.db, ctx.actor.memberId, campaignId, page),
    store.releaseCount(ctx.db, ctx.actor.memberId, campaignId),
  ] as const;
type Rows = BatchResponse<ReturnType<typeof releaseQueries>>;

/** `waiting` is null if the campaign has no waitlist. @throws 404 */
export function toReleases([[line], rows, [counted]]: Rows): Page<Release> & { waiting: number | null } {
  if (!line) throw notFound("campaign");
  return {
    rows: rows.map(toRelease),
    total: counted?.total ?? 0,
    waiting: line.waitlist_enabled ? line.waiting : null,
  };
}

/** @throws 404 */
export const releases = async (ctx: MemberCtx, campaignId: number, page: PageQuery) =>
  toReleases(await ctx.db.batch(releaseQueries(ctx, campaignId, page)));

type Row = Awaited<ReturnType<typeof store.releaseByKey>>[number];

const toRelease = ({
  quota,
  min_referrals,
  signed_up_before,
  participant_ids,
  date_finished,
  ...row
}: Row): Release => ({
  ...row,
  status: date_finished ? "done" : "running",
  count: quota,
  filter: { min_referrals, signed_up_before, participant_ids },
  date_finished,
});
