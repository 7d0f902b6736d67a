/** The ID of the review of a participant's signup, and of their sales as a referrer, as SQL. */
export const idOfReview = (participant: string, isOfSales = "0") => `${participant} * 2 + ${isOfSales}`;

/** The same for a signup, as a number. */
export const reviewOf = (participant: number) => participant * 2;
