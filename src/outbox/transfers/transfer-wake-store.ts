import { sql } from "drizzle-orm";
import { listed } from "../../lib/columns";
import type { Db } from "../../lib/db";

/**
 * Makes these due immediately. A round that is working on them loses its lease, because the data has changed since it
 * looked.
 */
export const wake = (db: Db, ids: number[], now: Date) =>
  db.all<{
    id: number;
  }>(sql`UPDATE transfers SET next_attempt_at = ${now.getTime()}, hinted_until = NULL, lease = NULL, leased_until = NULL
    WHERE id IN ${listed(ids)} AND status = 'pending' RETURNING id`);
