import { desc, eq, lt, sql } from "drizzle-orm";
import { deadLetters } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

export type DeadLetter = typeof deadLetters.$inferSelect;

/** The maximum number of dead letters that we keep. */
const KEPT = 1000;

export const insert = (db: Db, letters: Omit<DeadLetter, "id">[]): Statement => db.insert(deadLetters).values(letters);

/** Deletes old dead letters, and the oldest ones above the maximum. */
export const drop = (db: Db, before: Date): Statement =>
  db
    .delete(deadLetters)
    .where(
      sql`${lt(deadLetters.date, before)} OR id <= (SELECT id FROM dead_letters ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
    );

export const newest = (db: Db, max: number) => db.select().from(deadLetters).orderBy(desc(deadLetters.id)).limit(max);

/** The number of dead letters, and the time of the latest. */
export const counted = (db: Db) =>
  db
    .select({ letters: sql<number>`count(*)`.as("letters"), last: sql<number | null>`max(date)`.as("last") })
    .from(deadLetters);

export const take = (db: Db, id: number) => db.delete(deadLetters).where(eq(deadLetters.id, id)).returning();
