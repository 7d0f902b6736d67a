import { and, eq, lt, type SQL, sql } from "drizzle-orm";
import { authenticators, members, recoveryCodes } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

export const authenticator = (db: Db, memberId: number) =>
  db
    .select({
      secret: authenticators.secret,
      date_added: authenticators.date_added,
      date_confirmed: authenticators.date_confirmed,
    })
    .from(authenticators)
    .where(eq(authenticators.member_id, memberId));

/** The member, if their account requires a second factor of its team. */
export const needsSecondFactor = (db: Db, memberId: number) =>
  db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, memberId), eq(members.needs_second_factor, true)));

export const recoveryCodesLeft = (db: Db, memberId: number) =>
  db
    .select({ left: sql<number>`count(*)`.as("left") })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.member_id, memberId));

/** Stores a new secret. It replaces an unconfirmed secret, but never a confirmed one. */
export const keepSecret = (db: Db, memberId: number, secret: string, now: Date): Statement =>
  db
    .insert(authenticators)
    .values({ member_id: memberId, secret, date_added: now })
    .onConflictDoUpdate({
      target: authenticators.member_id,
      set: { secret, date_added: now },
      setWhere: sql`${authenticators.date_confirmed} IS NULL`,
    });

/** Confirms this secret with the code of this step. Returns nothing if another secret has replaced it. */
export const confirmSecret = (db: Db, memberId: number, secret: string, step: number, now: Date) =>
  db
    .update(authenticators)
    .set({ date_confirmed: now, last_step: step })
    .where(
      and(
        eq(authenticators.member_id, memberId),
        eq(authenticators.secret, secret),
        sql`${authenticators.date_confirmed} IS NULL`,
      ),
    )
    .returning({ id: authenticators.member_id });

/** Uses up the code of a step. Returns nothing if this or a later one was already used. */
export const useStep = (db: Db, memberId: number, step: number) =>
  db
    .update(authenticators)
    .set({ last_step: step })
    .where(and(eq(authenticators.member_id, memberId), lt(authenticators.last_step, step)))
    .returning({ id: authenticators.member_id });

/** Uses up a recovery code. Returns nothing if no such code is left. */
export const useRecoveryCode = (db: Db, memberId: number, hash: string) =>
  db
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.member_id, memberId), eq(recoveryCodes.hash, hash)))
    .returning({ hash: recoveryCodes.hash });

/**
 * Replaces the recovery codes of a member with a confirmed authenticator. With a time, it must have been confirmed at
 * that time.
 */
export function replaceRecoveryCodes(
  db: Db,
  memberId: number,
  hashes: string[],
  confirmed?: Date,
): [Statement, Statement] {
  const mayHaveCodes = confirmed
    ? sql`EXISTS (SELECT 1 FROM authenticators WHERE member_id = ${memberId} AND date_confirmed = ${confirmed.getTime()})`
    : hasAuthenticator(memberId);
  return [
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.member_id, memberId), mayHaveCodes)),
    db.run(sql`INSERT INTO recovery_codes (member_id, hash)
      SELECT ${memberId}, value FROM json_each(${JSON.stringify(hashes)}) WHERE ${mayHaveCodes}`),
  ];
}

/** A condition for other statements in the same transaction. */
export const hasAuthenticator = (memberId: number | SQL) =>
  sql`EXISTS (SELECT 1 FROM authenticators WHERE member_id = ${memberId} AND date_confirmed IS NOT NULL)`;
export const hasRecoveryCode = (memberId: number, hash: string) =>
  sql`EXISTS (SELECT 1 FROM recovery_codes WHERE member_id = ${memberId} AND hash = ${hash})`;

export const removeRecoveryCodes = (db: Db, memberId: number): Statement =>
  db.delete(recoveryCodes).where(eq(recoveryCodes.member_id, memberId));

export const removeAuthenticator = (db: Db, memberId: number) =>
  db
    .delete(authenticators)
    .where(eq(authenticators.member_id, memberId))
    .returning({ date_confirmed: authenticators.date_confirmed });

/** Ends a member's tokens together with their second factor, if their account requires one. */
export const endTokensOfRequired = (db: Db, memberId: number): Statement =>
  db
    .update(members)
    .set({ token_epoch: sql`token_epoch + 1` })
    .where(and(eq(members.id, memberId), eq(members.needs_second_factor, true)));

/** Ends all earlier tokens of the account's members, as part of a change. */
export const endTokens = (db: Db, memberId: number): Statement =>
  db.update(members).set({ token_epoch: sql`token_epoch + 1` }).where(eq(members.id, memberId));
