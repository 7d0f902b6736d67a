/** Logs one line of JSON. Callers list each field: no bodies, IP or email addresses, or secrets. */
export const log = (level: "info" | "error", message: string, fields: Record<string, unknown> = {}) =>
  (level === "error" ? console.error : console.log)(JSON.stringify({ level, message, ...fields }));

/** An error for the log: where it happened, without the values that Drizzle adds to its messages. */
export const describeError = (error: unknown) =>
  error instanceof Error
    ? {
        error: error.name === "DrizzleQueryError" ? "DrizzleQueryError" : error.message,
        cause: error.cause === undefined ? undefined : String(error.cause),
        stack: error.stack?.split("\n").slice(1, 6).join("\n"),
      }
    : { error: String(error) };
