import { and, desc, eq, type InferSelectModel, isNotNull, isNull, sql } from "drizzle-orm";
import { imports, ownCampaign } from "../../../drizzle/schema";
import type { Db, Statement } from "../../lib/db";

export type ImportRow = InferSelectModel<typeof imports>;

export const importByKey = (db: Db, memberId: number, campaignId: number, key: string) =>
  db
    .select()
    .from(imports)
    .where(and(eq(imports.campaign_id, ownCampaign(memberId, campaignId)), eq(imports.key, key)));

export const importById = (db: Db, memberId: number, campaignId: number, id: number) =>
  db
    .select()
    .from(imports)
    .where(and(eq(imports.campaign_id, ownCampaign(memberId, campaignId)), eq(imports.id, id)));

export const newestImports = (db: Db, memberId: number, campaignId: number, max: number) =>
  db
    .select()
    .from(imports)
    .where(eq(imports.campaign_id, ownCampaign(memberId, campaignId)))
    .orderBy(desc(imports.id))
    .limit(max);

/** Adds a request's participants to their import. */
export const noteImport = (
  db: Db,
  row: Pick<ImportRow, "campaign_id" | "key" | "is_told" | "first_id" | "last_id" | "date_added">,
): Statement =>
  db
    .insert(imports)
    .values(row)
    .onConflictDoUpdate({
      target: [imports.campaign_id, imports.key],
      set: {
        is_told: sql`max(is_told, excluded.is_told)`,
        first_id: sql`min(first_id, excluded.first_id)`,
        last_id: sql`max(last_id, excluded.last_id)`,
      },
    });

/** The first or last participant that the import added, even if their request has not recorded them yet. */
const ofEvents = (which: "min" | "max") =>
  sql.raw(`(SELECT ${which}(e.participant_id) FROM events e
    WHERE e.campaign_id = imports.campaign_id AND e.id >= imports.key AND e.id < imports.key || 'g')`);

/**
 * Matches no import that sent emails or webhooks, or that is already being undone. From then on, the ledger adds none
 * of its participants.
 */
export const beginUndo = (db: Db, memberId: number, campaignId: number, id: number) =>
  db
    .update(imports)
    .set({
      first_id: sql`min(first_id, coalesce(${ofEvents("min")}, first_id))`,
      last_id: sql`max(last_id, coalesce(${ofEvents("max")}, last_id))`,
      undo_before: sql`max(last_id, coalesce(${ofEvents("max")}, last_id)) + 1`,
    })
    .where(
      and(
        eq(imports.campaign_id, ownCampaign(memberId, campaignId)),
        eq(imports.id, id),
        eq(imports.is_told, false),
        isNull(imports.undo_before),
      ),
    )
    .returning();

/** Searches all accounts, for the cron. */
export const openUndos = (db: Db, max: number) =>
  db
    .select()
    .from(imports)
    .where(and(isNotNull(imports.undo_before), isNull(imports.date_undone)))
    .orderBy(imports.id)
    .limit(max);

const ownPeople = ({ campaign_id, key, first_id }: ImportRow, before: number) =>
  sql`participants p WHERE p.campaign_id = ${campaign_id} AND p.id >= ${first_id} AND p.id < ${before}
    AND p.signup_event >= ${key} AND p.signup_event < ${`${key}g`} AND p.status <> 'erased'`;

/** The import's next participants, newest first. */
export const nextPeople = (db: Db, row: ImportRow, max: number) =>
  db.all<{ id: number }>(sql`SELECT p.id FROM ${ownPeople(row, row.undo_before ?? 0)} ORDER BY p.id DESC LIMIT ${max}`);

/** Matches only if no other run has made progress since the read. */
const still = ({ id, undo_before }: ImportRow) =>
  and(eq(imports.id, id), eq(imports.undo_before, undo_before ?? 0), isNull(imports.date_undone));

export const moveOn = (db: Db, row: ImportRow, undo_before: number) =>
  db.update(imports).set({ undo_before }).where(still(row)).returning();

export const endUndo = (db: Db, row: ImportRow, date_undone: Date) =>
  db
    .update(imports)
    .set({ date_undone, kept: sql`(SELECT count(*) FROM ${ownPeople(row, row.last_id + 1)})` })
    .where(still(row))
    .returning();

/**
 * Deletes the codes that the import gave to existing participants. Participants that it added and that stay keep
 * theirs.
 */
export const dropAliases = (db: Db, { campaign_id, key }: ImportRow): Statement =>
  db.run(sql`DELETE FROM aliases WHERE campaign_id = ${campaign_id} AND import_key = ${key} AND NOT EXISTS (
    SELECT 1 FROM participants p WHERE p.id = aliases.participant_id AND p.signup_event >= ${key} AND p.signup_event < ${`${key}g`})`);

/** The number of events since the import, counted up to `max`. Each round of an undo reads them. */
export const eventsSince = (db: Db, { campaign_id, key }: ImportRow, max: number) =>
  db.all<{ n: number }>(
    sql`SELECT count(*) AS n FROM (SELECT 1 FROM events WHERE campaign_id = ${campaign_id} AND id >= ${`${key}g`} LIMIT ${max})`,
  );

/** The participants who stayed when an import was undone. */
export const keptPeople = (db: Db, memberId: number, campaignId: number, id: number, max: number) =>
  db.all<{ id: number; email: string }>(sql`SELECT p.id, p.email FROM imports i CROSS JOIN participants p
    ON p.campaign_id = i.campaign_id AND p.id BETWEEN i.first_id AND i.last_id
    AND p.signup_event >= i.key AND p.signup_event < i.key || 'g' AND p.status <> 'erased'
    WHERE i.id = ${id} AND i.campaign_id = ${ownCampaign(memberId, campaignId)} ORDER BY p.id LIMIT ${max}`);
