import { and, eq, inArray, sql } from "drizzle-orm";
import {
  type Attempt,
  coupons,
  deliveries,
  events,
  isKept,
  nextStamp,
  rewards,
  webhooks,
} from "../../../drizzle/schema";
import { field, ifAny, listed } from "../../lib/columns";
import { eventIdAt } from "../../lib/crypto";
import { DAY_MS } from "../../lib/day";
import type { Db, Statement } from "../../lib/db";
import { settle as settleRows } from "../../outbox/outbox-store";
import type { Standing } from "../../outbox/outcome";
import { deliveries as outbox } from "../../outbox/webhooks/delivery-outbox";
import { told } from "./told-store";

const ATTEMPTS_KEPT = 20;

/** Deletes deliveries whose campaign, event, or webhook was deleted. */
export const dropOrphans = (db: Db, ids: number[], lease: string): Statement =>
  db.delete(deliveries).where(
    and(
      inArray(deliveries.id, listed(ids)),
      eq(deliveries.lease, lease),
      sql`NOT (EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = deliveries.campaign_id AND e.id = deliveries.event_id)
          AND ${isKept(deliveries.campaign_id)} AND ${isKept(deliveries.webhook_id, "webhook")})`,
    ),
  );

const secrets = {
  secret: field(webhooks.secret, "secret"),
  previous_secret: field(webhooks.previous_secret, "previous_secret"),
  previous_secret_expires: field(webhooks.previous_secret_expires, "previous_secret_expires"),
};

/** The leased deliveries, with all data for a body and an attempt. Reads all accounts, for the queue. */
export const leased = (db: Db, ids: number[], lease: string) =>
  db
    .select({
      ...told,
      id: field(deliveries.id, "id"),
      type: field(deliveries.type, "type"),
      attempt_count: field(deliveries.attempt_count, "attempt_count"),
      is_suspended: sql`(SELECT c.is_suspended FROM campaigns c WHERE c.id = ${deliveries.campaign_id})`
        .mapWith(Boolean)
        .as("is_suspended"),
      webhook: {
        id: field(webhooks.id, "webhook_id"),
        member_id: field(webhooks.member_id, "member_id"),
        link: field(webhooks.link, "link"),
        status: field(webhooks.status, "webhook_status"),
        ...secrets,
        failing_since: field(webhooks.failing_since, "failing_since"),
        is_unproven: field(webhooks.is_unproven, "is_unproven"),
      },
    })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook_id))
    .innerJoin(events, and(eq(events.campaign_id, deliveries.campaign_id), eq(events.id, deliveries.event_id)))
    .leftJoin(rewards, eq(rewards.id, events.reward_id))
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(and(inArray(deliveries.id, listed(ids)), eq(deliveries.lease, lease)))
    .orderBy(deliveries.attempt_count, deliveries.id);

export type Leased = Awaited<ReturnType<typeof leased>>[number];
/** The data for an event's body. */
export type Told = Pick<Leased, "type" | keyof typeof told>;

/** A delivery with all data for its body. The event's columns are null if it was deleted with its campaign. */
export const deliveryById = (db: Db, memberId: number, id: number) =>
  db
    .select({
      ...told,
      id: field(deliveries.id, "id"),
      event_id: field(deliveries.event_id, "event_id"),
      type: field(deliveries.type, "type"),
      campaign_id: field(deliveries.campaign_id, "campaign_id"),
      status: field(deliveries.status, "status"),
      attempts: field(deliveries.attempts, "attempts"),
      next_attempt_at: field(deliveries.next_attempt_at, "next_attempt_at"),
      date: ifAny(events.date, "date"),
      facts: ifAny(events.data, "facts"),
      webhook: {
        id: field(webhooks.id, "webhook_id"),
        link: field(webhooks.link, "link"),
        status: field(webhooks.status, "webhook_status"),
        ...secrets,
      },
    })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook_id))
    .leftJoin(events, and(eq(events.campaign_id, deliveries.campaign_id), eq(events.id, deliveries.event_id)))
    .leftJoin(rewards, eq(rewards.id, events.reward_id))
    .leftJoin(coupons, eq(coupons.reward_id, rewards.id))
    .where(and(eq(deliveries.id, id), eq(webhooks.member_id, memberId), isKept(deliveries.campaign_id)));

/** The outcome of a delivery. */
export type Outcome = Standing<"pending" | "delivered" | "failed"> & {
  id: number;
  attempt: Attempt | null;
  attempt_count: number;
  /** The participant that the stored response may mention. */
  answers_of: number | null;
};

/** If the participant was erased in the meantime, the response is not stored. */
export const settle = (db: Db, outcomes: Outcome[], lease: string): Statement =>
  settleRows(db, outbox, outcomes, lease, {
    read: sql`value ->> 'attempt' AS attempt, value ->> 'attempt_count' AS attempt_count, value ->> 'answers_of' AS answers_of,
      coalesce((SELECT p.status = 'erased' FROM participants p WHERE p.id = value ->> 'answers_of'), false) AS is_erased`,
    set: sql`attempt_count = o.attempt_count, updated_at = ${sql.raw(nextStamp("deliveries", "deliveries.webhook_id"))},
      answers_of = iif(o.is_erased, deliveries.answers_of, coalesce(o.answers_of, deliveries.answers_of)),
      attempts = iif(o.attempt IS NULL, attempts, json_insert(
        iif(json_array_length(attempts) < ${ATTEMPTS_KEPT}, attempts, json_remove(attempts, '$[0]')), '$[#]',
        json(iif(o.is_erased, json_remove(o.attempt, '$.answer'), o.attempt))))`,
  });

/** An endpoint's result in a round. `link` is its URL at that time: a result says nothing about a different URL. */
export type Health = { id: number; link: string; is_ok: boolean; is_gone: boolean };

/**
 * Records since when endpoints have been failing, and that successful ones want our events. Disables endpoints that are
 * gone or have been failing since before `failingBefore`.
 */
export const noteHealth = (db: Db, endpoints: Health[], now: Date, failingBefore: Date): Statement => {
  const failsTooLong = sql`(NOT o.is_ok AND failing_since <= ${failingBefore.getTime()})`;
  return db.run(sql`UPDATE webhooks SET is_unproven = iif(o.is_ok, 0, is_unproven),
      failing_since = iif(o.is_ok AND NOT o.is_gone, NULL, coalesce(failing_since, ${now.getTime()})),
      status = iif(o.is_gone OR ${failsTooLong}, 'disabled', status),
      disabled_reason = CASE WHEN o.is_gone THEN 'gone' WHEN ${failsTooLong} THEN 'failing' ELSE disabled_reason END
    FROM (SELECT value ->> 'id' AS id, value ->> 'link' AS link, value ->> 'is_ok' AS is_ok, value ->> 'is_gone' AS is_gone
      FROM json_each(${JSON.stringify(endpoints)})) o
    WHERE webhooks.id = o.id AND webhooks.link = o.link AND status = 'active' AND (o.is_gone OR NOT o.is_ok OR failing_since IS NOT NULL OR is_unproven)`);
};

/**
 * Ends waiting deliveries with an event from before this time. Their owner can recover them. Spans all accounts, for
 * the operator.
 */
export const skipOld = (db: Db, before: Date, max: number) => {
  const attempt: Attempt = { at: new Date().toISOString(), status_code: null, error: "skipped", duration_ms: 0 };
  return db.all<{
    id: number;
  }>(sql`UPDATE deliveries SET status = 'failed', next_attempt_at = NULL, hinted_until = NULL, attempts = json_insert(attempts, '$[#]', json(${JSON.stringify(attempt)}))
    WHERE id IN (SELECT id FROM deliveries WHERE status = 'pending' AND next_attempt_at IS NOT NULL AND event_id < ${eventIdAt(before)} LIMIT ${max})
    RETURNING id`);
};

/** Deletes old tests of account-wide webhooks, because no campaign's deletion covers them. */
export const dropAccountEvents = (db: Db, before: Date, max: number): Statement =>
  db
    .delete(events)
    .where(
      and(
        eq(events.campaign_id, 0),
        sql`id IN (SELECT id FROM events WHERE campaign_id = 0 AND id < ${eventIdAt(before)} ORDER BY id LIMIT ${max})`,
      ),
    );

/** The event log may reach back up to this much further than 30 days. */
const LONGER_MS = 2 * DAY_MS;

/** Deletes participants' data from before old changes. The events that need it are no longer listed. */
export const dropOldVersions = (db: Db, before: Date, max: number): Statement =>
  db.run(sql`DELETE FROM participant_versions WHERE (participant_id, until) IN (
    SELECT participant_id, until FROM participant_versions WHERE date < ${before.getTime() - LONGER_MS} LIMIT ${max})`);
