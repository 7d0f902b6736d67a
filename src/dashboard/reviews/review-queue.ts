import type { z } from "zod";
import type { MemberCtx } from "../../lib/ctx";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";
import { reviewQueries, toReview } from "../../participants/reviews/review";
import { type Review, ReviewQuery } from "../../participants/reviews/review-schema";
import type { ListedReview } from "../../participants/reviews/review-store";

/** Ignores invalid query parameters. */
export const QueueFilter = ReviewQuery.pick({ page: true }).extend({
  state: ReviewQuery.shape.state.catch(undefined),
  campaign_id: filter(Id).catch(undefined),
  referrer_id: filter(Id).catch(undefined),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

const PER_PAGE = 50;

/** A referrer's reviews on a page, and what depends on all of them. */
export type Group = Pick<Review, "referrer_id" | "referrer" | "held_rewards" | "held_amount" | "currency"> & {
  reviews: Review[];
};

/**
 * A page of reviews, grouped by referrer and sorted by their latest review. Shows open ones unless the filter says
 * otherwise.
 */
export async function reviewQueue(ctx: MemberCtx, { state = "open", ...rest }: QueueFilter) {
  const query = { state, ...rest, limit: PER_PAGE };
  const [rows, [counted]] = await ctx.db.batch(reviewQueries(ctx, query));
  const groups = [...Map.groupBy(rows, ({ referrer_id }) => referrer_id).values()].flatMap((own) => groupOf(own) ?? []);
  return { groups, total: counted?.total ?? 0, limit: PER_PAGE, query };
}
export type Queue = Awaited<ReturnType<typeof reviewQueue>>;

/** A referrer's own held rewards depend on each of the reviews, but count once. */
function groupOf(rows: ListedReview[]): Group | null {
  const reviews = rows.map(toReview);
  const [row, first] = [rows[0], reviews[0]];
  if (!row || !first) return null;
  const sum = (of: (row: ListedReview) => number) => rows.reduce((total, one) => total + of(one), 0);
  const { referrer_id, referrer, currency } = first;
  return {
    referrer_id,
    referrer,
    currency,
    held_rewards: row.referrers_held + sum((one) => one.held_rewards - one.referrers_held),
    held_amount: row.referrers_amount + sum((one) => one.held_amount - one.referrers_amount),
    reviews,
  };
}
