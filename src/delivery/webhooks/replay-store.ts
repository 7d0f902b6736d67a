import { sql } from "drizzle-orm";
import { isKept } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { HINT_MS } from "../../outbox/queue";
import { NEW_DELIVERY, WANTS } from "../../outbox/webhooks/matching";
import { activeWebhook } from "../../outbox/webhooks/webhook-store";
import { isTold, type Look, numbers } from "./event-log-store";

/** The events of a replay: those that the page examines, between the two times. */
export type Replayed = { look: Look; from: Date; to: Date };

/**
 * Deliveries of these events to an active webhook that accepts their types, whatever the result of earlier deliveries.
 * Deliveries that are being attempted right now continue.
 */
export const replay = (db: Db, memberId: number, webhookId: number, { look, from, to }: Replayed, now: Date) => {
  const at = now.getTime();
  const types = look.types ? sql`AND e.type IN (SELECT value FROM json_each(${JSON.stringify(look.types)}))` : sql``;
  return db.all<{ id: number }>(sql`INSERT INTO deliveries ${sql.raw(NEW_DELIVERY)}
    FROM webhooks w CROSS JOIN ${numbers(memberId, look)} n CROSS JOIN events e ON e.campaign_id = n.campaign_id AND e.id = n.id
    WHERE w.id = ${activeWebhook(memberId, webhookId)} AND ${sql.raw(WANTS)} ${types} AND e.type <> 'webhook.test'
      AND e.date >= ${from.getTime()} AND e.date <= ${to.getTime()} AND ${isTold("e")} AND ${isKept(sql`e.campaign_id`)}
    ON CONFLICT (webhook_id, event_id) DO UPDATE SET status = 'pending', attempt_count = 0, next_attempt_at = ${at}, hinted_until = ${at + HINT_MS}
      WHERE coalesce(leased_until, 0) <= ${at}
    RETURNING id`);
};
