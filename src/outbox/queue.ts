import { chunks } from "../lib/chunks";
import type { Env } from "../lib/env";
import { describeError, log } from "../lib/log";
import type { Age, OutboxTable } from "./outbox-store";

/** The maximum number of messages per `sendBatch`. */
const MESSAGES_PER_CALL = 100;

/** For this long after a row is due, the sweep assumes that a message for it is on its way. */
export const HINT_MS = 60_000;

/**
 * A table with one row per external effect, inserted in the transaction that causes it, and a queue that makes it fast.
 * The row is authoritative, and a message is only a hint: a repeated or late message does nothing, and the sweep finds
 * rows whose message was lost. See `Use` for how to add an outbox.
 */
export type Outbox = {
  /** The name of its rows in logs. */
  name: string;
  /** Its name on the operator's page. */
  title: string;
  table: OutboxTable;
  age: Age;
  queue: (env: Env) => Queue;
  /**
   * The field with the IDs in its messages: `{ v: 1, [ids]: [1, 2] }`. It identifies the messages, so queues can have
   * any name.
   */
  ids: string;
  idsPerMessage: number;
  /** How long a round has exclusive access to its rows. Longer than a round can take. */
  leaseMs: number;
  /**
   * Whether taking a row counts as an attempt (column `attempts`), so a row that crashes its Worker is not retried
   * forever.
   */
  countsFirst?: boolean;
};

/**
 * Tells the queue that rows are due (in `delaySeconds`). Call it after the commit. A failure is only logged, because
 * the sweep finds the rows.
 */
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
