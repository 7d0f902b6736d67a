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

/**
 * How many of a referrer's credited friends count for nothing, because a review denied them. Where people only watch, what a rule decides
 * denies nobody. Triggers keep it with each decision, and with each credit (`reviews_deny`, `participants_deny`).
 */
export const deniedFriends = (referrer: string) =>
  `(SELECT denied.denied_friends FROM participants denied WHERE denied.id = ${referrer})`;

/** Those of them who were credited since a moment. Nothing more is read for whoever has none. */
export const deniedSince = (referrer: string, moment: string) =>
  `iif(${deniedFriends(referrer)} > 0, (SELECT count(*) FROM participants denied INDEXED BY participants_denied
    WHERE denied.invited_by = ${referrer} AND denied.is_denied = 1 AND denied.credit_event >= ${moment}), 0)`;

/** Whether a review denied participant `alias`. */
export const isDenied = (alias: string) => `(${alias}.is_denied IS 1)`;

/**
 * Whether a review, and nobody else, revoked reward `alias`, which can be earned again: a referrer's, for friends. Nobody was given it, because only
 * held rewards follow a denial.
 */
export const wasDenied = (
  alias: string,
) => `(${alias}.status = 'revoked' AND ${alias}.in_review = 1 AND ${alias}.role = 'referrer' AND ${alias}.conversion_id IS NULL
  AND 'review' IS (SELECT gone.by FROM credits gone WHERE gone.participant_id = ${alias}.participant_id AND gone.reward_id = ${alias}.id
    AND gone.status = 'revoked' ORDER BY gone.event DESC LIMIT 1))`;
