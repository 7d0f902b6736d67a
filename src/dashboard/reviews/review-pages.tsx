import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { notFound } from "../../lib/errors";
import { decideReview } from "../../participants/reviews/review";
import { ReviewDecision, ReviewParam, ReviewQuery } from "../../participants/reviews/review-schema";
import { createPages } from "../doors/pages";
import { Refusal } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { QueueFilter, reviewQueue } from "./review-queue";
import { REVIEWS, ReviewQueueView, reviewsPath } from "./review-view";

export const reviewPages = createPages([REVIEWS]);

async function page(c: PageContext, form: Form<unknown> = blank()) {
  const queue = await reviewQueue(c.var.ctx, QueueFilter.parse(c.req.query()));
  const mayChange = c.var.session.role !== "viewer";
  return show(c, {
    title: "Reviews",
    section: REVIEWS,
    body: (
      <>
        <Refusal form={form} />
        <ReviewQueueView queue={queue} mayChange={mayChange} now={c.var.ctx.now()} />
      </>
    ),
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}

/** `state`: the list that the form was in. */
const Decided = z.object({
  verdict: ReviewDecision.shape.verdict,
  scope: ReviewDecision.shape.scope,
  state: ReviewQuery.shape.state.catch(undefined),
});

reviewPages.get(REVIEWS, (c) => page(c));

reviewPages.post(
  `${REVIEWS}/:reviewId`,
  audited("Decided reviews"),
  ...submits(Decided, page, async (c: PageContext, { state, ...decision }) => {
    const param = ReviewParam.safeParse(c.req.param());
    if (!param.success) throw notFound("review");
    await decideReview(c.var.ctx, param.data.reviewId, decision);
    return c.redirect(doneAt(reviewsPath({ state }), "saved"), 303);
  }),
);
