import { chunks } from "../lib/chunks";
import type { Env } from "../lib/env";
import { describeError, log } from "../lib/log";
import type { Age, OutboxTable } from "./outbox-store";

/** What one `sendBatch` takes. */
const MESSAGES_PER_CALL = 100;

/** For this long after a row is due, the sweep trusts that a message for it is on its way. */
export const HINT_MS = 60_000;

/**
 * A table with one row per effect outside the database, inserted in the transaction that causes it, and a queue that makes it fast.
 * The row is the truth and a message is only a hint: a repeated or late message does nothing, and the sweep finds rows whose message
 * was lost. See `Use` for how to add an outbox.
 */
export type Outbox = {
  /** The rows' name in logs. */
  name: string;
  table: OutboxTable;
  age: Age;
  queue: (env: Env) => Queue;
  /** The field of its messages that holds ids: `{ v: 1, [ids]: [1, 2] }`. It tells messages apart, so the queues' names do not matter. */
  ids: string;
  idsPerMessage: number;
  /** How long a round has its rows to itself. Longer than a round can take. */
  leaseMs: number;
  /** Taking a row already counts as an attempt at it (column `attempts`), so a row that kills its Worker does not come again forever. */
  countsFirst?: boolean;
};

/** Tells the queue, after the commit, that rows are due (in `delaySeconds`). A failure is only logged: the sweep finds the rows. */
export async function hint(env: Env, outbox: Outbox, ids: number[], delaySeconds = 0): Promise<void> {
  const messages = chunks(ids, outbox.idsPerMessage).map((some) => ({
    body: { v: 1, [outbox.ids]: some },
    delaySeconds,
  }));
  try {
    for (const call of chunks(messages, MESSAGES_PER_CALL)) await outbox.queue(env).sendBatch(call);
  } catch (error) {
    log("error", `${outbox.name} not queued`, { [outbox.name]: ids.length, ...describeError(error) });
  }
}

export const idsOf = (rows: { id: number }[]) => rows.map((row) => row.id);
