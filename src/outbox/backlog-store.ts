import { sql } from "drizzle-orm";
import type { Db } from "../lib/db";
import type { Outbox } from "./queue";

export type Counted = { pending: number; oldest_due: number | null };

/**
 * The number of pending rows, counted up to `most`, and when the oldest was due. Spans all accounts, for the operator.
 */
export const pending = (db: Db, { table }: Outbox, most: number) =>
  db.all<Counted>(sql`SELECT count(*) AS pending, min(next_attempt_at) AS oldest_due FROM (
    SELECT next_attempt_at FROM ${table} WHERE status = 'pending' AND next_attempt_at >= 0 ORDER BY next_attempt_at LIMIT ${most})`);
