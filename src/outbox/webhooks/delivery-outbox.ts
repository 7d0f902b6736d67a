import { deliveries as table } from "../../../drizzle/schema";
import { eventIdAt } from "../../lib/crypto";
import type { Env } from "../../lib/env";
import { hint, type Outbox } from "../queue";

/** Webhook deliveries. A round starts attempts for 12 s, and recording the last one may take 17 s. */
export const deliveries: Outbox = {
  name: "deliveries",
  title: "Webhook deliveries",
  table,
  age: { column: table.event_id, at: eventIdAt },
  queue: (env) => env.DELIVERIES,
  ids: "delivery_ids",
  idsPerMessage: 50,
  leaseMs: 60_000,
};

/** Tells the queue that these deliveries are due. Call it after the commit. */
export const hintDeliveries = (env: Env, ids: number[]) => hint(env, deliveries, ids);
