import { and, count, desc, eq, sql } from "drizzle-orm";
import { fraudEntries } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import { offset } from "../../lib/page";
import type { EntryQuery } from "./entry-schema";

type EntryFilter = Pick<EntryQuery, "kind" | "action" | "q">;

const matching = (memberId: number, { kind, action, q }: EntryFilter) =>
  and(
    eq(fraudEntries.member_id, memberId),
    kind && eq(fraudEntries.kind, kind),
    action && eq(fraudEntries.action, action),
    q === undefined || q === ""
      ? undefined
      : sql`instr(lower(${fraudEntries.value} || char(10) || coalesce(${fraudEntries.note}, '')), ${q.toLowerCase()}) > 0`,
  );

export const entriesPage = (db: Db, memberId: number, query: EntryQuery) =>
  db
    .select()
    .from(fraudEntries)
    .where(matching(memberId, query))
    .orderBy(desc(fraudEntries.id))
    .limit(query.limit)
    .offset(offset(query));

export const entryCount = (db: Db, memberId: number, query: EntryFilter) =>
  db.select({ total: count() }).from(fraudEntries).where(matching(memberId, query));

/** An entry with the same value is replaced. */
export const putEntry = (db: Db, entry: Omit<typeof fraudEntries.$inferInsert, "id">) => {
  const { action, note, expires_at } = entry;
  return db
    .insert(fraudEntries)
    .values(entry)
    .onConflictDoUpdate({
      target: [fraudEntries.member_id, fraudEntries.kind, fraudEntries.value],
      set: { action, note, expires_at },
    })
    .returning();
};

export const dropEntry = (db: Db, memberId: number, id: number) =>
  db
    .delete(fraudEntries)
    .where(and(eq(fraudEntries.id, id), eq(fraudEntries.member_id, memberId)))
    .returning();
