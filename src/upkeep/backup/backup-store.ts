import { getTableName, is, sql } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import * as schema from "../../../drizzle/schema";
import type { Db } from "../../lib/db";
import type { Value } from "./backup-manifest";

/** A table, its primary key columns, and the number of rows per read. */
export type Source = { name: string; key: string[]; rows: number };

const ROWS_PER_READ = 2000;
/** Tables with rows of many kilobytes, up to a megabyte. */
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

/** Parents are read first, so no row is read without its parent. */
const FIRST = ["plans", "members", "brands", "campaigns", "contests"];
/**
 * Tables that change with every signup come after all others, in this order: a reward before the code that fulfills it,
 * so an assigned code is never read as unused, and the totals at the end. Deletions come last, so every deletion that
 * affected the rows is included.
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

/** All tables, in the order in which a backup reads them. */
export const sources: Source[] = Object.values(schema)
  .filter((value) => is(value, SQLiteTable))
  .map(sourceOf)
  .sort((a, b) => place(a) - place(b));

/** The next rows of a table, in primary key order, after the row with this key. */
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

/** The last ID of each table with AUTOINCREMENT, and the migrations of the schema. */
export const sequences = (db: Db) => db.all<{ name: string; seq: number }>(sql`SELECT name, seq FROM sqlite_sequence`);
export const migrations = (db: Db) => db.all<{ name: string }>(sql`SELECT name FROM d1_migrations ORDER BY id`);
