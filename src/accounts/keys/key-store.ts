import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { apiKeys, members } from "../../../drizzle/schema";
import { field } from "../../lib/columns";
import type { Db } from "../../lib/db";
import { livingKeys } from "../account-store";
import type { KeyChange } from "./key-schema";

export type NewRow = Omit<typeof apiKeys.$inferSelect, "id" | "last_used_at" | "revoked_at" | "rolled_at">;

/** A condition for the statements of a roll: the old key is still active. */
export const isAlive = (memberId: number, id: number, now: Date) =>
  sql`EXISTS (SELECT 1 FROM api_keys WHERE id = ${id} AND member_id = ${memberId} AND kind IS NOT NULL AND revoked_at IS NULL
    AND rolled_at IS NULL AND coalesce(expires_at > ${now.getTime()}, 1))`;

/** Inserts nothing if the account has `max` keys, or the condition is false. */
export const insertNamedKey = (db: Db, row: NewRow, max: number, when = sql`1`) =>
  db.all<{ id: number }>(sql`INSERT INTO api_keys
      (member_id, maker_id, hash, prefix, date_generated, name, kind, mode, scopes, allowed_origins, expires_at)
    SELECT ${row.member_id}, ${row.maker_id}, ${row.hash}, ${row.prefix}, ${row.date_generated.getTime()}, ${row.name}, ${row.kind},
      ${row.mode}, ${JSON.stringify(row.scopes)}, ${row.allowed_origins && JSON.stringify(row.allowed_origins)}, ${row.expires_at?.getTime() ?? null}
    WHERE ${livingKeys(row.member_id, row.date_generated)} < ${max} AND ${when} RETURNING id`);

/** How long an expired key stays in the list, so its owner can see why a program stopped working. */
const SHOWN_AFTER_MS = 30 * 86_400_000;

const shownKeys = (memberId: number, now: Date) =>
  and(
    eq(apiKeys.member_id, memberId),
    isNotNull(apiKeys.kind),
    isNull(apiKeys.revoked_at),
    sql`coalesce(${apiKeys.expires_at} > ${now.getTime() - SHOWN_AFTER_MS}, 1)`,
  );

const columns = {
  id: field(apiKeys.id, "id"),
  name: field(apiKeys.name, "name"),
  kind: apiKeys.kind,
  mode: apiKeys.mode,
  scopes: apiKeys.scopes,
  prefix: apiKeys.prefix,
  allowed_origins: apiKeys.allowed_origins,
  expires_at: apiKeys.expires_at,
  rolled_at: apiKeys.rolled_at,
  last_used_at: apiKeys.last_used_at,
  created_at: field(apiKeys.date_generated, "created_at"),
  maker_id: sql<number | null>`${members.id}`.as("maker_id"),
  maker_name: sql<string | null>`${members.name}`.as("maker_name"),
  maker_email: sql<string | null>`${members.email}`.as("maker_email"),
};

const selectKeys = (db: Db) => db.select(columns).from(apiKeys).leftJoin(members, eq(members.id, apiKeys.maker_id));

export type KeyRow = Awaited<ReturnType<typeof namedKeys>>[number];

/** An account's named keys, newest first. `max` is above an account's maximum, to leave room for expired keys. */
export const namedKeys = (db: Db, memberId: number, mode: "live" | "test" | undefined, now: Date, max: number) =>
  selectKeys(db)
    .where(and(shownKeys(memberId, now), mode && eq(apiKeys.mode, mode)))
    .orderBy(desc(apiKeys.id))
    .limit(max);

export const namedKey = (db: Db, memberId: number, id: number, now: Date) =>
  selectKeys(db).where(and(shownKeys(memberId, now), eq(apiKeys.id, id)));

export const keyByHash = (db: Db, memberId: number, hash: string) =>
  selectKeys(db).where(and(eq(apiKeys.member_id, memberId), eq(apiKeys.hash, hash)));

/** Changes the given fields. `scopes` change only on secret keys, `allowed_origins` only on publishable ones. */
export const updateNamedKey = (db: Db, memberId: number, id: number, change: KeyChange, now: Date) =>
  db
    .update(apiKeys)
    .set({ name: sql`name`, ...change })
    .where(
      and(
        shownKeys(memberId, now),
        eq(apiKeys.id, id),
        change.scopes && eq(apiKeys.kind, "secret"),
        change.allowed_origins && eq(apiKeys.kind, "publishable"),
        change.expires_at === undefined ? undefined : isNull(apiKeys.rolled_at),
      ),
    )
    .returning({ id: apiKeys.id });

export const revokeNamedKey = (db: Db, memberId: number, id: number, now: Date) =>
  db
    .update(apiKeys)
    .set({ revoked_at: now })
    .where(and(shownKeys(memberId, now), eq(apiKeys.id, id)))
    .returning({ id: apiKeys.id });

/** Ends a key after its grace period, if its replacement was created. */
export const rollOut = (db: Db, memberId: number, id: number, newHash: string, until: Date, now: Date) =>
  db
    .update(apiKeys)
    .set({ rolled_at: now, expires_at: sql`min(coalesce(expires_at, ${until.getTime()}), ${until.getTime()})` })
    .where(
      and(
        eq(apiKeys.member_id, memberId),
        eq(apiKeys.id, id),
        isNull(apiKeys.rolled_at),
        sql`EXISTS (SELECT 1 FROM api_keys n WHERE n.hash = ${newHash})`,
      ),
    )
    .returning({ id: apiKeys.id });
