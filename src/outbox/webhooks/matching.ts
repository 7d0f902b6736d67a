import { eventTypes } from "../../../drizzle/schema/webhooks";

/** Until then the sweep trusts that the queue's message for a new delivery is under way. In milliseconds. */
export const HINT_MS = 60_000;

/** A new delivery of event `e` to endpoint `w`, to be put behind `INSERT INTO deliveries`. */
export const NEW_DELIVERY = `(webhook_id, campaign_id, event_id, type, next_attempt_at, hinted_until)
SELECT w.id, e.campaign_id, e.id, e.type, e.date, e.date + ${HINT_MS}`;

/** What an endpoint gets that asked for all: the types that are public, as an endpoint's own list has them, for SQL. */
export const EVERY_EVENT = `'${JSON.stringify(eventTypes)}'`;

/** Whether endpoint `w`, which is the member's, gets event `e`: it is on, its scope has the event's campaign, and it asked for the type. */
export const WANTS = `w.status = 'active' AND (w.campaign_id IS NULL OR w.campaign_id = e.campaign_id)
  AND instr(coalesce(w.events, ${EVERY_EVENT}), '"' || e.type || '"')`;
