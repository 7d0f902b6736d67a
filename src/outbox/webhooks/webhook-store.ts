import { and, count, desc, eq, sql } from "drizzle-orm";
import { type EventType, ownCampaign, webhooks } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";
import { EVERY_EVENT } from "./matching";

type WebhookRow = typeof webhooks.$inferSelect;
type NewRow = Omit<typeof webhooks.$inferInsert, "id" | "member_id" | "target"> & { target: string };
type Change = Partial<Pick<WebhookRow, "link" | "target" | "message" | "campaign_id" | "events" | "status">>;

const webhook = {
  id: webhooks.id,
  member_id: webhooks.member_id,
  link: webhooks.link,
  message: webhooks.message,
  campaign_id: webhooks.campaign_id,
  events: sql`coalesce(${webhooks.events}, ${sql.raw(EVERY_EVENT)})`.mapWith(
    (text: string) => JSON.parse(text) as EventType[],
  ),
  status: webhooks.status,
  disabled_reason: webhooks.disabled_reason,
  previous_secret_expires: webhooks.previous_secret_expires,
  date_added: webhooks.date_added,
};

const owned = (memberId: number, id: number) => and(eq(webhooks.id, id), eq(webhooks.member_id, memberId));

/** The ID of a webhook if it is active and the member's, otherwise null, which matches no row. */
export const activeWebhook = (memberId: number, id: number) =>
  sql`(SELECT id FROM webhooks WHERE id = ${id} AND member_id = ${memberId} AND status = 'active')`;

/** The member's webhook with the same target, scope, and events. */
const isSame = (memberId: number, { target, campaign_id, events }: NewRow) =>
  sql`member_id = ${memberId} AND target = ${target} AND coalesce(campaign_id, 0) = ${campaign_id ?? 0}
    AND coalesce(events, '') = ${events ? JSON.stringify(events) : ""}`;

const isVerified = (memberId: number) => sql`EXISTS (SELECT 1 FROM members WHERE id = ${memberId} AND is_verified)`;

/** The maximum number of webhooks per member: in total, before their email is verified, and per host and scope. */
export type Limits = { all: number; unverified: number; perHost: number };

/**
 * Inserts nothing if the member has the same webhook. The owner is null for another member's campaign, and the link is
 * null if a limit is reached. Both columns are NOT NULL, so the transaction fails.
 */
export const insertWebhook = (db: Db, memberId: number, row: NewRow, origin: string, limits: Limits) =>
  db
    .insert(webhooks)
    .values({
      ...row,
      member_id: sql`CASE WHEN ${row.campaign_id ?? null} IS NULL OR EXISTS ${ownCampaign(memberId, row.campaign_id ?? 0)} THEN ${memberId} END`,
      link: sql`CASE WHEN EXISTS (SELECT 1 FROM webhooks WHERE ${isSame(memberId, row)}) OR (
          SELECT count(*) < iif(${isVerified(memberId)}, ${limits.all}, ${limits.unverified}) AND
            count(*) FILTER (WHERE campaign_id IS ${row.campaign_id ?? null} AND instr(coalesce(target, link), ${`${origin}/`}) = 1) < ${limits.perHost}
          FROM webhooks WHERE member_id = ${memberId}) THEN ${row.link} END`,
    })
    .onConflictDoNothing();

/** Enables a webhook that is created again. */
export const enableSame = (db: Db, memberId: number, row: NewRow): Statement =>
  db
    .update(webhooks)
    .set({ status: "active", disabled_reason: null, failing_since: null })
    .where(and(sql`${isSame(memberId, row)}`, eq(webhooks.status, "disabled")));

/** The webhook that `insertWebhook` inserted or found, with its encrypted secret. */
export const sameWebhook = (db: Db, memberId: number, row: NewRow) =>
  db
    .select({ ...webhook, secret: webhooks.secret })
    .from(webhooks)
    .where(isSame(memberId, row));

/** Used to find out why a webhook was rejected. */
export const isVerifiedMember = (db: Db, memberId: number) =>
  db.all<{ is_verified: number }>(sql`SELECT ${isVerified(memberId)} AS is_verified`);

export const webhookById = (db: Db, memberId: number, id: number) =>
  db.select(webhook).from(webhooks).where(owned(memberId, id));

export const webhooksPage = (db: Db, memberId: number, page: PageQuery) =>
  db
    .select(webhook)
    .from(webhooks)
    .where(eq(webhooks.member_id, memberId))
    .orderBy(desc(webhooks.id))
    .limit(page.limit)
    .offset(offset(page));

export const webhookCount = (db: Db, memberId: number) =>
  db
    .select({ total: count().as("total") })
    .from(webhooks)
    .where(eq(webhooks.member_id, memberId));

/** Does nothing for another member's campaign. A new URL, or `active`, resets the webhook's health. */
export const updateWebhook = (db: Db, memberId: number, id: number, change: Change) =>
  db
    .update(webhooks)
    .set({
      id,
      ...change,
      ...(change.status && { disabled_reason: change.status === "disabled" ? "member" : null }),
      ...((change.link || change.status === "active") && { failing_since: null }),
      ...(change.target && { is_unproven: sql`is_unproven OR target IS NOT ${change.target}` }),
    })
    .where(
      and(
        owned(memberId, id),
        change.campaign_id == null ? undefined : sql`EXISTS ${ownCampaign(memberId, change.campaign_id)}`,
      ),
    )
    .returning({ id: webhooks.id });

export const deleteWebhook = (db: Db, memberId: number, id: number) =>
  db.delete(webhooks).where(owned(memberId, id)).returning({ id: webhooks.id });

/** The current secret becomes the previous one, unless an earlier one still signs. */
export const rotateSecret = (db: Db, memberId: number, id: number, secret: string, now: Date, expires: Date) =>
  db
    .update(webhooks)
    .set({ previous_secret: sql`secret`, previous_secret_expires: expires, secret })
    .where(and(owned(memberId, id), sql`coalesce(${webhooks.previous_secret_expires}, 0) <= ${now.getTime()}`))
    .returning({ id: webhooks.id });

/** From now on, only the current secret signs. */
export const endPreviousSecret = (db: Db, memberId: number, id: number) =>
  db
    .update(webhooks)
    .set({ previous_secret: null, previous_secret_expires: null })
    .where(owned(memberId, id))
    .returning({ id: webhooks.id });
