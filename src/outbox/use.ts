import type { Ctx } from "../lib/ctx";
import type { Db, Statement } from "../lib/db";
import type { pickDue } from "./outbox-store";
import type { Outbox } from "./queue";
import type { MarkedCtx } from "./round";

/** What a round gets. `later` takes work that goes on after the queue has its answer. */
export type RoundCtx = MarkedCtx & Pick<Ctx, "later">;

/** A statement that returns the rows that it changed. */
type Changing = ReturnType<typeof pickDue>;

/**
 * What is done with the rows of an outbox. Webhook deliveries, emails, inputs, transfers of tokens, and questions to vetoes are uses. To add one:
 *
 * 1. Add a table to `drizzle/schema` with the columns and the index that `OutboxTable` asks for, and its migration.
 * 2. Share a queue, or add one: a producer and a consumer in `wrangler.toml`, the binding in `lib/env.ts`.
 * 3. Declare an `Outbox` in a folder of `src/outbox`. Code that inserts rows calls `hint` with their ids after the commit.
 * 4. Declare a `Use` in a folder of `src/delivery` and list it in `delivery/uses.ts`. The consumer then runs its rounds.
 * 5. Add its `sweep` and `dropOld` to `cron.ts`, and their names to `upkeep/job.ts`.
 *
 * A `round` leases its rows with `newRound`, acts, and passes its outcomes to `record`. `ended`, `due`, and `retried` make outcomes.
 * If a Worker dies before it records, the sweep finds the rows once the lease is over, and the next round acts again. This suits
 * effects that the receiver can recognize as repeated, such as webhooks. An effect that must never happen twice sets its rows to
 * `sending` before it acts. No round takes those again, and `giveUp` ends them if nobody recorded their outcome. Emails do this.
 *
 * An outbox can be held with a reason, by code or by the operator: see `hold.ts`. Its uses need not know.
 */
export type Use = {
  outbox: Outbox;
  /** The most rows that one round takes. */
  rowsPerRound: number;
  /** The rounds that a Worker has time for in one batch. The other rows go back to the queue. */
  roundsPerBatch: number;
  /** Works on those of the ids that are due. The others need nothing. */
  round: (ctx: RoundCtx, ids: number[]) => Promise<void>;
  /** Ends `sending` rows whose lease is over. Runs with the sweep. */
  giveUp?: (db: Db, now: Date) => Statement;
  /** Deletes up to `max` rows each of other tables that are as old as the rows that `dropOld` deletes, in the same transaction. */
  dropBesides?: (db: Db, before: Date, max: number) => Statement[];
  /** Ends up to `max` waiting rows that are older, without acting: after a restore, they may have been sent already. */
  skipOld?: (db: Db, before: Date, max: number) => Changing;
};
