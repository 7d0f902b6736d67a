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

/** Whether review `v` is a friend's, and denied them. Where people only watch, what a rule decides changes nothing. */
const IS_DENIED = "v.state = 'denied' AND v.id % 2 = 0 AND (v.is_holding OR v.by IS NOT 'rule')";

/** How many of a referrer's credited friends count for nothing, because a review denied them. */
export const deniedFriends = (
  referrer: string,
) => `(SELECT count(*) FROM reviews v INDEXED BY reviews_of_referrer CROSS JOIN participants denied ON denied.id = v.participant_id
    AND denied.invited_by = v.referrer_id AND denied.credit_event IS NOT NULL
  WHERE v.referrer_id = ${referrer} AND ${IS_DENIED})`;

/** Whether a review denied this friend. */
export const isDenied = (friend: string) =>
  `EXISTS (SELECT 1 FROM reviews v WHERE v.id = ${idOfReview(friend)} AND ${IS_DENIED})`;

/** The friends of a campaign whom a review denied. */
export const deniedIn = (campaign: string) =>
  `(SELECT v.participant_id FROM reviews v INDEXED BY reviews_of_campaign WHERE v.campaign_id = ${campaign} AND ${IS_DENIED})`;
