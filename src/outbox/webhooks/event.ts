import type { Db } from "../../lib/db";
import * as store from "./event-store";

export type { NewEvent } from "./event-store";

/**
 * Statements for the transaction that causes an event: the event, and a delivery for every active webhook that gets it.
 * The second returns the deliveries' IDs, for `hintDeliveries` after the commit. Without a hint, the sweep finds the
 * deliveries within a minute.
 */
export const eventStatements = (db: Db, event: store.NewEvent) =>
  [store.insertEvent(db, event), store.insertDeliveries(db, event)] as const;
