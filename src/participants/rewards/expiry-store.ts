import { sql } from "drizzle-orm";
import { isKept, MAY_EXPIRE } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** Expired rewards. Searches all accounts, for the cron. */
export const expiringRewards = (db: Db, now: Date, max: number) =>
  db.all<{ id: number; campaign_id: number }>(sql`SELECT id, campaign_id FROM rewards INDEXED BY rewards_expiring
    WHERE ${sql.raw(MAY_EXPIRE)} AND expires_at <= ${now.getTime()} AND ${isKept(sql`campaign_id`)}
    ORDER BY expires_at LIMIT ${max}`);
