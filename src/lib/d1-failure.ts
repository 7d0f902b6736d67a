import { AppError, type ErrorCode } from "./errors";

/**
 * How D1 failed, apart from what a statement did wrong:
 * - `lost`: whether the statements committed is unknown. They may be repeated if they are idempotent.
 * - `locked`: nothing was committed, and the next moment is better.
 * - `busy`: repeating it now would make it worse, or be in vain for minutes.
 * - `full`: only an operator can help.
 */
type D1Failure = "lost" | "locked" | "busy" | "full";

const SILENT = "D1 did not respond in time";
const IS_SILENT = /^D1 did not respond in time$/;

/**
 * The first match wins. The texts come from Cloudflare's list of D1 errors
 * (https://developers.cloudflare.com/d1/observability/debug-d1/#error-list) and from production.
 */
const FAILURES: [RegExp, D1Failure][] = [
  [/Exceeded maximum DB size|SQLITE_FULL|database or disk is full/i, "full"],
  [/SQLITE_BUSY|database is locked/i, "locked"],
  [/overloaded|exceeded its (memory|CPU time) limit|exceeded .{0,200}free tier/i, "busy"],
  // During an import or export, which blocks all other queries.
  [/Currently processing a long-running/i, "busy"],
  [/Network connection lost|Connection closed|no longer active|client disconnected|Replica disconnected/i, "lost"],
  [/object to be reset|reset because its code was updated|transient issue on remote node/i, "lost"],
  [/internal error; reference|D1_ERROR: internal error/i, "lost"],
  [IS_SILENT, "lost"],
];

/** Null if the error is none of these: a constraint, a bug, or not from D1. */
export function d1FailureOf(error: unknown): D1Failure | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { message } = cause;
    const known = FAILURES.find(([text]) => text.test(message));
    if (known) return known[1];
  }
  return null;
}

/** Whether the statements may have committed. */
export const mayHaveCommitted = (error: unknown) => d1FailureOf(error) === "lost";

/** Whether the failure resolves itself within seconds or minutes. */
export const isPassing = (error: unknown) => ![null, "full"].includes(d1FailureOf(error));

/** Whether to repeat idempotent statements immediately. */
export const passesSoon = (error: unknown) => ["lost", "locked"].includes(d1FailureOf(error) ?? "");

/** The error that callers get. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  const failure = d1FailureOf(error);
  if (failure === "full") return "database_full";
  return failure ? "overloaded" : "internal";
}

/** D1 has not answered. The statements may still take effect. */
export const silence = () =>
  new AppError("overloaded", "The database is not responding. Try again.", { cause: new Error(SILENT) });
