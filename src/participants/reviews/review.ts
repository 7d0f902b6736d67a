import { wordsOf } from "../../fraud/reasons.ts";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { describeError, log } from "../../lib/log";
import { COUNT_LIMIT, type Page } from "../../lib/page";
import { hintDeliveries } from "../../outbox/webhooks/delivery-outbox";
import { nameOf } from "../rewards/reward-records";
import { type Decision, decisionStatements } from "./decided";
import { recount } from "./recount";
import type { Review, ReviewDecision, ReviewQuery } from "./review-schema";
import * as store from "./review-store";

/** How long a decision can be undone before rewards follow it. */
export const UNDO_MS = 5 * 60_000;
/** The maximum number of a referrer's reviews that one call decides. */
const DECIDED_MAX = 200;

const STATES = { approve: "approved", deny: "denied", reopen: "open" } as const;

const moment = (at: number | null) => (at === null ? null : new Date(at));

export function toReview(row: store.ListedReview): Review {
  const reasons: { code: string; weight: number; with: number[]; factor?: number }[] = JSON.parse(row.reasons);
  return {
    id: row.id,
    campaign_id: row.campaign_id,
    about: row.id % 2 === 1 ? "sales" : "referral",
    referrer_id: row.referrer_id,
    referrer: { name: row.referrer_name, email: row.referrer_email },
    participant_id: row.participant_id,
    participant: { name: row.name, email: row.email },
    state: row.state,
    score: row.score / 1000,
    reasons: reasons.map((reason) => ({
      ...reason,
      weight: reason.weight / 1000,
      factor: reason.factor ?? 1,
      message: wordsOf(reason.code).message,
    })),
    version: row.version,
    is_holding: row.is_holding === 1,
    proof: row.proof,
    held_rewards: row.held_rewards,
    held_amount: row.held_amount,
    currency: row.currency,
    date_opened: new Date(row.date_opened),
    decides_at: row.state === "open" ? moment(row.decides_at) : null,
    date_decided: moment(row.date_decided),
    decided_by: row.state === "open" ? null : row.by,
    note: row.note,
    undo_until: moment(row.settles_at),
  };
}

/** The queries for a page of reviews and their number. */
export const reviewQueries = ({ db, actor: { memberId } }: MemberCtx, query: ReviewQuery) =>
  [store.reviewsPage(db, memberId, query), store.reviewCount(db, memberId, query, COUNT_LIMIT)] as const;

/** A page of reviews. Empty for another member's campaign. */
export async function reviews(ctx: MemberCtx, query: ReviewQuery): Promise<Page<Review>> {
  const [rows, [counted]] = await ctx.db.batch(reviewQueries(ctx, query));
  return { rows: rows.map(toReview), total: counted?.total ?? 0 };
}

/** @throws 404 */
export async function review(ctx: MemberCtx, id: number): Promise<Review> {
  const [[row]] = await ctx.db.batch([store.reviewById(ctx.db, ctx.actor.memberId, id)]);
  if (!row) throw notFound("review");
  return toReview(row);
}

/**
 * Decides a review, or all of its referrer's. Rewards follow after five minutes. Until then, the decision can be
 * undone. A review that already has this state does not change.
 * @throws 404; 409 if it was decided differently, or can no longer be undone
 */
export async function decideReview(
  ctx: MemberCtx,
  id: number,
  { verdict, scope, note }: ReviewDecision,
): Promise<Review> {
  const { memberId } = ctx.actor;
  const state = STATES[verdict];
  const [[row]] = await ctx.db.batch([store.reviewById(ctx.db, memberId, id)]);
  if (!row) throw notFound("review");
  const [others] =
    scope === "all_of_referrer"
      ? await ctx.db.batch([store.changeable(ctx.db, memberId, row.referrer_id, state, ctx.now(), DECIDED_MAX)])
      : [[]];
  const ids = new Set([...(row.state === state ? [] : [id]), ...others.map((other) => other.id)]);
  const decision: Decision = {
    state,
    by: nameOf(ctx),
    note: note ?? null,
    at: ctx.now(),
    settles_at: state === "open" ? null : new Date(ctx.now().getTime() + UNDO_MS),
  };
  const own = { memberId, campaignId: row.campaign_id, referrerId: row.referrer_id };
  const statements = [...ids].flatMap((one) => decisionStatements(ctx.db, own, one, ctx.requestEvent, decision, id));
  const [first, ...rest] = statements;
  let now = row;
  if (first) {
    const results = await commit(ctx, first, ...rest, store.reviewById(ctx.db, memberId, id));
    const deliveries = results
      .slice(0, statements.length)
      .flatMap((result) => (Array.isArray(result) ? result.map((delivery) => Number(delivery.id)) : []));
    ctx.later(hintDeliveries(ctx.env, deliveries));
    now = (results[statements.length] as store.ListedReview[])[0] ?? row;
  }
  if (now.state !== state)
    throw new AppError(
      "conflict",
      state === "open" ? "The decision can no longer be undone." : "This review was already decided. Reopen it first.",
    );
  if (!first || state !== "open") return toReview(now);
  await openAgain(ctx, [...ids], own);
  return review(ctx, id);
}

/** Applies an undone decision. If it fails, the sweep retries it. */
async function openAgain(ctx: MemberCtx, ids: number[], own: { campaignId: number; referrerId: number }) {
  const reviews = ids.map((id) => ({ id, campaign_id: own.campaignId, referrer_id: own.referrerId }));
  try {
    await recount(ctx, reviews, ctx.origin);
  } catch (error) {
    log("error", "an undone decision was not carried out", {
      campaign_id: own.campaignId,
      ...describeError(error),
    });
  }
}
