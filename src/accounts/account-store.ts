import { and, desc, eq, exists, isNull, or, sql } from "drizzle-orm";
import {
  apiKeys,
  authenticators,
  knownPlaces,
  members,
  memberships,
  plans,
  recoveryCodes,
  teamInvitations,
  webhooks,
} from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../lib/page";
import { UTC } from "../lib/time-zone";
import type { ProfileForm } from "./account-schema";
import { hasAuthenticator } from "./second-factor-store";

export const insertMember = (db: Db, row: typeof members.$inferInsert) =>
  db.insert(members).values(row).returning({
    id: members.id,
    email: members.email,
    name: members.name,
    date_signedup: members.date_signedup,
  });

/** Searches all accounts, because the caller is not signed in yet. */
export const memberByEmail = (db: Db, email: string) =>
  db
    .select({
      id: members.id,
      email: members.email,
      name: members.name,
      password_hash: members.password_hash,
      token_epoch: members.token_epoch,
      has_second_factor: sql`${hasAuthenticator(sql`${members.id}`)}`.mapWith(Boolean).as("has_second_factor"),
      needs_second_factor: members.needs_second_factor,
      suspended_at: members.suspended_at,
    })
    .from(members)
    .where(and(eq(members.email, email), isNull(members.test_of)));

export const countLogin = (db: Db, memberId: number): Statement =>
  db.update(members).set({ num_of_logins: sql`num_of_logins + 1` }).where(eq(members.id, memberId));

export const profile = (db: Db, memberId: number) =>
  db
    .select({
      id: members.id,
      email: members.email,
      name: members.name,
      is_verified: members.is_verified,
      plan_id: members.plan_id,
      plan_expiry: members.plan_expiry,
      date_signedup: members.date_signedup,
      photo: members.photo,
      time_zone: sql<string>`coalesce(${members.time_zone}, ${UTC})`.as("time_zone"),
      num_of_logins: members.num_of_logins,
    })
    .from(members)
    .where(eq(members.id, memberId));

export const planById = (db: Db, planId: number) => db.select({ id: plans.id }).from(plans).where(eq(plans.id, planId));

export const updatePlan = (
  db: Db,
  memberId: number,
  change: { plan_id: number; plan_expiry: Date | null },
): Statement =>
  db
    .update(members)
    .set(change)
    .where(or(eq(members.id, memberId), eq(members.test_of, memberId)));

/** The keys that count toward an account's maximum: neither revoked nor expired. */
export const livingKeys = (memberId: number, now: Date) =>
  sql`(SELECT count(*) FROM api_keys WHERE member_id = ${memberId} AND revoked_at IS NULL AND coalesce(expires_at > ${now.getTime()}, 1))`;

/** Inserts nothing if the member already has `max` active keys. */
export const insertKey = (
  db: Db,
  {
    member_id,
    maker_id,
    hash,
    prefix,
    date_generated,
  }: Pick<Required<ApiKeyRow>, "member_id" | "maker_id" | "hash" | "prefix" | "date_generated">,
  max: number,
) =>
  db.all<{ id: number }>(sql`INSERT INTO api_keys (member_id, maker_id, hash, prefix, date_generated)
    SELECT ${member_id}, ${maker_id}, ${hash}, ${prefix}, ${date_generated.getTime()}
    WHERE ${livingKeys(member_id, date_generated)} < ${max} RETURNING id`);

type ApiKeyRow = typeof apiKeys.$inferInsert;

const livingKeysOf = (memberId: number) => and(eq(apiKeys.member_id, memberId), isNull(apiKeys.revoked_at));
const classicKeysOf = (memberId: number) => and(livingKeysOf(memberId), isNull(apiKeys.kind));

/** The member's active classic keys, newest first. */
export const keysPage = (db: Db, memberId: number, page: PageQuery) =>
  db
    .select({
      id: sql<number>`${apiKeys.id}`.as("id"),
      prefix: sql<string>`${apiKeys.prefix}`.as("prefix"),
      date_generated: sql`${apiKeys.date_generated}`.mapWith(apiKeys.date_generated).as("date_generated"),
      last_used_at: sql`${apiKeys.last_used_at}`.mapWith(apiKeys.last_used_at).as("last_used_at"),
      maker_id: sql<number | null>`${members.id}`.as("maker_id"),
      maker_name: sql<string | null>`${members.name}`.as("maker_name"),
      maker_email: sql<string | null>`${members.email}`.as("maker_email"),
    })
    .from(apiKeys)
    .leftJoin(members, eq(members.id, apiKeys.maker_id))
    .where(classicKeysOf(memberId))
    .orderBy(desc(apiKeys.id))
    .limit(page.limit)
    .offset(offset(page));

export type KeyRow = Awaited<ReturnType<typeof keysPage>>[number];

/** A condition for statements that follow `insertKey` in a batch. */
export const hasKey = (memberId: number, hash: string) =>
  sql`EXISTS (SELECT 1 FROM api_keys WHERE member_id = ${memberId} AND hash = ${hash})`;

export const keyCount = (db: Db, memberId: number) => {
  const counted = db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(classicKeysOf(memberId))
    .limit(COUNT_LIMIT)
    .as("counted");
  return db.select({ total: sql<number>`count(*)`.as("total") }).from(counted);
};

export const revokeKey = (db: Db, memberId: number, id: number, now: Date) =>
  db
    .update(apiKeys)
    .set({ revoked_at: now })
    .where(and(eq(apiKeys.id, id), classicKeysOf(memberId)))
    .returning({ id: apiKeys.id });

/** The values that invalidate a member's email links when they change. */
export const secretsOf = (db: Db, memberId: number, hash?: string) =>
  db
    .select({
      id: members.id,
      email: members.email,
      name: members.name,
      is_verified: members.is_verified,
      password_hash: members.password_hash,
    })
    .from(members)
    .where(hash === undefined ? eq(members.id, memberId) : withPassword(memberId, hash));

/** Verifies this email, unless it was changed since the read. */
export const markVerified = (db: Db, memberId: number, email: string) =>
  db
    .update(members)
    .set({ is_verified: true })
    .where(and(eq(members.id, memberId), eq(members.email, email)))
    .returning({ id: members.id });

/** Invalidates all existing tokens. */
const nextEpoch = sql`token_epoch + 1`;

/** The account's state when its reset link was read. The reset applies only if it is unchanged. */
type Resettable = { id: number; email: string; is_verified: boolean; password_hash: string };

/**
 * Changes the password unless the account has changed since the read. All tokens end, because anyone who knew the old
 * password may have one.
 */
export const changePassword = (db: Db, { id, email, is_verified, password_hash }: Resettable, newHash: string) =>
  db
    .update(members)
    .set({ password_hash: newHash, is_verified: true, token_epoch: nextEpoch })
    .where(and(withPassword(id, password_hash), eq(members.email, email), eq(members.is_verified, is_verified)))
    .returning({ id: members.id });

/**
 * Ends all access to an account besides its password: keys, roles, invitations, webhooks, and the second factor,
 * including the requirement to have one. Applies only if the password has this hash.
 */
export function endAccess(db: Db, memberId: number, hash: string, now: Date): Statement[] {
  const isChanged = exists(secretsOf(db, memberId, hash));
  return [
    revokeKeys(db, memberId, hash, now),
    db.delete(memberships).where(and(eq(memberships.account_id, memberId), isChanged)),
    db.delete(teamInvitations).where(and(eq(teamInvitations.account_id, memberId), isChanged)),
    db.delete(webhooks).where(and(eq(webhooks.member_id, memberId), isChanged)),
    db.delete(authenticators).where(and(eq(authenticators.member_id, memberId), isChanged)),
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.member_id, memberId), isChanged)),
    db.update(members).set({ needs_second_factor: false }).where(withPassword(memberId, hash)),
    db.delete(knownPlaces).where(and(eq(knownPlaces.member_id, memberId), isChanged)),
  ];
}

export const updateProfile = (db: Db, memberId: number, change: Partial<ProfileForm>): Statement =>
  db
    .update(members)
    .set({ name: sql`name`, ...change })
    .where(eq(members.id, memberId));

const withPassword = (memberId: number, hash: string) => and(eq(members.id, memberId), eq(members.password_hash, hash));

/** These statements change nothing if the password has changed since it was checked. */
export const changeEmail = (db: Db, memberId: number, hash: string, email: string) =>
  db
    .update(members)
    .set({ email, is_verified: false })
    .where(withPassword(memberId, hash))
    .returning({ id: members.id });

export const replacePassword = (db: Db, memberId: number, hash: string, newHash: string, endTokens: boolean) =>
  db
    .update(members)
    .set({ password_hash: newHash, ...(endTokens && { token_epoch: nextEpoch }) })
    .where(withPassword(memberId, hash))
    .returning({ id: members.id });

/** Revokes all of a member's keys if their password has this hash. */
export const revokeKeys = (db: Db, memberId: number, hash: string, now: Date): Statement =>
  db
    .update(apiKeys)
    .set({ revoked_at: now })
    .where(and(livingKeysOf(memberId), exists(secretsOf(db, memberId, hash))));

/** Revokes the keys that a member created in other accounts, where they still have a role. */
export const revokeKeysMadeInTeams = (db: Db, memberId: number, hash: string, now: Date): Statement =>
  db
    .update(apiKeys)
    .set({ revoked_at: now })
    .where(
      and(
        sql`${apiKeys.member_id} IN (SELECT account_id FROM memberships WHERE person_id = ${memberId})`,
        eq(apiKeys.maker_id, memberId),
        isNull(apiKeys.revoked_at),
        exists(secretsOf(db, memberId, hash)),
      ),
    );

/** Foreign keys delete the account's remaining rows. */
export const deleteMember = (db: Db, memberId: number, hash: string) =>
  db.delete(members).where(withPassword(memberId, hash)).returning({ id: members.id });
