import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys, members } from "../../drizzle/schema";
import { field } from "../lib/columns";
import type { Db, Statement } from "../lib/db";

/** The account of a key that is not revoked, and since when it is suspended. */
export const ownerOfKey = (db: Db, hash: string) =>
  db
    .select({
      id: field(apiKeys.id, "id"),
      member_id: apiKeys.member_id,
      maker_id: apiKeys.maker_id,
      prefix: apiKeys.prefix,
      last_used_at: apiKeys.last_used_at,
      suspended_at: members.suspended_at,
    })
    .from(apiKeys)
    .innerJoin(members, eq(members.id, apiKeys.member_id))
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
