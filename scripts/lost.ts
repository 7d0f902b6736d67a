/** Whether a request to the runtime got no answer, so its effect is unknown. */
export const isLost = (error: unknown) => error instanceof TypeError && error.message === "fetch failed";
