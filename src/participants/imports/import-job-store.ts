import { and, count, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { couponUploads, importJobs, importParts, imports, ownCampaign } from "../../../drizzle/schema";
import { listed } from "../../lib/columns";
import type { Db, Statement } from "../../lib/db";
import { offset, type PageQuery } from "../../lib/page";

export type JobRow = typeof importJobs.$inferSelect;
type NewJob = Omit<typeof importJobs.$inferInsert, "id">;

/** Adds an import. For another member's campaign, its owner is null, which fails. */
export const insertJob = (db: Db, job: NewJob) =>
  db
    .insert(importJobs)
    .values({ ...job, campaign_id: sql`(${ownCampaign(job.member_id, job.campaign_id)})` })
    .returning();

/** Adds the rows of an import that the same transaction inserted before. */
export const insertPart = (db: Db, memberId: number, key: string, part: number, rows: string): Statement =>
  db.run(sql`INSERT INTO import_parts (import_id, part, rows)
    SELECT id, ${part}, ${rows} FROM import_jobs WHERE member_id = ${memberId} AND "key" = ${key} ORDER BY id DESC LIMIT 1`);

/** Adds the results of an import that finishes immediately, in the same transaction. */
export const insertEnded = (db: Db, memberId: number, key: string, { counts, problems }: Done): Statement =>
  db.run(sql`INSERT INTO import_parts (import_id, part, counts, problems)
    SELECT id, 0, ${JSON.stringify(counts)}, ${JSON.stringify(problems)} FROM import_jobs
    WHERE member_id = ${memberId} AND "key" = ${key} ORDER BY id DESC LIMIT 1`);

const owned = (memberId: number, id: number) => and(eq(importJobs.id, id), eq(importJobs.member_id, memberId));

export const jobById = (db: Db, memberId: number, id: number) =>
  db.select().from(importJobs).where(owned(memberId, id));

export const jobsPage = (db: Db, memberId: number, page: PageQuery) =>
  db
    .select()
    .from(importJobs)
    .where(eq(importJobs.member_id, memberId))
    .orderBy(desc(importJobs.id))
    .limit(page.limit)
    .offset(offset(page));

export const jobCount = (db: Db, memberId: number) =>
  db
    .select({ total: count().as("total") })
    .from(importJobs)
    .where(eq(importJobs.member_id, memberId));

const ofParts = (memberId: number, ids: number[]) =>
  and(
    inArray(importParts.import_id, listed(ids)),
    sql`${importParts.rows} IS NULL AND EXISTS (SELECT 1 FROM import_jobs j WHERE j.id = ${importParts.import_id} AND j.member_id = ${memberId})`,
  );

/** The results of these imports' finished parts. */
export const partsOf = (db: Db, memberId: number, ids: number[]) =>
  db
    .select({ import_id: importParts.import_id, counts: importParts.counts, problems: importParts.problems })
    .from(importParts)
    .where(ofParts(memberId, ids))
    .orderBy(importParts.import_id, importParts.part);

/** The same without problem rows. */
export const countsOf = (db: Db, memberId: number, ids: number[]) =>
  db
    .select({ import_id: importParts.import_id, counts: importParts.counts, problems: sql<null>`NULL`.as("problems") })
    .from(importParts)
    .where(ofParts(memberId, ids));

/** The progress of undoing these imports of participants. */
export const undosOf = (db: Db, memberId: number, ids: number[]) =>
  db
    .select({
      job_id: sql<number>`${importJobs.id}`.as("job_id"),
      id: sql<number>`${imports.id}`.as("id"),
      kept: sql<number>`${imports.kept}`.as("kept"),
      is_undoing: sql<number>`${imports.undo_before} IS NOT NULL`.as("is_undoing"),
      is_undone: sql<number>`${imports.date_undone} IS NOT NULL`.as("is_undone"),
    })
    .from(importJobs)
    .innerJoin(imports, and(eq(imports.campaign_id, importJobs.campaign_id), eq(imports.key, importJobs.key)))
    .where(and(inArray(importJobs.id, listed(ids)), eq(importJobs.member_id, memberId)));

/** The upload of an import of codes. No row if all codes were already known. */
export const uploadOfJob = (db: Db, memberId: number, id: number) =>
  db
    .select({ id: couponUploads.id, added: couponUploads.added })
    .from(importJobs)
    .innerJoin(
      couponUploads,
      and(eq(couponUploads.campaign_id, importJobs.campaign_id), eq(couponUploads.key, importJobs.key)),
    )
    .where(owned(memberId, id));

/** Leases a running import. Returns no row if it is finished, or another run is working on it. */
export const leaseJob = (db: Db, id: number, now: Date, until: Date) =>
  db
    .update(importJobs)
    .set({ leased_until: until })
    .where(
      and(
        eq(importJobs.id, id),
        eq(importJobs.status, "running"),
        sql`coalesce(${importJobs.leased_until}, 0) <= ${now.getTime()}`,
      ),
    )
    .returning();

export const freeJob = (db: Db, id: number): Statement =>
  db.update(importJobs).set({ leased_until: null }).where(eq(importJobs.id, id));

/** The next rows of an import. */
export const nextPart = (db: Db, id: number) =>
  db
    .select({ part: importParts.part, rows: importParts.rows })
    .from(importParts)
    .where(and(eq(importParts.import_id, id), isNotNull(importParts.rows)))
    .orderBy(importParts.part)
    .limit(1);

export type Done = Pick<typeof importParts.$inferSelect, "counts" | "problems">;

/** Records a part's results, and deletes its rows. */
export const endPart = (db: Db, id: number, part: number, done: Done): Statement =>
  db
    .update(importParts)
    .set({ ...done, rows: null })
    .where(and(eq(importParts.import_id, id), eq(importParts.part, part)));

export const endJob = (db: Db, id: number, now: Date): Statement =>
  db
    .update(importJobs)
    .set({ status: "done", date_done: now, leased_until: null, token: null })
    .where(and(eq(importJobs.id, id), eq(importJobs.status, "running")));

export const noteUndone = (db: Db, memberId: number, id: number): Statement =>
  db.update(importJobs).set({ status: "undone" }).where(owned(memberId, id));

/** Unfinished imports, oldest first. Spans all accounts, for the cron. */
export const runningJobs = (db: Db, max: number) =>
  db.all<{ id: number }>(sql`SELECT id FROM import_jobs INDEXED BY import_jobs_running
    WHERE status = 'running' AND id > 0 ORDER BY id LIMIT ${max}`);

/** Deletes old imports. Spans all accounts, for the cron. IDs increase over time. */
export const dropJobs = (db: Db, before: Date, max: number): Statement =>
  db.run(
    sql`DELETE FROM import_jobs WHERE id IN (SELECT id FROM import_jobs ORDER BY id LIMIT ${max}) AND date_added < ${before.getTime()}`,
  );
