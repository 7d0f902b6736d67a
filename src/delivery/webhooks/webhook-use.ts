import type { Use } from "../../outbox/use";
import { deliveries } from "../../outbox/webhooks/delivery-outbox";
import { deliver } from "./delivery-round";
import { dropAccountEvents, dropOldVersions, skipOld } from "./delivery-store";

export const webhookUse: Use = {
  outbox: deliveries,
  rowsPerRound: 200,
  roundsPerBatch: 1,
  round: deliver,
  dropBesides: (db, before, max) => [dropAccountEvents(db, before, max), dropOldVersions(db, before, max)],
  skipOld,
};
