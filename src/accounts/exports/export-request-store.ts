import { and, count, desc, eq, gt, inArray, lt } from "drizzle-orm";
import { exportRequests } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

export type ExportRow = typeof exportRequests.$inferSelect;

export const insertExport = (db: Db, row: Omit<ExportRow, "id">) => db.insert(exportRequests).values(row).returning();

const kept = (memberId: number, since: Date) =>
  and(eq(exportRequests.member_id, memberId), gt(exportRequests.date_added, since));

export const exportById = (db: Db, memberId: number, id: number, since: Date) =>
  db
    .select()
    .from(exportRequests)
    .where(and(eq(exportRequests.id, id), kept(memberId, since)));

export const exportsPage = (db: Db, memberId: number, since: Date, page: PageQuery) =>
  db
    .select()
    .from(exportRequests)
    .where(kept(memberId, since))
    .orderBy(desc(exportRequests.id))
    .limit(page.limit)
    .offset(offset(page));

export const exportCount = (db: Db, memberId: number, since: Date) =>
  db
    .select({ total: count().as("total") })
    .from(exportRequests)
    .where(kept(memberId, since));

/** Across accounts, for the cron. */
export const dropExports = (db: Db, before: Date, max: number): Statement =>
  db
    .delete(exportRequests)
    .where(
      inArray(
        exportRequests.id,
        db
          .select({ id: exportRequests.id })
          .from(exportRequests)
          .where(lt(exportRequests.date_added, before))
          .orderBy(exportRequests.date_added)
          .limit(max),
      ),
    );
