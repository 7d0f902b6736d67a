import { transfers } from "../../../drizzle/schema";
import type { Env } from "../../lib/env";
import { hint, type Outbox } from "../queue";

/** Token transfers, one per reward. A round uses a wallet and a few ledgers. */
export const transferOutbox: Outbox = {
  name: "transfers",
  title: "Token transfers",
  table: transfers,
  age: { column: transfers.date_added, at: (moment) => moment.getTime() },
  queue: (env) => env.DELIVERIES,
  ids: "transfer_ids",
  idsPerMessage: 50,
  leaseMs: 120_000,
};

/** Tells the queue that these transfers wait for a round. Call it after the commit. */
export const hintTransfers = (env: Env, ids: number[]) => hint(env, transferOutbox, ids);
