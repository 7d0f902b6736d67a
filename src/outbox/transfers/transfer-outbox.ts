import { transfers } from "../../../drizzle/schema";
import type { Env } from "../../lib/env";
import { hint, type Outbox } from "../queue";

/** Transfers of tokens, one per reward. A round asks a wallet and a few ledgers. */
export const transferOutbox: Outbox = {
  name: "transfers",
  table: transfers,
  age: { column: transfers.date_added, at: (moment) => moment.getTime() },
  queue: (env) => env.DELIVERIES,
  ids: "transfer_ids",
  idsPerMessage: 50,
  leaseMs: 120_000,
};

/** Tells the queue, after the commit, that these wait for a round. */
export const hintTransfers = (env: Env, ids: number[]) => hint(env, transferOutbox, ids);
