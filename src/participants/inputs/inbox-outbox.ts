import { inputEvents } from "../../../drizzle/schema";
import type { Env } from "../../lib/env";
import { hint, type Outbox } from "../../outbox/queue";

/** Events of payment providers that wait for the ledger. Each may call it a few times, for up to 20 s each. */
export const inbox: Outbox = {
  name: "input_events",
  title: "Payment provider events",
  table: inputEvents,
  age: { column: inputEvents.date_added, at: (moment) => moment.getTime() },
  queue: (env) => env.DELIVERIES,
  ids: "input_event_ids",
  idsPerMessage: 20,
  leaseMs: 180_000,
  countsFirst: true,
};

/** Tells the queue that this event waits. Call it after the commit. */
export const hintInbox = (env: Env, id: number) => hint(env, inbox, [id]);
