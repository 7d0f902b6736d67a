import { deliveries as table } from "../../../drizzle/schema";
import { eventIdAt } from "../../lib/crypto";
import type { Env } from "../../lib/env";
import { hint, type Outbox } from "../queue";

/** Deliveries to webhook endpoints. A round starts attempts for 12 s, and the last may take 17 s before it is recorded. */
export const deliveries: Outbox = {
  name: "deliveries",
  table,
  age: { column: table.event_id, at: eventIdAt },
  queue: (env) => env.DELIVERIES,
  ids: "delivery_ids",
  idsPerMessage: 50,
  leaseMs: 60_000,
};

/** Tells the queue, after the commit, that these deliveries are due. */
export const hintDeliveries = (env: Env, ids: number[]) => hint(env, deliveries, ids);
