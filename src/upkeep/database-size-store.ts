import { eq } from "drizzle-orm";
import { databaseSize } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

const ONLY = 1;

/** The last recorded size: at most one row. */
export const lastSize = (db: Db) =>
  db
    .select({ bytes: databaseSize.bytes, noted_at: databaseSize.noted_at })
    .from(databaseSize)
    .where(eq(databaseSize.id, ONLY));

export const keepSize = (db: Db, bytes: number, noted_at: Date): Statement =>
  db
    .insert(databaseSize)
    .values({ id: ONLY, bytes, noted_at })
    .onConflictDoUpdate({ target: databaseSize.id, set: { bytes, noted_at } });
