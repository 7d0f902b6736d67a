/** The ID of the review of a participant's signup, or of their sales as a referrer, as SQL. */
export const idOfReview = (participant: string, isOfSales = "0") => `${participant} * 2 + ${isOfSales}`;

/** Whether a review is open, or its decision can still be undone, as SQL. */
export const IS_UNSETTLED = "(state = 'open' OR settles_at IS NOT NULL)";

/** Whether the friend in review `v` can still prove that the mailbox is theirs, as SQL. */
export const IS_ASKED = "v.state = 'open' AND v.proof = 'asked'";

/** The same for a signup, as a number. */
export const reviewOf = (participant: number) => participant * 2;
