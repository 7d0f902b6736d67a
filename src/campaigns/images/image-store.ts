import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { images, members } from "../../../drizzle/schema";
import type { Db } from "../../lib/db";

type NewRow = Omit<typeof images.$inferSelect, "suspended_at" | "suspended_for">;

/** Inserts nothing if the account would exceed its maximum number or bytes of images. */
export const insertImage = (db: Db, row: NewRow, most: { images: number; bytes: number }) =>
  db.all<{ key: string }>(sql`INSERT INTO images (key, member_id, type, bytes, date_added)
    SELECT ${row.key}, ${row.member_id}, ${row.type}, ${row.bytes}, ${row.date_added.getTime()}
    FROM (SELECT count(*) AS n, coalesce(sum(bytes), 0) AS total FROM images WHERE member_id = ${row.member_id})
    WHERE n < ${most.images} AND total + ${row.bytes} <= ${most.bytes} RETURNING key`);

export const imagesOf = (db: Db, memberId: number, limit: number) =>
  db
    .select({ key: images.key, type: images.type, bytes: images.bytes, date_added: images.date_added })
    .from(images)
    .where(eq(images.member_id, memberId))
    .orderBy(desc(images.date_added), images.key)
    .limit(limit);

export const deleteImage = (db: Db, memberId: number, key: string) =>
  db
    .delete(images)
    .where(and(eq(images.key, key), eq(images.member_id, memberId)))
    .returning({ key: images.key });

/** Searches all accounts: anyone with the URL may see the image, unless it or its account is suspended. */
export const imageByKey = (db: Db, key: string) =>
  db
    .select({ type: images.type })
    .from(images)
    .innerJoin(members, eq(members.id, images.member_id))
    .where(and(eq(images.key, key), isNull(images.suspended_at), isNull(members.suspended_at)));

/** The images that have an owner. Searches all accounts, for the cron. */
export const known = (db: Db, keys: string[]) =>
  db
    .select({ key: images.key })
    .from(images)
    .where(sql`${images.key} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`);
