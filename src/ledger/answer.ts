import { errorCodeOf } from "../lib/d1-failure";
import { addMeta, type Meter, newMeter } from "../lib/db";
import { AppError, type ErrorCode } from "../lib/errors";

/** A method's answer and its database usage. Refusals are returned, because RPC does not preserve error classes. */
export type Answer<T> = { bookmark: string | null; meter: Meter } & (
  | { ok: true; value: T }
  | { ok: false; code: ErrorCode; message?: string; retryAfter?: number }
);

/** An answer that did not use the database. */
export const answered = <T>(value: T): Extract<Answer<T>, { ok: true }> => ({
  ok: true,
  value,
  bookmark: null,
  meter: newMeter(),
});

/** Turns an error into a refusal. */
export function failed(error: unknown): Extract<Answer<never>, { ok: false }> {
  const { code, message, retryAfter } = error instanceof AppError ? error : new AppError(errorCodeOf(error));
  return { ok: false, code, message, retryAfter, bookmark: null, meter: newMeter() };
}

/** One item's share of its group's database usage. All items of a group share one meter. */
export function shareOf(results: D1Result[], items: number): Meter {
  const meter = newMeter();
  addMeta(meter, results);
  return {
    d1_calls: 1,
    rows_read: Math.round(meter.rows_read / items),
    rows_written: Math.round(meter.rows_written / items),
  };
}
