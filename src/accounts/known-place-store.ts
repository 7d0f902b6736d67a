import { and, eq, sql } from "drizzle-orm";
import { knownPlaces } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

/** More than one person's browsers and networks. Beyond this, the least recently seen places are forgotten. */
const KEPT_MAX = 50;

export const knownPlace = (db: Db, memberId: number, hash: string) =>
  db
    .select({ hash: knownPlaces.hash })
    .from(knownPlaces)
    .where(and(eq(knownPlaces.member_id, memberId), eq(knownPlaces.hash, hash)));

/** Remembers a place, and forgets the oldest beyond the maximum. */
export const keepPlace = (db: Db, memberId: number, hash: string, now: Date): [Statement, Statement] => [
  db
    .insert(knownPlaces)
    .values({ member_id: memberId, hash, last_seen_at: now })
    .onConflictDoUpdate({ target: [knownPlaces.member_id, knownPlaces.hash], set: { last_seen_at: now } }),
  db.run(sql`DELETE FROM known_places WHERE member_id = ${memberId} AND hash IN (
    SELECT hash FROM known_places WHERE member_id = ${memberId} ORDER BY last_seen_at DESC LIMIT -1 OFFSET ${KEPT_MAX})`),
];

/**
 * Whether the member has signed in before, but never from this place. A condition for the statement that notifies them.
 */
export const isNewPlace = (memberId: number, hash: string) =>
  sql`EXISTS (SELECT 1 FROM known_places WHERE member_id = ${memberId})
    AND NOT EXISTS (SELECT 1 FROM known_places WHERE member_id = ${memberId} AND hash = ${hash})`;
