import { type Meter, newMeter } from "../lib/db";
import type { ErrorCode } from "../lib/errors";

/** A method's answer and its database usage. Refusals are returned, because RPC does not preserve error classes. */
export type Answer<T> = { bookmark: string | null; meter: Meter } & (
  | { ok: true; value: T }
  | { ok: false; code: ErrorCode; message?: string; retryAfter?: number }
);

/** An answer that took no database. */
export const answered = <T>(value: T): Extract<Answer<T>, { ok: true }> => ({
  ok: true,
  value,
  bookmark: null,
  meter: newMeter(),
});
