import { and, count, desc, eq, sql } from "drizzle-orm";
import { brandAmongMany, deliveries, isKept, webhooks } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

/** How many of the newest deliveries an endpoint's health is based on. */
const LAST = 100;

/** The last 100 deliveries: their number, their outcomes, and the last attempt's time. */
type Lately = { total: number; delivered: number; failed: number; last_at: string | null };

const endpoint = {
  id: sql<number>`${webhooks.id}`.as("id"),
  link: sql<string>`${webhooks.link}`.as("link"),
  message: sql<string | null>`${webhooks.message}`.as("message"),
  campaign_id: sql<number | null>`${webhooks.campaign_id}`.as("campaign_id"),
  brand_name: sql<string | null>`(SELECT ${brandAmongMany("c")} FROM campaigns c WHERE c.id = webhooks.campaign_id)`.as(
    "brand_name",
  ),
  campaign_name: sql<string | null>`(SELECT name FROM campaigns WHERE id = webhooks.campaign_id)`.as("campaign_name"),
  events: sql`${webhooks.events}`.mapWith(webhooks.events).as("events"),
  status: sql`${webhooks.status}`.mapWith(webhooks.status).as("status"),
  disabled_reason: sql<(typeof webhooks.$inferSelect)["disabled_reason"]>`${webhooks.disabled_reason}`.as(
    "disabled_reason",
  ),
  failing_since: sql<Date | null>`${webhooks.failing_since}`.mapWith(webhooks.failing_since).as("failing_since"),
  previous_secret_expires: sql<Date | null>`${webhooks.previous_secret_expires}`
    .mapWith(webhooks.previous_secret_expires)
    .as("previous_secret_expires"),
  date_added: sql`${webhooks.date_added}`.mapWith(webhooks.date_added).as("date_added"),
  // Drizzle would leave out the table name, and `id` would then be the delivery's.
  lately: sql`(SELECT json_object('total', count(*), 'delivered', count(*) FILTER (WHERE status = 'delivered'),
      'failed', count(*) FILTER (WHERE status = 'failed'), 'last_at', max(attempts ->> '$[#-1].at'))
    FROM (SELECT status, attempts FROM deliveries WHERE webhook_id = webhooks.id AND ${isKept(sql`deliveries.campaign_id`)} ORDER BY event_id DESC LIMIT ${LAST}))`
    .mapWith((text: string) => JSON.parse(text) as Lately)
    .as("lately"),
};

export const endpointsPage = (db: Db, memberId: number, page: PageQuery) =>
  db
    .select(endpoint)
    .from(webhooks)
    .where(eq(webhooks.member_id, memberId))
    .orderBy(desc(webhooks.id))
    .limit(page.limit)
    .offset(offset(page));

export const endpointCount = (db: Db, memberId: number) =>
  db
    .select({ total: count().as("total") })
    .from(webhooks)
    .where(eq(webhooks.member_id, memberId));

export const endpointById = (db: Db, memberId: number, id: number) =>
  db
    .select(endpoint)
    .from(webhooks)
    .where(and(eq(webhooks.id, id), eq(webhooks.member_id, memberId)));

/** The filters of a delivery list and its start. Reads at most `looks_at` deliveries. */
type Look = { status?: string; type?: string; before?: string; limit: number; looks_at: number };

const own = (memberId: number, webhookId: number) =>
  sql`webhook_id = (SELECT id FROM webhooks WHERE id = ${webhookId} AND member_id = ${memberId})
    AND ${isKept(sql`deliveries.campaign_id`)}`;
const olderThan = (before: string | undefined) => (before === undefined ? sql`true` : sql`event_id < ${before}`);

/**
 * An endpoint's deliveries, newest first. Failed deliveries have their own index. For any other filter, a page reads
 * the next `looks_at` deliveries, and `endOfLook` returns where it stopped.
 */
export function deliveriesBefore(db: Db, memberId: number, webhookId: number, look: Look) {
  const { status, type, before, limit, looks_at } = look;
  const isFailed = status === "failed" ? sql`status = 'failed'` : sql`true`;
  return db
    .select({
      id: deliveries.id,
      event_id: deliveries.event_id,
      type: deliveries.type,
      status: deliveries.status,
      attempts: deliveries.attempts,
      next_attempt_at: deliveries.next_attempt_at,
    })
    .from(deliveries)
    .where(
      and(
        sql`id IN (SELECT id FROM (SELECT id, status, type, event_id FROM deliveries
          WHERE ${own(memberId, webhookId)} AND ${olderThan(before)} AND ${isFailed} ORDER BY event_id DESC LIMIT ${looks_at})
          WHERE ${status === undefined ? sql`true` : sql`status = ${status}`} AND ${type === undefined ? sql`true` : sql`type = ${type}`}
          ORDER BY event_id DESC LIMIT ${limit})`,
      ),
    )
    .orderBy(desc(deliveries.event_id));
}

/** The last delivery that `deliveriesBefore` may read. No row if there are fewer. */
export const endOfLook = (db: Db, memberId: number, webhookId: number, { status, before, looks_at }: Look) =>
  db
    .select({ event_id: deliveries.event_id })
    .from(deliveries)
    .where(and(own(memberId, webhookId), olderThan(before), status === "failed" ? sql`status = 'failed'` : undefined))
    .orderBy(desc(deliveries.event_id))
    .limit(1)
    .offset(looks_at - 1);
