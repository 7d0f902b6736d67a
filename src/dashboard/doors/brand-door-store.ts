import { sql } from "drizzle-orm";
import type { Db } from "../../lib/db";

/** What a page or form names, so we can find its brand. */
export type Named = { brands: number[]; campaigns: number[]; participants: number[]; rewards: number[] };

/** How many of these things belong to the member's brands among `brandIds`. */
export const countWithin = (db: Db, memberId: number, brandIds: number[], named: Named) => {
  const ids = (list: number[]) => sql`SELECT value FROM json_each(${JSON.stringify(list)})`;
  const within = sql`c.member_id = ${memberId} AND c.brand_id IN (${ids(brandIds)})`;
  return db.all<{ n: number }>(sql`SELECT
      (SELECT count(*) FROM brands WHERE id IN (${ids(named.brands)}) AND member_id = ${memberId} AND id IN (${ids(brandIds)}))
    + (SELECT count(*) FROM campaigns c WHERE c.id IN (${ids(named.campaigns)}) AND ${within})
    + (SELECT count(*) FROM participants p CROSS JOIN campaigns c ON c.id = p.campaign_id WHERE p.id IN (${ids(named.participants)}) AND ${within})
    + (SELECT count(*) FROM rewards w CROSS JOIN campaigns c ON c.id = w.campaign_id WHERE w.id IN (${ids(named.rewards)}) AND ${within}) AS n`);
};
