import { type SQL, sql } from "drizzle-orm";
import { deliveries, isKept, nextStamp } from "../../../drizzle/schema";
import { EVENT_ID_LENGTH } from "../../lib/crypto";
import type { Db } from "../../lib/db";
import { HINT_MS } from "../queue";
import { startAgain } from "./delivery-store";
import { EVERY_EVENT } from "./matching";
import { activeWebhook } from "./webhook-store";

/** Restarts the schedules of failed deliveries from this event ID on, oldest first. */
export const restartFailed = (
  db: Db,
  memberId: number,
  webhookId: number,
  since: { eventId: string; now: Date; max: number },
) =>
  db
    .update(deliveries)
    .set(startAgain(since.now))
    .where(
      sql`id IN (SELECT id FROM deliveries WHERE webhook_id = ${activeWebhook(memberId, webhookId)} AND status = 'failed'
        AND event_id >= ${since.eventId} AND ${isKept(sql`deliveries.campaign_id`)} ORDER BY event_id LIMIT ${since.max})`,
    )
    .returning({ id: deliveries.id });

/**
 * Events from this ID on, campaign by campaign. With `after`, only events after that one. At most `max` are examined.
 */
export type Walk = { eventId: string; after: { campaign_id: number; id: string } | null; max: number };

/** The events in an active webhook's scope since it was created, in table order. */
function walk(memberId: number, webhookId: number, { eventId, after, max }: Walk): SQL {
  const from = sql`max(${eventId}, 'evt_' || printf('%012x', w.date_added))`;
  const beyond = after
    ? sql`AND c.id >= ${after.campaign_id} AND (c.id > ${after.campaign_id} OR e.id > ${after.id})`
    : sql``;
  return sql`SELECT w.id AS webhook_id, coalesce(w.events, ${sql.raw(EVERY_EVENT)}) AS wanted, e.campaign_id, e.id, e.type
    FROM webhooks w CROSS JOIN campaigns c INDEXED BY campaigns_of_member ON c.member_id = w.member_id AND (w.campaign_id IS NULL OR w.campaign_id = c.id)
    CROSS JOIN events e ON e.campaign_id = c.id AND e.id >= ${from}
    WHERE w.id = ${activeWebhook(memberId, webhookId)} ${beyond} ORDER BY c.id, e.id LIMIT ${max}`;
}

/**
 * Adds missing deliveries of the walk's events that match the webhook. Silent imports stay silent: the item's own
 * event, whose ID is a prefix of all its events, records this.
 */
export const insertMissing = (db: Db, memberId: number, webhookId: number, of: Walk, now: Date, max: number) => {
  const at = now.getTime();
  return db.all<{
    id: number;
  }>(sql`INSERT INTO deliveries (webhook_id, campaign_id, event_id, type, next_attempt_at, hinted_until, updated_at)
    SELECT seen.webhook_id, seen.campaign_id, seen.id, seen.type, ${at}, ${at + HINT_MS}, ${sql.raw(nextStamp("deliveries", "seen.webhook_id"))} FROM (${walk(memberId, webhookId, of)}) seen
    WHERE instr(seen.wanted, '"' || seen.type || '"') AND seen.type <> 'webhook.test' AND ${isKept(sql`seen.campaign_id`)}
      AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.webhook_id = seen.webhook_id AND d.event_id = seen.id)
      AND NOT EXISTS (SELECT 1 FROM events i WHERE i.campaign_id = seen.campaign_id AND i.id = substr(seen.id, 1, ${EVENT_ID_LENGTH}) AND i.data ->> 'is_untold')
    LIMIT ${max} ON CONFLICT (webhook_id, event_id) DO NOTHING RETURNING id`);
};

/** The last event of the walk, if the walk stopped there because of its limit. */
export const stoppedAt = (db: Db, memberId: number, webhookId: number, of: Walk) =>
  db.all<{ campaign_id: number; id: string }>(
    sql`SELECT campaign_id, id FROM (${walk(memberId, webhookId, of)}) LIMIT 1 OFFSET ${of.max - 1}`,
  );
