import type { Db } from "../../lib/db";
import * as store from "./webhook-store";

export type { NewEvent } from "./webhook-store";

/**
 * What belongs into the transaction that makes an event true: the event, and a delivery for every active webhook that asked for it.
 * The second answers the deliveries' ids, for `hintDeliveries` after the commit; without a hint the sweep finds them a minute later.
 */
export const eventStatements = (db: Db, event: store.NewEvent) =>
  [store.insertEvent(db, event), store.insertDeliveries(db, event)] as const;
