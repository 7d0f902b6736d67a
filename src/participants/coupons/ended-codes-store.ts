import { sql } from "drizzle-orm";
import { isKept } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** Campaigns with codes that may have expired or soon will. Searches all accounts, for the cron. */
export const campaignsToLookAt = (db: Db, now: Date, max: number) =>
  db.all<{ campaign_id: number }>(sql`SELECT campaign_id FROM campaign_stats INDEXED BY campaign_stats_to_look
    WHERE coupons_look_at IS NOT NULL AND coupons_look_at <= ${now.getTime()} AND ${isKept(sql`campaign_id`)}
    ORDER BY coupons_look_at LIMIT ${max}`);
