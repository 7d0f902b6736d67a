import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { deliveries, webhooks } from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db } from "../../lib/db";

/** How many deliveries an event has, by status. */
type DeliveryCounts = { event_id: string; delivered: number; failed: number; pending: number };

/** The number of deliveries of events to the account's webhooks. `ids`: the events, as rows (id). */
export const deliveryCounts = (db: Db, memberId: number, ids: SQL) =>
  db.all<DeliveryCounts>(sql`SELECT d.event_id, count(*) FILTER (WHERE d.status = 'delivered') AS delivered,
      count(*) FILTER (WHERE d.status = 'failed') AS failed, count(*) FILTER (WHERE d.status = 'pending') AS pending
    FROM webhooks w INDEXED BY webhooks_of_member CROSS JOIN ${ids} n CROSS JOIN deliveries d INDEXED BY deliveries_once
      ON d.webhook_id = w.id AND d.event_id = n.id
    WHERE w.member_id = ${memberId} GROUP BY d.event_id`);

/** An event's deliveries to the account's webhooks, newest webhook first. */
export const deliveriesOfEvent = (db: Db, memberId: number, eventId: string, limit: number) =>
  db
    .select({
      id: field(deliveries.id, "id"),
      status: field(deliveries.status, "status"),
      attempts: field(deliveries.attempts, "attempts"),
      next_attempt_at: field(deliveries.next_attempt_at, "next_attempt_at"),
      webhook_id: field(webhooks.id, "webhook_id"),
      link: field(webhooks.link, "link"),
    })
    .from(webhooks)
    .innerJoin(deliveries, and(eq(deliveries.webhook_id, webhooks.id), eq(deliveries.event_id, eventId)))
    .where(eq(webhooks.member_id, memberId))
    .orderBy(desc(webhooks.id))
    .limit(limit);
