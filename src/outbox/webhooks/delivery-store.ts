import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { deliveries, isKept, nextStamp, webhooks } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { COUNT_LIMIT, offset } from "../../lib/page";
import type { Source } from "../../lib/updates-store";
import { HINT_MS } from "../queue";
import type { DeliveryQuery } from "./webhook-schema";

const delivery = {
  id: deliveries.id,
  event_id: deliveries.event_id,
  type: deliveries.type,
  webhook_id: deliveries.webhook_id,
  status: deliveries.status,
  attempts: deliveries.attempts,
  next_attempt_at: deliveries.next_attempt_at,
};

type Listed = Pick<DeliveryQuery, "status" | "after">;

const ofWebhook = (memberId: number, webhookId: number, { after }: Listed) =>
  and(
    sql`${deliveries.webhook_id} = (SELECT id FROM webhooks WHERE id = ${webhookId} AND member_id = ${memberId})
      AND ${isKept(deliveries.campaign_id)}`,
    // If the delivery was deleted, all older ones were deleted too.
    after === undefined
      ? undefined
      : sql`event_id > coalesce((SELECT d.event_id FROM deliveries d WHERE d.id = ${after}), '')`,
  );

const inOrder = ({ after }: Listed) => (after === undefined ? desc(deliveries.event_id) : asc(deliveries.event_id));

/** Failed deliveries have their own index, so they need no limit. */
const isLooked = ({ status }: Listed) => status !== undefined && status !== "failed";

/** The deliveries that a search by status examines: the newest ones, or the next ones of a walk. */
const looked = (db: Db, memberId: number, webhookId: number, query: Listed) =>
  db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(ofWebhook(memberId, webhookId, query))
    .orderBy(inOrder(query))
    .limit(COUNT_LIMIT);

/**
 * A webhook's deliveries, in the order of `deliveries_once`. A search by status is limited, so no filter reads a month
 * of deliveries.
 */
const listed = (db: Db, memberId: number, webhookId: number, query: Listed) =>
  and(
    ofWebhook(memberId, webhookId, query),
    isLooked(query) ? inArray(deliveries.id, looked(db, memberId, webhookId, query)) : undefined,
    // A literal, because SQLite only uses a partial index if the status is one.
    query.status === "failed" ? sql`status = 'failed'` : query.status && eq(deliveries.status, query.status),
  );

/** The last delivery that a page of a walk could examine. Undefined if it reached the end. */
export const lastLooked = (db: Db, memberId: number, webhookId: number, query: Listed) =>
  db.all<{ id: number | null }>(
    query.after !== undefined && isLooked(query)
      ? sql`SELECT id FROM ${looked(db, memberId, webhookId, query)} LIMIT 1 OFFSET ${COUNT_LIMIT - 1}`
      : sql`SELECT NULL AS id`,
  );

export const deliveriesPage = (db: Db, memberId: number, webhookId: number, query: DeliveryQuery) =>
  db
    .select(delivery)
    .from(deliveries)
    .where(listed(db, memberId, webhookId, query))
    .orderBy(inOrder(query))
    .limit(query.limit)
    .offset(offset(query));

/** The source of deliveries for `updated_since`. */
export const deliverySource = (memberId: number, webhookId: number): Source => ({
  list: "deliveries",
  owner: sql`(SELECT id FROM webhooks WHERE id = ${webhookId} AND member_id = ${memberId})`,
});

/** The deliveries on a page of `updated_since`. All belong to one webhook. */
export const updatedDeliveries = (db: Db, query: DeliveryQuery, rows: SQL) =>
  db
    .select(delivery)
    .from(deliveries)
    .innerJoin(sql`${rows} f`, sql`f.id = ${deliveries.id} AND f.counts`)
    .where(
      and(
        isKept(deliveries.campaign_id),
        query.status === undefined ? undefined : sql`+${deliveries.status} = ${query.status}`,
      ),
    )
    .orderBy(sql`f.stream, f.at, f.id`)
    .limit(query.limit);

export const deliveryCount = (db: Db, memberId: number, webhookId: number, status: DeliveryQuery["status"]) =>
  db.select({ total: count().as("total") }).from(
    db
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(listed(db, memberId, webhookId, { status }))
      .limit(COUNT_LIMIT)
      .as("counted"),
  );

/** A delivery with its webhook's status, and whether an attempt is in progress. */
export const deliveryById = (db: Db, memberId: number, id: number, now: Date) =>
  db
    .select({
      ...delivery,
      webhook_status: sql<(typeof webhooks.$inferSelect)["status"]>`${webhooks.status}`.as("webhook_status"),
      is_leased: sql<number>`coalesce(${deliveries.leased_until}, 0) > ${now.getTime()}`.as("is_leased"),
    })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook_id))
    .where(and(eq(deliveries.id, id), eq(webhooks.member_id, memberId), isKept(deliveries.campaign_id)));

/** The values of a delivery at the start of its schedule. */
export const startAgain = (now: Date) => ({
  status: "pending" as const,
  attempt_count: 0,
  next_attempt_at: now,
  hinted_until: new Date(now.getTime() + HINT_MS),
  updated_at: sql.raw(nextStamp("deliveries", "deliveries.webhook_id")),
});

/** Restarts a delivery's schedule, unless an attempt is in progress or its webhook is disabled. */
export const restartDelivery = (db: Db, memberId: number, id: number, now: Date) =>
  db
    .update(deliveries)
    .set(startAgain(now))
    .where(
      and(
        eq(deliveries.id, id),
        isKept(deliveries.campaign_id),
        sql`webhook_id IN (SELECT id FROM webhooks WHERE member_id = ${memberId} AND status = 'active')`,
        sql`coalesce(leased_until, 0) <= ${now.getTime()}`,
      ),
    )
    .returning({ id: deliveries.id });

export const deliveryOfEvent = (db: Db, memberId: number, webhookId: number, eventId: string) =>
  db
    .select(delivery)
    .from(deliveries)
    .where(and(ofWebhook(memberId, webhookId, {}), eq(deliveries.event_id, eventId)));
