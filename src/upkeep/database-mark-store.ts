import { eq, type SQL, sql } from "drizzle-orm";
import { databaseMark } from "../../drizzle/schema";
import type { Db, Statement } from "../lib/db";

const ROW = 1;

export const mark = (db: Db) => db.select().from(databaseMark).where(eq(databaseMark.id, ROW));

/** A condition for statements: the database holds this mark or a later one. */
export const hasReached = (known: number): SQL =>
  sql`coalesce((SELECT at FROM database_mark WHERE id = ${ROW}), 0) >= ${known}`;

/** Never moves backward, so that two runs at once agree. */
export const moveMark = (db: Db, at: Date): Statement =>
  db
    .insert(databaseMark)
    .values({ id: ROW, at })
    .onConflictDoUpdate({ target: databaseMark.id, set: { at: sql`max(at, excluded.at)` } });

/** Notes when the database was restored, and to which mark. */
export const noteRestore = (db: Db, restoredTo: Date, noticedAt: Date): Statement =>
  db
    .insert(databaseMark)
    .values({ id: ROW, at: restoredTo, restored_to: restoredTo, noticed_at: noticedAt })
    .onConflictDoUpdate({
      target: databaseMark.id,
      set: { restored_to: sql`excluded.restored_to`, noticed_at: sql`excluded.noticed_at` },
    });
