import { type SQL, sql } from "drizzle-orm";
import { TALLY_COUNTS, type TallyCount } from "../../ledger/day-tally";
import type { Db } from "../../lib/db";

export type Days = { from: string; to: string };

/** What was counted over campaigns of one currency. */
export type AccountNumbers = Record<TallyCount, number> & { currency: string };

export const sums = sql.raw(TALLY_COUNTS.map((name) => `coalesce(sum(d.${name}), 0) AS ${name}`).join(", "));

/** An account's campaigns, or those of one of its brands. */
export const campaignsOf = (memberId: number, brandId: number | undefined): SQL =>
  brandId === undefined ? sql`c.member_id = ${memberId}` : sql`c.brand_id = ${brandId} AND +c.member_id = ${memberId}`;

/** An account's counts in a period (days in UTC), by currency. Reads a row per campaign and day on which something happened. */
export const accountNumbers = (db: Db, memberId: number, { from, to }: Days, brandId?: number) =>
  db.all<AccountNumbers>(sql`SELECT c.currency, ${sums} FROM campaigns c CROSS JOIN campaign_days d ON d.campaign_id = c.id AND d.day BETWEEN ${from} AND ${to}
    WHERE ${campaignsOf(memberId, brandId)} GROUP BY c.currency ORDER BY sum(d.revenue) DESC, c.currency`);
