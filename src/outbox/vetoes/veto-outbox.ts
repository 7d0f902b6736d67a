import { vetoCalls } from "../../../drizzle/schema";
import type { Env } from "../../lib/env";
import { hint, type Outbox } from "../queue";

/** Calls to members' veto endpoints, one per reward. */
export const vetoOutbox: Outbox = {
  name: "veto_calls",
  title: "Veto requests",
  table: vetoCalls,
  age: { column: vetoCalls.date_added, at: (moment) => moment.getTime() },
  queue: (env) => env.DELIVERIES,
  ids: "veto_ids",
  idsPerMessage: 50,
  leaseMs: 120_000,
};

/** Tells the queue that these rewards wait for an answer. Call it after the commit. */
export const hintVetoCalls = (env: Env, ids: number[]) => hint(env, vetoOutbox, ids);
