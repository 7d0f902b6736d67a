import { getTableName, is, sql } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import * as schema from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import type { Value } from "./backup-manifest";

/** A table, the columns of its primary key, and how many of its rows one read takes. */
export type Source = { name: string; key: string[]; rows: number };

const ROWS_PER_READ = 2000;
/** Tables with rows of up to a megabyte, or many kilobytes. */
const WIDE: Record<string, number> = {
  contest_entrants: 4,
  campaign_landers: 50,
  campaign_drafts: 50,
  campaign_widgets: 100,
  contests: 100,
  idempotency_keys: 200,
  deliveries: 500,
  import_parts: 10,
};

/** What others belong to is read first, so that nothing is read without what belongs to it. */
const FIRST = ["plans", "members", "brands", "campaigns", "contests"];
/**
 * Tables that change with every signup are read after all others, in this order: a reward before the code that fulfills it, so that
 * a code that was given is never read as free, and the totals at the end. Deletions come last, so that what they delete is known.
 */
const LAST = [
  "rewards",
  "coupons",
  "invitations",
  "shares",
  "visits",
  "mails",
  "deliveries",
  "events",
  "participants",
  "scores",
  "campaign_days",
  "campaign_stats",
  "purges",
];

const place = ({ name }: Source) =>
  FIRST.includes(name) ? FIRST.indexOf(name) - FIRST.length : LAST.indexOf(name) + 1;

function sourceOf(table: SQLiteTable): Source {
  const { columns, primaryKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  const name = getTableName(table);
  return { name, key: key.map((column) => column.name), rows: WIDE[name] ?? ROWS_PER_READ };
}

/** Every table, in the order in which a backup reads them. */
export const sources: Source[] = Object.values(schema)
  .filter((value) => is(value, SQLiteTable))
  .map(sourceOf)
  .sort((a, b) => place(a) - place(b));

/** The next rows of a table in the order of its primary key, after the row with this key. */
export const rowsAfter = (db: Db, { name, key, rows }: Source, after: Value[] | null) => {
  const columns = sql.join(
    key.map((column) => sql.identifier(column)),
    sql`, `,
  );
  const values = after?.map((value) => sql`${value}`) ?? [];
  const where = after ? sql`WHERE (${columns}) > (${sql.join(values, sql`, `)})` : sql``;
  return db.all<Record<string, Value>>(
    sql`SELECT * FROM ${sql.identifier(name)} ${where} ORDER BY ${columns} LIMIT ${rows}`,
  );
};

/** The last ID that each table with AUTOINCREMENT gave, and the migrations that made the schema. */
export const sequences = (db: Db) => db.all<{ name: string; seq: number }>(sql`SELECT name, seq FROM sqlite_sequence`);
export const migrations = (db: Db) => db.all<{ name: string }>(sql`SELECT name FROM d1_migrations ORDER BY id`);
