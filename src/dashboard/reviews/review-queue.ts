import type { z } from "zod";
import type { MemberCtx } from "../../lib/ctx";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";
import { reviewQueries, toReview } from "../../participants/reviews/review";
import { type Review, ReviewQuery } from "../../participants/reviews/review-schema";

/** Ignores invalid query parameters. */
export const QueueFilter = ReviewQuery.pick({ page: true }).extend({
  state: ReviewQuery.shape.state.catch(undefined),
  campaign_id: filter(Id).catch(undefined),
  referrer_id: filter(Id).catch(undefined),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

const PER_PAGE = 50;

/** The reviews of one referrer. */
export type Group = { referrer_id: number; referrer: Review["referrer"]; reviews: Review[] };

/** A page of reviews, grouped by referrer in the order of their latest one. The open ones, unless the filter says otherwise. */
export async function reviewQueue(ctx: MemberCtx, { state = "open", ...rest }: QueueFilter) {
  const query = { state, ...rest, limit: PER_PAGE };
  const [rows, [counted]] = await ctx.db.batch(reviewQueries(ctx, query));
  const list = rows.map(toReview);
  const groups: Group[] = [...Map.groupBy(list, ({ referrer_id }) => referrer_id)].flatMap(([referrer_id, reviews]) =>
    reviews[0] ? [{ referrer_id, referrer: reviews[0].referrer, reviews }] : [],
  );
  return { groups, total: counted?.total ?? 0, limit: PER_PAGE, query };
}
export type Queue = Awaited<ReturnType<typeof reviewQueue>>;
