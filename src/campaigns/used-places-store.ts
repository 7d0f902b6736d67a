import { sql } from "drizzle-orm";
import { DAY_MS, utcDay } from "../lib/day";
import type { Db, Statement } from "../lib/db";

/** One plan period. Participants of a deleted campaign count for this long. `ledger/signups/room.ts` uses the same period. */
const PERIOD_MS = 30 * DAY_MS;

/**
 * Belongs in the transaction that deletes campaigns, before the deletion. Keeps the plan usage of their participants.
 * The second statement deletes usage that has expired.
 */
export const keepPlaces = (
  db: Db,
  memberId: number,
  of: { campaign: number } | { brand: number },
  now: Date,
): [Statement, Statement] => [
  db.run(sql`INSERT INTO used_places (member_id, day, places)
    SELECT ${memberId}, ${utcDay(now.getTime())}, sum(s.total_participants - s.pending_participants - s.blocked_participants) AS places
    FROM campaigns c CROSS JOIN campaign_stats s ON s.campaign_id = c.id
    WHERE ${"campaign" in of ? sql`c.id = ${of.campaign}` : sql`c.brand_id = ${of.brand}`} AND +c.member_id = ${memberId}
    HAVING places > 0 ON CONFLICT (member_id, day) DO UPDATE SET places = places + excluded.places`),
  db.run(sql`DELETE FROM used_places WHERE member_id = ${memberId} AND day <= ${utcDay(now.getTime() - PERIOD_MS)}`),
];

/** The plan usage of an account's deleted campaigns. */
export const placesInUse = (memberId: number, now: Date) =>
  sql<number>`(SELECT coalesce(sum(places), 0) FROM used_places
    WHERE member_id = ${memberId} AND day > ${utcDay(now.getTime() - PERIOD_MS)})`;
