import { desc, eq, lt, sql } from "drizzle-orm";
import { deadLetters } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

export type DeadLetter = typeof deadLetters.$inferSelect;

/** At most this many are kept. */
const KEPT = 1000;

export const insert = (db: Db, letters: Omit<DeadLetter, "id">[]): Statement => db.insert(deadLetters).values(letters);

/** Deletes old ones, and the oldest if there are too many. */
export const drop = (db: Db, before: Date): Statement =>
  db
    .delete(deadLetters)
    .where(
      sql`${lt(deadLetters.date, before)} OR id <= (SELECT id FROM dead_letters ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
    );

export const newest = (db: Db, max: number) => db.select().from(deadLetters).orderBy(desc(deadLetters.id)).limit(max);

/** Their number, and the time of the last. */
export const counted = (db: Db) =>
  db
    .select({ letters: sql<number>`count(*)`.as("letters"), last: sql<number | null>`max(date)`.as("last") })
    .from(deadLetters);

export const take = (db: Db, id: number) => db.delete(deadLetters).where(eq(deadLetters.id, id)).returning();
