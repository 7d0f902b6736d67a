import { sql } from "drizzle-orm";
import { DAY_MS, utcDay } from "../lib/day";
import type { Db, Statement } from "../lib/db";

/** A period of a plan: this long a deleted campaign's participants still count. `ledger/room.ts` counts the same. */
const PERIOD_MS = 30 * DAY_MS;

/**
 * For the transaction that deletes campaigns, before it does: keeps the places in the plan that they use. The second
 * statement drops what counts no more.
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

/** The places that an account's deleted campaigns still use. */
export const placesInUse = (memberId: number, now: Date) =>
  sql<number>`(SELECT coalesce(sum(places), 0) FROM used_places
    WHERE member_id = ${memberId} AND day > ${utcDay(now.getTime() - PERIOD_MS)})`;
