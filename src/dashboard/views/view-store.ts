import { and, asc, eq, sql } from "drizzle-orm";
import { type ListWithViews, savedViews } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

/** How many views a person may have for a list, and how many more an account may share. */
export const VIEWS_MAX = 20;

/** The reader: their account, and whether they see its shared views. */
export type Viewer = { accountId: number; personId: number; seesShared: boolean };

const shown = {
  id: savedViews.id,
  list: savedViews.list,
  name: savedViews.name,
  query: savedViews.query,
  is_shared: savedViews.is_shared,
};
export type View = Pick<typeof savedViews.$inferSelect, keyof typeof shown>;

/** A person's own views, shared or not, and the account's shared views. */
const isSeen = ({ personId, seesShared }: Viewer) =>
  sql`(${savedViews.person_id} = ${personId} OR (${savedViews.is_shared} = 1 AND ${Number(seesShared)}))`;

/** The views of a list that the reader sees, oldest first. */
export const viewsOf = (db: Db, viewer: Viewer, list: ListWithViews) =>
  db
    .select(shown)
    .from(savedViews)
    .where(
      sql`${savedViews.id} IN (
        SELECT id FROM saved_views WHERE account_id = ${viewer.accountId} AND list = ${list} AND is_shared = 1
          AND (person_id = ${viewer.personId} OR ${Number(viewer.seesShared)})
        UNION ALL
        SELECT id FROM saved_views WHERE account_id = ${viewer.accountId} AND list = ${list} AND is_shared = 0
          AND person_id = ${viewer.personId})`,
    )
    .orderBy(asc(savedViews.id));

export const viewById = (db: Db, viewer: Viewer, id: number) =>
  db
    .select(shown)
    .from(savedViews)
    .where(and(eq(savedViews.id, id), eq(savedViews.account_id, viewer.accountId), isSeen(viewer)));

/** How many other views there are: the account's shared ones, or the person's own unshared ones. */
const others = ({ accountId, personId }: Viewer, list: ListWithViews, isShared: boolean, id: number) =>
  sql`(SELECT count(*) FROM saved_views o WHERE o.account_id = ${accountId} AND o.list = ${list}
    AND o.is_shared = ${Number(isShared)} AND ${isShared ? sql`1` : sql`o.person_id = ${personId}`} AND o.id <> ${id})`;

export type NewView = Omit<typeof savedViews.$inferInsert, "id" | "account_id" | "person_id">;

/** Inserts nothing if the limit is reached. */
export const insertView = (db: Db, viewer: Viewer, { list, name, query, is_shared, date_added }: NewView) =>
  db.all<{ id: number }>(sql`INSERT INTO saved_views (account_id, person_id, list, name, query, is_shared, date_added)
    SELECT ${viewer.accountId}, ${viewer.personId}, ${list}, ${name}, ${query}, ${Number(is_shared)}, ${date_added.getTime()}
    WHERE ${others(viewer, list, is_shared, 0)} < ${VIEWS_MAX} RETURNING id`);

/** Changes nothing if the view would exceed the limit where it goes. */
export const updateView = (db: Db, viewer: Viewer, view: View) =>
  db
    .update(savedViews)
    .set({ name: view.name, query: view.query, is_shared: view.is_shared })
    .where(
      and(
        eq(savedViews.id, view.id),
        eq(savedViews.account_id, viewer.accountId),
        isSeen(viewer),
        sql`${others(viewer, view.list, view.is_shared, view.id)} < ${VIEWS_MAX}`,
      ),
    )
    .returning({ id: savedViews.id });

export const deleteView = (db: Db, viewer: Viewer, id: number) =>
  db
    .delete(savedViews)
    .where(and(eq(savedViews.id, id), eq(savedViews.account_id, viewer.accountId), isSeen(viewer)))
    .returning({ id: savedViews.id });
