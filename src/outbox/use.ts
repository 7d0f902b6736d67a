import type { Ctx } from "../lib/ctx";
import type { Db, Statement } from "../lib/db";
import type { pickDue } from "./outbox-store";
import type { Outbox } from "./queue";
import type { MarkedCtx } from "./round";

/** A round's context. `later` accepts work that continues after the queue has its response. */
export type RoundCtx = MarkedCtx & Pick<Ctx, "later">;

/** A statement that returns the rows it changed. */
type Changing = ReturnType<typeof pickDue>;

/**
 * What to do with an outbox's rows. Webhook deliveries, emails, inputs, token transfers, and veto calls are uses. To
 * add one:
 *
 * 1. Add a table to `drizzle/schema` with the columns and the index that `OutboxTable` requires, and its migration. Add
 * it to `upkeep/purge-store.ts`, so that its rows go with their campaign.
 * 2. Share a queue, or add one: a producer and a consumer in `wrangler.toml`, the binding in `lib/env.ts`.
 * 3. Declare an `Outbox` in a folder of `src/outbox`, with its title for the operator.
 * 4. Insert its rows in the transaction that causes them: for the ledger's events, with a statement in
 * `ledger/events/outgoing.ts`. Call `hint` with their IDs after the commit.
 * 5. Declare a `Use` in a folder of `src/delivery` and list it in `delivery/uses.ts`. The consumer then runs its
 * rounds.
 * 6. Add its `sweep` and `dropOld` to `cron.ts`, and their names to `upkeep/job.ts`.
 *
 * A `round` leases its rows with `newRound`, acts, and passes its outcomes to `record`. `ended`, `due`, and `retried`
 * create outcomes. If a Worker dies before recording, the sweep finds the rows after the lease, and the next round acts
 * again. This works for effects that the receiver can recognize as repeated, such as webhooks. An effect that must
 * never happen twice sets its rows to `sending` before it acts. No round takes these rows again, and `giveUp` ends them
 * if nobody recorded their outcome. Emails work this way.
 *
 * An outbox can be put on hold with a reason, by code or by the operator: see `hold.ts`. Its uses are not affected.
 */
export type Use = {
  outbox: Outbox;
  /** The maximum number of rows per round. */
  rowsPerRound: number;
  /** The number of rounds that a Worker has time for in one batch. The other rows go back to the queue. */
  roundsPerBatch: number;
  /** Processes the rows that are due among these IDs. The others need nothing. */
  round: (ctx: RoundCtx, ids: number[]) => Promise<void>;
  /** Ends `sending` rows with an expired lease. Runs with the sweep. */
  giveUp?: (db: Db, now: Date) => Statement;
  /** Deletes up to `max` rows from each related table, in the same transaction as `dropOld` and by the same age. */
  dropBesides?: (db: Db, before: Date, max: number) => Statement[];
  /**
   * Ends up to `max` waiting rows from before a time without acting: after a restore, they may have already been sent.
   */
  skipOld?: (db: Db, before: Date, max: number) => Changing;
};
