import { and, type Column, desc, eq, gt, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import { isKept, members, memberships, type roles, sessions } from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";

export type Role = (typeof roles)[number];

export const insertSession = (db: Db, row: typeof sessions.$inferInsert) =>
  db.insert(sessions).values(row).returning({ id: sessions.id });

/** The account's twin, if the session works in test mode and there is one. */
const twinOf = (accountId: Column) =>
  sql`CASE WHEN ${sessions.is_test} THEN (SELECT t.id FROM members t WHERE t.test_of = ${accountId}) END`;

/** The account that the session works in. */
const twinned = sql`coalesce(${twinOf(sessions.account_id)}, ${sessions.account_id})`;

/** Beyond this, the menu says that there are more. */
const REVIEWS_COUNTED = 100;

const openReviews = (accountId: SQL) =>
  sql<number>`(SELECT count(*) FROM (SELECT 1 FROM reviews v INDEXED BY reviews_of_member
    WHERE v.member_id = ${accountId} AND v.state = 'open' AND ${isKept(sql`v.campaign_id`)} LIMIT ${REVIEWS_COUNTED}))`;

/**
 * The session of a browser's or an app's token: the person, the account, and their role in it. The role is null if it
 * was removed or the account is suspended. A suspended person has no session. Searches all accounts, because the caller
 * is not known yet.
 */
export const sessionByHash = (db: Db, hash: string, now: Date) =>
  db
    .select({
      id: sql<number>`${sessions.id}`.as("session_id"),
      person_id: sql<number>`${sessions.person_id}`.as("person_id"),
      account_id: sql<number>`${twinned}`.as("account_id"),
      home_id: sql<number>`${sessions.account_id}`.as("home_id"),
      last_seen_at: sql`${sessions.last_seen_at}`.mapWith(sessions.last_seen_at).as("last_seen_at"),
      is_test: sql`${sessions.is_test}`.mapWith(sessions.is_test).as("is_test"),
      scopes: sql`${sessions.scopes}`.mapWith(sessions.scopes).as("scopes"),
      person_name: sql<string>`${members.name}`.as("person_name"),
      person_photo: sql<string | null>`${members.photo}`.as("person_photo"),
      time_zone: sql<string | null>`${members.time_zone}`.as("time_zone"),
      person_email: sql<string>`${members.email}`.as("person_email"),
      is_verified: sql`${members.is_verified}`.mapWith(members.is_verified).as("is_verified"),
      account_name: sql<string>`(SELECT name FROM members WHERE id = ${sessions.account_id})`.as("account_name"),
      role: sql<Role | null>`CASE WHEN ${sessions.account_id} = ${sessions.person_id} THEN 'owner'
        WHEN (SELECT suspended_at FROM members WHERE id = ${sessions.account_id}) IS NULL THEN ${memberships.role} END`.as(
        "role",
      ),
      brand_ids: sql`${memberships.brand_ids}`.mapWith(memberships.brand_ids).as("brand_ids"),
      needs_second_factor:
        sql`(SELECT needs_second_factor FROM members WHERE id = ${sessions.account_id}) AND NOT EXISTS
        (SELECT 1 FROM authenticators WHERE member_id = ${sessions.person_id} AND date_confirmed IS NOT NULL)`
          .mapWith(Boolean)
          .as("needs_second_factor"),
      further_accounts: sql<number>`(SELECT count(*) FROM memberships WHERE person_id = ${sessions.person_id})`.as(
        "further_accounts",
      ),
      open_reviews: openReviews(twinned).as("open_reviews"),
    })
    .from(sessions)
    .innerJoin(members, eq(members.id, sessions.person_id))
    .leftJoin(
      memberships,
      and(eq(memberships.account_id, sessions.account_id), eq(memberships.person_id, sessions.person_id)),
    )
    .where(and(eq(sessions.token_hash, hash), gt(sessions.expires_at, now), isNull(members.suspended_at)));

export const touchSession = (db: Db, id: number, now: Date, expires: Date): Statement =>
  db.update(sessions).set({ last_seen_at: now, expires_at: expires }).where(eq(sessions.id, id));

const SHOWN = 50;

/** A person's sessions, most recently seen first. */
export const sessionsOf = (db: Db, personId: number, now: Date) =>
  db
    .select({
      id: sessions.id,
      agent: sessions.agent,
      date_signedin: sessions.date_signedin,
      last_seen_at: sessions.last_seen_at,
    })
    .from(sessions)
    .where(and(eq(sessions.person_id, personId), isNull(sessions.scopes), gt(sessions.expires_at, now)))
    .orderBy(desc(sessions.last_seen_at), desc(sessions.id))
    .limit(SHOWN);

/** The apps that a person connected, most recently used first. */
export const connectionsOf = (db: Db, personId: number, now: Date) =>
  db
    .select({
      id: field(sessions.id, "id"),
      app_name: sessions.app_name,
      app_host: sessions.app_host,
      scopes: sessions.scopes,
      account_name: members.name,
      last_seen_at: sessions.last_seen_at,
    })
    .from(sessions)
    .innerJoin(members, eq(members.id, sessions.account_id))
    .where(and(eq(sessions.person_id, personId), isNotNull(sessions.scopes), gt(sessions.expires_at, now)))
    .orderBy(desc(sessions.last_seen_at), desc(sessions.id))
    .limit(SHOWN);

/** Switches a session to the person's own account, or to one in which they have a role. */
export const moveSession = (db: Db, personId: number, id: number, accountId: number) =>
  db
    .update(sessions)
    .set({ account_id: accountId, is_test: false })
    .where(
      and(
        eq(sessions.person_id, personId),
        eq(sessions.id, id),
        sql`(${accountId} = ${personId} OR EXISTS (SELECT 1 FROM memberships s CROSS JOIN members a ON a.id = s.account_id
          WHERE s.account_id = ${accountId} AND s.person_id = ${personId} AND a.suspended_at IS NULL))`,
      ),
    )
    .returning({ id: sessions.id });

/** Moves a session into the test mode of the account that it is in, or out of it. */
export const setTestMode = (db: Db, personId: number, id: number, isTest: boolean): Statement =>
  db
    .update(sessions)
    .set({ is_test: isTest })
    .where(and(eq(sessions.person_id, personId), eq(sessions.id, id)));

export const deleteSession = (db: Db, personId: number, id: number) =>
  db
    .delete(sessions)
    .where(and(eq(sessions.person_id, personId), eq(sessions.id, id)))
    .returning({ id: sessions.id });

/** Searches all accounts: having the token is enough to end the session. */
export const deleteByHash = (db: Db, hash: string): Statement =>
  db.delete(sessions).where(eq(sessions.token_hash, hash));

export const deleteOtherSessions = (db: Db, personId: number, keptId: number): Statement =>
  db.delete(sessions).where(and(eq(sessions.person_id, personId), ne(sessions.id, keptId)));

export const deleteSessions = (db: Db, personId: number): Statement =>
  db.delete(sessions).where(eq(sessions.person_id, personId));

/** Deletes the sessions that expired first, up to `max`. Runs across all accounts, for the cron. */
export const deleteExpired = (db: Db, now: Date, max: number) =>
  db
    .delete(sessions)
    .where(sql`id IN (SELECT id FROM sessions WHERE expires_at <= ${now.getTime()} ORDER BY expires_at LIMIT ${max})`)
    .returning({ id: sessions.id });
