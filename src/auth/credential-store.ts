import { and, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { apiKeys, members } from "../../drizzle/schema";
import { field } from "../lib/columns";
import type { Db, Statement } from "../lib/db";

const twins = alias(members, "twins");

/** The account of an active key, and the date of its suspension. A test mode key opens the account's test twin. */
export const ownerOfKey = (db: Db, hash: string) =>
  db
    .select({
      id: field(apiKeys.id, "id"),
      owner_id: field(apiKeys.member_id, "owner_id"),
      member_id: sql<number | null>`CASE ${apiKeys.mode} WHEN 'test' THEN ${twins.id} ELSE ${apiKeys.member_id} END`.as(
        "member_id",
      ),
      maker_id: apiKeys.maker_id,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      allowed_origins: apiKeys.allowed_origins,
      expires_at: apiKeys.expires_at,
      last_used_at: apiKeys.last_used_at,
      suspended_at: members.suspended_at,
    })
    .from(apiKeys)
    .innerJoin(members, eq(members.id, apiKeys.member_id))
    .leftJoin(twins, and(eq(twins.test_of, apiKeys.member_id), eq(apiKeys.mode, "test")))
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revoked_at)));

/** The member, if tokens of this epoch are still valid. */
export const memberOfEpoch = (db: Db, memberId: number, tokenEpoch: number) =>
  db
    .select({ id: members.id, suspended_at: members.suspended_at })
    .from(members)
    .where(and(eq(members.id, memberId), eq(members.token_epoch, tokenEpoch)));

/** Records that a key was used, unless a use after `since` is already recorded. */
export const touchKey = (db: Db, keyId: number, now: Date, since: Date): Statement =>
  db
    .update(apiKeys)
    .set({ last_used_at: now })
    .where(and(eq(apiKeys.id, keyId), sql`coalesce(last_used_at, 0) < ${since.getTime()}`));
