import { and, desc, eq, exists, isNull, sql } from "drizzle-orm";
import { apiKeys, members, plans } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";
import { COUNT_LIMIT, offset, type PageQuery } from "../lib/page";

export const insertMember = (db: Db, row: typeof members.$inferInsert) =>
  db.insert(members).values(row).returning({
    id: members.id,
    email: members.email,
    name: members.name,
    date_signedup: members.date_signedup,
  });

/** In all accounts, because the caller is not signed in yet. */
export const memberByEmail = (db: Db, email: string) =>
  db
    .select({
      id: members.id,
      email: members.email,
      name: members.name,
      password_hash: members.password_hash,
      token_epoch: members.token_epoch,
    })
    .from(members)
    .where(eq(members.email, email));

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
      num_of_logins: members.num_of_logins,
    })
    .from(members)
    .where(eq(members.id, memberId));

export const planById = (db: Db, planId: number) => db.select({ id: plans.id }).from(plans).where(eq(plans.id, planId));

export const updatePlan = (
  db: Db,
  memberId: number,
  change: { plan_id: number; plan_expiry: Date | null },
): Statement => db.update(members).set(change).where(eq(members.id, memberId));

export const insertKey = (db: Db, row: typeof apiKeys.$inferInsert) =>
  db.insert(apiKeys).values(row).returning({ id: apiKeys.id });

const livingKeysOf = (memberId: number) => and(eq(apiKeys.member_id, memberId), isNull(apiKeys.revoked_at));

/** The member's keys that are not revoked, newest first. */
export const keysPage = (db: Db, memberId: number, page: PageQuery) =>
  db
    .select({
      id: apiKeys.id,
      prefix: apiKeys.prefix,
      date_generated: apiKeys.date_generated,
      last_used_at: apiKeys.last_used_at,
    })
    .from(apiKeys)
    .where(livingKeysOf(memberId))
    .orderBy(desc(apiKeys.id))
    .limit(page.limit)
    .offset(offset(page));

export const keyCount = (db: Db, memberId: number) => {
  const counted = db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(livingKeysOf(memberId))
    .limit(COUNT_LIMIT)
    .as("counted");
  return db.select({ total: sql<number>`count(*)`.as("total") }).from(counted);
};

export const revokeKey = (db: Db, memberId: number, id: number, now: Date) =>
  db
    .update(apiKeys)
    .set({ revoked_at: now })
    .where(and(eq(apiKeys.id, id), livingKeysOf(memberId)))
    .returning({ id: apiKeys.id });

/** The state that the links in a member's emails depend on. */
export const secretsOf = (db: Db, memberId: number, hash?: string) =>
  db
    .select({ id: members.id, email: members.email, password_hash: members.password_hash })
    .from(members)
    .where(hash === undefined ? eq(members.id, memberId) : withPassword(memberId, hash));

export const markVerified = (db: Db, memberId: number): Statement =>
  db.update(members).set({ is_verified: true }).where(eq(members.id, memberId));

/** Invalidates all existing tokens. */
const nextEpoch = sql`token_epoch + 1`;

/**
 * Changes the password unless it was changed since the read. All tokens end, because whoever knew the old password may
 * have one.
 */
export const changePassword = (db: Db, memberId: number, oldHash: string, newHash: string) =>
  db
    .update(members)
    .set({ password_hash: newHash, is_verified: true, token_epoch: nextEpoch })
    .where(and(eq(members.id, memberId), eq(members.password_hash, oldHash)))
    .returning({ id: members.id });

export const updateProfile = (db: Db, memberId: number, change: { name: string; photo: string | null }): Statement =>
  db.update(members).set(change).where(eq(members.id, memberId));

const withPassword = (memberId: number, hash: string) => and(eq(members.id, memberId), eq(members.password_hash, hash));

/** These change nothing if the password was changed since it was checked. */
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

/** Foreign keys delete the account's remaining rows. */
export const deleteMember = (db: Db, memberId: number, hash: string) =>
  db.delete(members).where(withPassword(memberId, hash)).returning({ id: members.id });
