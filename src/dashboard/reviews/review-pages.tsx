import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { notFound } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";
import { decideReview } from "../../participants/reviews/review";
import { ReviewDecision, ReviewParam } from "../../participants/reviews/review-schema";
import { createPages } from "../doors/pages";
import { Refusal } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { REVIEWS, reviewsPath } from "./review-parts";
import { QueueFilter, reviewQueue } from "./review-queue";
import { ReviewQueueView } from "./review-view";

export const reviewPages = createPages([REVIEWS]);

/** The last decision, from the URL after it. */
const Undo = z.object({ undo: filter(Id).catch(undefined), scope: ReviewDecision.shape.scope.catch("this") });

async function page(c: PageContext, form: Form<unknown> = blank()) {
  const queue = await reviewQueue(c.var.ctx, QueueFilter.parse(c.req.query()));
  const { undo, scope } = Undo.parse(c.req.query());
  const mayChange = c.var.session.role !== "viewer";
  return show(c, {
    title: "Reviews",
    section: REVIEWS,
    body: (
      <>
        <Refusal form={form} />
        <ReviewQueueView
          queue={queue}
          mayChange={mayChange}
          now={c.var.ctx.now()}
          undoable={undo === undefined ? null : { review: { id: undo }, scope }}
        />
      </>
    ),
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}

/** The decision, and the list that its form was in. */
const Decided = QueueFilter.omit({ page: true }).extend({
  verdict: ReviewDecision.shape.verdict,
  scope: ReviewDecision.shape.scope,
  note: ReviewDecision.shape.note,
});

const NOTICES = { approve: "review_approved", deny: "review_denied", reopen: "review_reopened" } as const;

reviewPages.get(REVIEWS, (c) => page(c));

reviewPages.post(
  `${REVIEWS}/:reviewId`,
  audited("Decided reviews"),
  ...submits(Decided, page, async (c: PageContext, { verdict, scope, note, ...query }) => {
    const param = ReviewParam.safeParse(c.req.param());
    if (!param.success) throw notFound("review");
    const { reviewId } = param.data;
    await decideReview(c.var.ctx, reviewId, { verdict, scope, note });
    const path = doneAt(reviewsPath(query), NOTICES[verdict]);
    return c.redirect(verdict === "reopen" ? path : `${path}&undo=${reviewId}&scope=${scope}`, 303);
  }),
);
