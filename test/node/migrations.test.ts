import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { unstable_splitSqlQuery } from "wrangler";
import { statementsIn } from "../../scripts/migrate.ts";
import { root } from "../../scripts/root.ts";

/** Migrations that drop what no running code reads, with the release that stopped reading it. */
const CONTRACTS: Record<string, string> = {};

const migrations = globSync("migrations/*.sql", { cwd: root })
  .sort()
  .map((path) => ({ name: basename(path, ".sql"), sql: readFileSync(join(root, path), "utf8") }));

function databaseAfter(statements: string[]) {
  const db = new DatabaseSync(":memory:");
  for (const sql of statements) db.exec(sql);
  return db;
}

type Part = { type: string; name: string; tbl_name: string; sql: string | null };
type Column = { name: string; notnull: number; dflt_value: string | null };

const partsOf = (db: DatabaseSync) =>
  db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'").all() as Part[];
const columnsOf = (db: DatabaseSync, table: string) => db.prepare(`PRAGMA table_info("${table}")`).all() as Column[];

/** Whether a definition is the old one with columns added, which ALTER TABLE writes after the last column. */
function isGrown({ sql: before }: Part, { sql: after }: Part) {
  const [old, now] = [before ?? "", after ?? ""];
  if (old === now) return true;
  for (let at = 0; old.slice(0, at) === now.slice(0, at) && at < old.length; at++)
    if (
      now.endsWith(old.slice(at)) &&
      /^,(?!\s*(CHECK|UNIQUE|FOREIGN|PRIMARY|CONSTRAINT)\b)/i.test(now.slice(at, at - old.length))
    )
      return true;
  return false;
}

/**
 * Problems for released code after this migration. A deploy runs old and new code side by side for a moment,
 * and a rollback restores the old code; neither restores the schema.
 */
function tripsOver(before: string[], migration: string): string[] {
  const [old, fresh] = [databaseAfter(before), databaseAfter([...before, migration])];
  const known = partsOf(old);
  const found: string[] = [];
  for (const part of known) {
    const now = partsOf(fresh).find(({ type, name }) => type === part.type && name === part.name);
    if (!now) found.push(`${part.type} ${part.name} is gone`);
    else if (!isGrown(part, now)) found.push(`${part.type} ${part.name} has changed`);
    if (!now || part.type !== "table") continue;
    const before = new Set(columnsOf(old, part.name).map(({ name }) => name));
    for (const { name, notnull, dflt_value } of columnsOf(fresh, part.name))
      if (!before.has(name) && notnull && dflt_value === null)
        found.push(`${part.name}.${name} must be nullable or have a default`);
  }
  const tables = new Set(known.map(({ name }) => name));
  /** Released code leaves a new column empty, and no two nulls are equal to an index. */
  const isOfNew = (index: string, table: string) => {
    const before = new Set(columnsOf(old, table).map(({ name }) => name));
    const empty = columnsOf(fresh, table).filter(({ name, dflt_value }) => !before.has(name) && dflt_value === null);
    const columns = fresh
      .prepare(`PRAGMA index_info("${index}")`)
      .all()
      .map(({ name }) => name);
    return empty.some(({ name }) => columns.includes(name));
  };
  for (const { type, name, tbl_name, sql } of partsOf(fresh)) {
    if (known.some((part) => part.name === name) || !tables.has(tbl_name) || type === "table") continue;
    const refuses =
      type === "trigger" ? /\bRAISE\b/i.test(sql ?? "") : /^CREATE UNIQUE/i.test(sql ?? "") && !isOfNew(name, tbl_name);
    if (refuses) found.push(`${type} ${name} may refuse what released code writes into ${tbl_name}`);
  }
  return found;
}

describe("a migration", () => {
  it("has the same statements here and in wrangler", () => {
    // wrangler leaves our separator in as a comment, and leaves semicolons out.
    const bare = (statements: string[]) =>
      statements.map((one) =>
        one
          .replace(/^--> statement-breakpoint\n/, "")
          .replace(/;$/, "")
          .trim(),
      );
    for (const { sql } of migrations) assert.deepEqual(bare(statementsIn(sql)), bare(unstable_splitSqlQuery(sql)));
  });

  for (const [i, { name, sql }] of migrations.entries())
    it(`${name} keeps everything that released code uses`, () => {
      if (i === 0 || CONTRACTS[name]) return;
      const before = migrations.slice(0, i).map((one) => one.sql);
      assert.deepEqual(
        tripsOver(before, sql),
        [],
        'Released code must work on the new schema: expand first, contract in a later release. See "Change the schema" in CONTRIBUTING.md.',
      );
    });
});

describe("the check of migrations", () => {
  const base = ["CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT, c TEXT, CHECK (b <> '')); CREATE INDEX a_b ON a (b);"];
  const harmless = {
    "a new table": "CREATE TABLE c (id INTEGER PRIMARY KEY, d TEXT NOT NULL); CREATE UNIQUE INDEX c_d ON c (d);",
    "a nullable column": "ALTER TABLE a ADD d TEXT",
    "a column with a default": "ALTER TABLE a ADD d INTEGER DEFAULT 0 NOT NULL",
    "an index": "CREATE INDEX a_b2 ON a (b, id)",
    "an index over a new column": "ALTER TABLE a ADD d TEXT; CREATE UNIQUE INDEX a_d ON a (b, d)",
    "a trigger that refuses nothing": "CREATE TRIGGER t AFTER DELETE ON a BEGIN UPDATE a SET b = 'x' WHERE id = 1; END",
    "a backfill": "UPDATE a SET b = 'x' WHERE id = 1",
  };
  for (const [what, sql] of Object.entries(harmless))
    it(`accepts ${what}`, () => assert.deepEqual(tripsOver(base, sql), []));

  const harmful = {
    "a table that goes": ["DROP TABLE a", /table a is gone/],
    "a table with another name": ["ALTER TABLE a RENAME TO c", /table a is gone/],
    "an index that goes": ["DROP INDEX a_b", /index a_b is gone/],
    "a column that goes": ["ALTER TABLE a DROP COLUMN c", /table a has changed/],
    "a column with another name": ["ALTER TABLE a RENAME COLUMN b TO d", /table a has changed/],
    "a table made anew with a stricter column": [
      "CREATE TABLE n (id INTEGER PRIMARY KEY, b TEXT NOT NULL, c TEXT, CHECK (b <> '')); DROP TABLE a; ALTER TABLE n RENAME TO a; CREATE INDEX a_b ON a (b);",
      /table a has changed/,
    ],
    "a table made anew with a stricter check": [
      "CREATE TABLE n (id INTEGER PRIMARY KEY, b TEXT, c TEXT, CHECK (c <> ''), CHECK (b <> '')); DROP TABLE a; ALTER TABLE n RENAME TO a; CREATE INDEX a_b ON a (b);",
      /table a has changed/,
    ],
    "an index that refuses": ["CREATE UNIQUE INDEX one_b ON a (b)", /one_b may refuse/],
    "a trigger": ["CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT RAISE(ABORT, 'no'); END", /t may refuse/],
  } as const;
  for (const [what, [sql, expected]] of Object.entries(harmful))
    it(`refuses ${what}`, () => assert.match(tripsOver(base, sql).join("\n"), expected));
});
