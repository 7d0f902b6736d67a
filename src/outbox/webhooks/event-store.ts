import { type SQL, sql } from "drizzle-orm";
import { BLOCK, type EventType, lastSequence } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";
import { NEW_DELIVERY, WANTS } from "./matching";
import { activeWebhook } from "./webhook-store";

export type NewEvent = {
  /** 0 for an account-wide event. */
  campaign_id: number;
  member_id: number;
  type: EventType;
  id: string;
  data: Record<string, unknown>;
  date: Date;
  participant_id?: number | null;
  reward_id?: number | null;
  /** A condition. If it is false within the transaction, neither the event nor its deliveries are inserted. */
  when?: SQL;
};

/** The account's next number. */
export const nextSequence = (memberId: number) => sql.raw(`${lastSequence(String(memberId))} + ${BLOCK}`);

/** An existing event does not change. */
export const insertEvent = (db: Db, event: NewEvent): Statement =>
  db.run(sql`INSERT INTO events (campaign_id, id, type, participant_id, reward_id, data, date, member_id, sequence)
    SELECT ${event.campaign_id}, ${event.id}, ${event.type}, ${event.participant_id ?? null}, ${event.reward_id ?? null},
      ${JSON.stringify(event.data)}, ${event.date.getTime()}, ${event.member_id}, ${nextSequence(event.member_id)}
    WHERE ${event.when ?? sql`true`} ON CONFLICT DO NOTHING`);

/** One delivery for each active webhook that gets the event. Returns their IDs. */
export const insertDeliveries = (db: Db, event: NewEvent) =>
  db.all<{ id: number }>(sql`INSERT INTO deliveries ${sql.raw(NEW_DELIVERY)}
    FROM events e CROSS JOIN webhooks w ON w.member_id = ${event.member_id}
    WHERE e.campaign_id = ${event.campaign_id} AND e.id = ${event.id} AND ${sql.raw(WANTS)} ON CONFLICT DO NOTHING RETURNING id`);

/** A `webhook.test` event for one webhook, whatever its event types. */
export const insertTest = (
  db: Db,
  memberId: number,
  webhookId: number,
  event: Pick<NewEvent, "id" | "data" | "date">,
): [Statement, Statement] => {
  const target = activeWebhook(memberId, webhookId);
  const at = event.date.getTime();
  return [
    db.run(sql`INSERT INTO events (campaign_id, id, type, data, date, member_id, sequence)
      SELECT coalesce(w.campaign_id, 0), ${event.id}, 'webhook.test', ${JSON.stringify(event.data)}, ${at}, ${memberId}, ${nextSequence(memberId)}
      FROM webhooks w WHERE w.id = ${target} ON CONFLICT DO NOTHING`),
    db.run(sql`INSERT INTO deliveries ${sql.raw(NEW_DELIVERY)}
      FROM webhooks w CROSS JOIN events e ON e.campaign_id = coalesce(w.campaign_id, 0) AND e.id = ${event.id}
      WHERE w.id = ${target} ON CONFLICT DO NOTHING`),
  ];
};
