/** Whether a request to the runtime ended without an answer, so that it may have taken effect or not. */
export const isLost = (error: unknown) => error instanceof TypeError && error.message === "fetch failed";
