import { again } from "../lib/again";
import { timeOrderedId } from "../lib/crypto";
import type { JobCtx } from "../lib/ctx";
import { isPassing } from "../lib/d1-failure";
import type { Statement } from "../lib/db";
import { log } from "../lib/log";
import * as store from "./outbox-store";
import type { Outcome } from "./outcome";
import { hint, idsOf, type Outbox } from "./queue";

/** D1 has been unresponsive for up to 80 s. Emails sent by then must not be recorded as unknown. */
const GOES_ON_MS = 100_000;

/** A round's lease and start time. */
export type Round = { started: Date; lease: string };

/**
 * `mark`: the latest mark that the witness has seen in the database. A database without it was restored, and sends
 * nothing until that is detected.
 */
export type MarkedCtx = JobCtx & { mark?: number };

/** Starts a round. `take` leases the due rows. Run it in one batch with the query that reads them by the lease. */
export function newRound(ctx: MarkedCtx, outbox: Outbox, ids: number[]): Round & { take: Statement } {
  const started = ctx.now();
  const lease = timeOrderedId(started);
  return { started, lease, take: store.takeLease(ctx.db, outbox, ids, lease, started, ctx.mark ?? 0) };
}

/**
 * Commits the statements that record these outcomes (including `settle`). Retries if the response is lost, which the
 * lease makes safe. Then tells the queue which rows are due within a minute; `hinted_until` keeps the sweep away from
 * them.
 */
export async function record(
  ctx: JobCtx,
  outbox: Outbox,
  outcomes: Outcome[],
  statements: () => readonly [Statement, ...Statement[]] | readonly [...Statement[], Statement],
): Promise<void> {
  if (outcomes.length === 0) return;
  await repeated(() => ctx.db.batch(statements() as [Statement, ...Statement[]]));
  const now = ctx.now().getTime();
  const secondsUntil = ({ next_attempt_at }: Outcome) => Math.max(0, Math.ceil(((next_attempt_at ?? 0) - now) / 1000));
  const soon = outcomes.filter(({ hinted_until }) => hinted_until !== null);
  for (const [seconds, some] of Map.groupBy(soon, secondsUntil)) await hint(ctx.env, outbox, idsOf(some), seconds);
}

/** Retries work during temporary failures of D1. The work must be safe to repeat. */
export const repeated = <T>(work: () => Promise<T>): Promise<T> =>
  again(work, { forMs: GOES_ON_MS, isWorth: isPassing });

/** Logs the number of rows per status, and the round's cost. */
export function logRound(ctx: JobCtx, outbox: Outbox, { started }: Round, outcomes: Outcome[]) {
  if (ctx.env.LOGS === "off") return;
  const statuses = outbox.table.status.enumValues ?? [];
  const tally = statuses.map((status) => [
    status === "pending" ? "waiting" : status,
    outcomes.filter((outcome) => outcome.status === status).length,
  ]);
  const ms = ctx.now().getTime() - started.getTime();
  log("info", outbox.name, { ...Object.fromEntries(tally), ms, ...ctx.db.meter });
}
