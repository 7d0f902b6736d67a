import { idOfReview } from "../records/review-id";

/**
 * Whether a new reward is held for a review: a referrer's while one of their friends or their sales are in review, and
 * a friend's while they are in review. The ledger reads no other row for this.
 */
export const isReviewed = (
  participant: string,
  role: string,
) => `(EXISTS (SELECT 1 FROM reviews v INDEXED BY reviews_of_referrer
    WHERE v.referrer_id = ${participant} AND v.state = 'open' AND v.is_holding)
  OR (${role} = 'invited' AND EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${idOfReview(participant)} AND v.state = 'open' AND v.is_holding)))`;

/**
 * How many of a referrer's credited friends do not count because a review denied them. In `watch` mode, a rule's
 * decision denies nobody. Triggers update the count with each decision and each credit (`reviews_deny`,
 * `participants_deny`).
 */
export const deniedFriends = (referrer: string) =>
  `(SELECT denied.denied_friends FROM participants denied WHERE denied.id = ${referrer})`;

/** The denied friends who were credited since a moment. Reads nothing else if there are none. */
export const deniedSince = (referrer: string, moment: string) =>
  `iif(${deniedFriends(referrer)} > 0, (SELECT count(*) FROM participants denied INDEXED BY participants_denied
    WHERE denied.invited_by = ${referrer} AND denied.is_denied = 1 AND denied.credit_event >= ${moment}), 0)`;

/** Whether a review denied participant `alias`. */
export const isDenied = (alias: string) => `(${alias}.is_denied IS 1)`;

/**
 * Whether only a review revoked reward `alias`, a referrer's reward for friends, which can be earned again. Nobody
 * received it, because a denial only revokes held rewards.
 */
export const wasDenied = (
  alias: string,
) => `(${alias}.status = 'revoked' AND ${alias}.in_review = 1 AND ${alias}.role = 'referrer' AND ${alias}.conversion_id IS NULL
  AND 'review' IS (SELECT gone.by FROM credits gone WHERE gone.participant_id = ${alias}.participant_id AND gone.reward_id = ${alias}.id
    AND gone.status = 'revoked' ORDER BY gone.event DESC LIMIT 1))`;
