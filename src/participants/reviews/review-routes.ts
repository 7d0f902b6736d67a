import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { COUNTED, pagination } from "../../lib/page";
import { decideReview, review, reviews } from "./review";
import { Review, ReviewDecision, ReviewParam, ReviewQuery } from "./review-schema";

export const reviewRoutes = createRouter();

const tags = ["Reviews"];
const Reviews = listOf("reviews", Review);

reviewRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/reviews",
    operationId: "listReviews",
    summary: "List reviews",
    description: `Referrals and sales that look like fraud, latest participants first. While a review is open, the rewards of its referrer and friend are held, unless the campaign only watches. ${COUNTED}`,
    tags,
    request: { query: ReviewQuery },
    responses: { 200: answers(Reviews, "A page of reviews.") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await reviews(c.var.ctx, query);
    return c.json(
      ok(Reviews, { reviews: page.rows, pagination: pagination(query, page), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

reviewRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/reviews/{reviewId}",
    operationId: "getReview",
    summary: "Get a review",
    description: "Includes its reasons, and the rewards that it holds.",
    tags,
    request: { params: ReviewParam },
    responses: { 200: answers(Review, "The review."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Review, await review(c.var.ctx, c.req.valid("param").reviewId)), 200),
);

reviewRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/reviews/{reviewId}",
    operationId: "updateReview",
    summary: "Decide a review",
    audit: "Decided reviews",
    description:
      "`reopen` undoes a decision within five minutes. After that, the rewards follow: rewards of approved referrals are released, unless another review of their participant is open. Rewards that a denied friend earned are revoked. Decides up to 200 reviews of a referrer at once.",
    tags,
    request: { params: ReviewParam, body: takes(ReviewDecision, { verdict: "approve", scope: "all_of_referrer" }) },
    responses: { 200: answers(Review, "The decided review."), ...fails("not_found", "conflict") },
  }),
  async (c) =>
    c.json(ok(Review, await decideReview(c.var.ctx, c.req.valid("param").reviewId, c.req.valid("json"))), 200),
);
