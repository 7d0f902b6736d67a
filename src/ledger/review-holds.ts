import { idOfReview } from "./review-id";

/**
 * Whether a new reward is held for a review: a referrer's while one of their friends or their sales are in question, and a friend's
 * while they are. Nothing in the ledger asks for more than this row.
 */
export const isReviewed = (
  participant: string,
  role: string,
) => `(EXISTS (SELECT 1 FROM reviews v INDEXED BY reviews_of_referrer
    WHERE v.referrer_id = ${participant} AND v.state = 'open' AND v.is_holding)
  OR (${role} = 'invited' AND EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${idOfReview(participant)} AND v.state = 'open' AND v.is_holding)))`;
