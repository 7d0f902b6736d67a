import { eq, type SQL, sql } from "drizzle-orm";
import { databaseMark } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

const ROW = 1;

export const mark = (db: Db) => db.select().from(databaseMark).where(eq(databaseMark.id, ROW));

/** A condition for statements: the database has reached this mark. */
export const hasReached = (known: number): SQL =>
  sql`coalesce((SELECT at FROM database_mark WHERE id = ${ROW}), 0) >= ${known}`;

/** Never moves backward, so overlapping runs agree. */
export const moveMark = (db: Db, at: Date): Statement =>
  db
    .insert(databaseMark)
    .values({ id: ROW, at })
    .onConflictDoUpdate({ target: databaseMark.id, set: { at: sql`max(at, excluded.at)` } });

/** More IDs than any installation assigns in the period that a restore undoes. */
const LOST_IDS = 10_000_000;

/**
 * Skips the IDs that were assigned in the period that a restore undid. Tokens, share links, and ledgers outside the
 * database still contain them, and must not refer to someone else.
 */
export const skipLostIds = (db: Db, now: Date): [Statement, Statement] => [
  db.run(sql`UPDATE sqlite_sequence SET seq = seq + ${LOST_IDS}`),
  // A new participant gets the highest ID plus one, so we mark the gap with an erased participant without a campaign.
  db.run(sql`INSERT INTO participants (id, member_id, campaign_id, status, date_signedup, signup_event)
    SELECT max(id) + ${LOST_IDS}, 0, 0, 'erased', ${now.getTime()}, 'restored' FROM participants HAVING max(id) IS NOT NULL`),
];

/** More keys than an installation ends in an hour. */
const ENDED_MAX = 1000;

/** All accounts' keys that were revoked or rolled since then, and when they end. */
export const endedKeys = (db: Db, since: Date) =>
  db.all<{
    hash: string;
    until: number;
  }>(sql`SELECT hash, revoked_at AS until FROM api_keys WHERE revoked_at > ${since.getTime()}
    UNION ALL SELECT hash, expires_at FROM api_keys WHERE rolled_at > ${since.getTime()} AND revoked_at IS NULL LIMIT ${ENDED_MAX}`);

/** Ends these keys again after a restore reactivated them. */
export const endKeys = (db: Db, ended: { hash: string; until: number }[], now: Date): Statement =>
  db.run(sql`UPDATE api_keys AS k SET revoked_at = iif(e.until <= ${now.getTime()}, e.until, NULL),
      expires_at = min(coalesce(k.expires_at, e.until), e.until)
    FROM (SELECT value ->> 'hash' AS hash, value ->> 'until' AS until FROM json_each(${JSON.stringify(ended)})) e
    WHERE k.hash = e.hash AND k.revoked_at IS NULL`);

/** Records when the database was restored, and to which mark. */
export const noteRestore = (db: Db, restoredTo: Date, noticedAt: Date): Statement =>
  db
    .insert(databaseMark)
    .values({ id: ROW, at: restoredTo, restored_to: restoredTo, noticed_at: noticedAt })
    .onConflictDoUpdate({
      target: databaseMark.id,
      set: { restored_to: sql`excluded.restored_to`, noticed_at: sql`excluded.noticed_at` },
    });
