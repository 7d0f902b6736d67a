import { nextStamp } from "../../../drizzle/schema/stamps";
import { eventTypes } from "../../../drizzle/schema/webhooks";
import { HINT_MS } from "../queue";

/** A new delivery of event `e` to endpoint `w`, for use after `INSERT INTO deliveries`. */
export const NEW_DELIVERY = `(webhook_id, campaign_id, event_id, type, next_attempt_at, hinted_until, updated_at)
SELECT w.id, e.campaign_id, e.id, e.type, e.date, e.date + ${HINT_MS}, ${nextStamp("deliveries", "w.id")}`;

/** The event types of an endpoint that gets all events, as SQL in the format of an endpoint's own list. */
export const EVERY_EVENT = `'${JSON.stringify(eventTypes)}'`;

/**
 * Whether endpoint `w`, which must be the member's, gets event `e`: it is active, its scope includes the event's
 * campaign, and its types include the event's.
 */
export const WANTS = `w.status = 'active' AND (w.campaign_id IS NULL OR w.campaign_id = e.campaign_id)
  AND instr(coalesce(w.events, ${EVERY_EVENT}), '"' || e.type || '"')`;
