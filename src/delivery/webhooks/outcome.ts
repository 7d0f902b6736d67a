import { due, ended, jittered } from "../../outbox/outcome";
import type { Result } from "./attempt";
import type { Health, Leased, Outcome } from "./delivery-store";
import { retriedAfter } from "./webhook-schedule";

const UNREACHABLE = new Set<string | null>(["timeout", "connect_error"]);
const [PUT_BACK_MIN_MS, PUT_BACK_MAX_MS] = [10_000, 1_800_000];

export function outcomeOf(delivery: Leased, result: Result, now: Date): Outcome {
  const { at, duration_ms, status_code, error, answer } = result;
  const attempt_count = delivery.attempt_count + 1;
  const attempted = {
    id: delivery.id,
    attempt: { at: at.toISOString(), status_code, error, duration_ms, ...(answer && { answer }) },
    attempt_count,
    answers_of: (answer && delivery.participant?.id) ?? null,
  };
  if (error === null) return { ...attempted, ...ended("delivered") };
  if (endsIt(error)) return { ...attempted, ...ended("failed") };
  return { ...attempted, ...retriedAfter(attempt_count, result.retry_after_ms, now) };
}

/** Puts back a delivery without counting an attempt. */
export const putBack = ({ id, attempt_count }: Leased, now: Date, delayMs: number): Outcome => ({
  id,
  attempt: null,
  attempt_count,
  answers_of: null,
  ...due(now, delayMs),
});

/** How long to pause an unreachable endpoint: as long as it has been unreachable, within limits. */
export function pause({ webhook }: Leased, now: Date) {
  const outage = webhook.failing_since ? now.getTime() - webhook.failing_since.getTime() : 0;
  return jittered(Math.min(Math.max(outage, PUT_BACK_MIN_MS), PUT_BACK_MAX_MS));
}

export const isUnreachable = ({ error }: Result) => UNREACHABLE.has(error);

/** The endpoint wants no more events. */
export const isGone = ({ status_code }: Result) => status_code === 410;

/** The health of the endpoints, from all results that say something about them. One success outweighs all failures. */
export function healthOf(results: Iterable<[Leased, Result]>): Health[] {
  const endpoints = new Map<number, Health>();
  for (const [{ webhook }, result] of results) {
    if (result.is_our_fault || result.error === "endpoint_disabled") continue;
    const known = endpoints.get(webhook.id);
    endpoints.set(webhook.id, {
      id: webhook.id,
      link: webhook.link,
      is_ok: known?.is_ok || result.error === null,
      is_gone: known?.is_gone || isGone(result),
    });
  }
  return [...endpoints.values()];
}

const endsIt = (error: string) => error === "http_410" || error === "endpoint_disabled";
