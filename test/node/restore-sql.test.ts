import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { folder, manifestOf, type Row, rowsOf } from "../../scripts/restore/source.ts";
import { insertsOf } from "../../scripts/restore/sql.ts";
import { statementsOf } from "../../scripts/restore/statements.ts";
import { root } from "../../scripts/root.ts";
import type { Manifest, Part } from "../../src/upkeep/backup/backup-manifest.ts";

/** D1's documented limits. */
const STATEMENT_MAX_BYTES = 100_000;

const collect = async <T>(all: AsyncIterable<T>) => {
  const items: T[] = [];
  for await (const item of all) items.push(item);
  return items;
};

describe("the SQL of a restore", () => {
  const rows: Row[] = [
    { id: 1, name: 'O\'Hara; -- "x"\n\\', note: null, list: "" },
    { id: 2, name: "🎉".repeat(120_000), note: "'".repeat(200_000), list: "a" },
    { id: 3, name: `x${"🎉".repeat(30_000)}`, note: 1.5, list: "ü".repeat(1_000_000) },
    ...Array.from({ length: 3000 }, (_, i) => ({ id: 4 + i, name: `n${i}`, note: i, list: "[]" })),
  ];

  it("rebuilds any row, and no statement exceeds D1's limit", () => {
    const db = new DatabaseSync(":memory:");
    db.exec('CREATE TABLE "people" (id INTEGER PRIMARY KEY, name TEXT, note ANY, list TEXT NOT NULL) STRICT');
    const statements = insertsOf("people", ["id"], rows);
    for (const statement of statements) {
      assert.ok(Buffer.byteLength(statement) <= STATEMENT_MAX_BYTES, `${Buffer.byteLength(statement)} bytes`);
      db.exec(statement);
    }
    const found = db.prepare("SELECT * FROM people ORDER BY id").all();
    assert.equal(found.length, rows.length);
    for (const [i, row] of found.entries()) assert.deepEqual({ ...row }, rows[i], `row ${i + 1}`);
    assert.ok(statements.length < 100, `${statements.length} statements`);
  });
});

describe("a backup's folder", () => {
  const path = mkdtempSync(join(tmpdir(), "referrals-backup-"));
  after(() => rmSync(path, { recursive: true, force: true }));

  const part = (table: string, rows: Row[]): Part => {
    const bytes = gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const key = `${table}.ndjson.gz`;
    writeFileSync(join(path, key), bytes);
    return {
      key,
      table,
      rows: rows.length,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
  };
  const manifest = (parts: Part[], more: Partial<Manifest> = {}): Manifest => ({
    version: 1,
    date: "2026-11-28",
    started_at: "",
    finished_at: "",
    rows: 0,
    bytes: 0,
    rounds: 1,
    migrations: [],
    sequences: {},
    tables: Object.fromEntries(parts.map(({ table, rows }) => [table, rows])),
    parts,
    ...more,
  });
  const source = folder(path);
  const tables = [
    { name: "members", key: ["id"], columns: ["id"], ties: [] },
    { name: "brands", key: ["id"], columns: ["id", "member_id"], ties: [{ column: "member_id", table: "members" }] },
  ];

  it("is refused if a part is damaged, short, or from a newer release", async () => {
    const whole = part("members", [{ id: 1 }]);
    assert.deepEqual(await collect(rowsOf(source, manifest([whole]), "members")), [[{ id: 1 }]]);
    const damaged = manifest([{ ...whole, sha256: "0" }]);
    await assert.rejects(collect(rowsOf(source, damaged, "members")), /members.ndjson.gz is damaged/);
    const short = manifest([{ ...whole, rows: 2 }]);
    await assert.rejects(collect(rowsOf(source, short, "members")), /has 1 rows instead of 2/);
    const newer = manifest([part("wallets", [{ id: 1 }])]);
    await assert.rejects(collect(statementsOf(source, newer, tables, new Map())), /no table wallets/);
    await assert.rejects(manifestOf(source, "2026-11-28"), /no complete backup of 2026-11-28/);
  });

  it("is restored without rows that lack their owner, and without dropped columns", async () => {
    const parts = [
      part("members", [{ id: 1 }]),
      part("brands", [
        { id: 1, member_id: 1, former: "x" },
        { id: 2, member_id: 2, former: "x" },
      ]),
    ];
    const leftOut = new Map<string, number>();
    const sql = (await collect(statementsOf(source, manifest(parts), tables, leftOut))).flat().join("\n");
    assert.match(sql, /INSERT INTO "brands" \("id", "member_id"\) VALUES\n\(1, 1\);/);
    assert.equal(leftOut.get("brands"), 1);
  });
});

describe("npm run restore -- --remote", () => {
  const path = mkdtempSync(join(tmpdir(), "referrals-wrangler-"));
  after(() => rmSync(path, { recursive: true, force: true }));

  /** A wrangler that records its calls, and gets objects from a folder. */
  const calls = join(path, "calls");
  const bucket = join(path, "bucket");
  writeFileSync(
    join(path, "wrangler"),
    `#!${process.execPath}
const { appendFileSync, copyFileSync } = process.getBuiltinModule("node:fs");
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(calls)}, args.join(" ") + "\\n");
if (args.includes("--json")) console.log(JSON.stringify([{ results: [{ n: Number(process.env.ACCOUNTS) }] }]));
if (args[0] === "r2") copyFileSync(${JSON.stringify(bucket)} + args[3].slice(args[3].indexOf("/")), args.at(-1));
`,
    { mode: 0o755 },
  );
  const account_id = "0123456789abcdef0123456789abcdef";
  const database_id = "11111111-2222-4333-8444-555555555555";
  const installation = {
    name: "acme",
    account_id,
    database_id,
    region: "weur",
    jurisdiction: "eu",
    domain: "",
    vars: {},
  };
  writeFileSync(join(path, "production.json"), JSON.stringify(installation));
  const env = { ...process.env, INSTALLATIONS_DIR: path, PATH: `${path}:${process.env.PATH}` };
  const run = (accounts: string) =>
    spawnSync(
      process.execPath,
      ["scripts/restore/restore.ts", "--remote", "--date", "2026-11-28", "--file", join(path, "out.sql")],
      { cwd: root, encoding: "utf8", env: { ...env, ACCOUNTS: accounts } },
    );

  it("migrates, refuses a database with accounts, and runs its own file from the installation's bucket", () => {
    const bytes = gzipSync(
      `${JSON.stringify({ id: 9, name: "Ours", price_cents: 0, campaigns_participants: 0, no_of_domains: 0, unit: "month", no_unit: 1, days: 30 })}\n`,
    );
    const key = "2026-11-28/plans-1.ndjson.gz";
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const parts: Part[] = [{ key, table: "plans", rows: 1, bytes: bytes.length, sha256 }];
    const whole: Manifest = {
      version: 1,
      date: "2026-11-28",
      started_at: "",
      finished_at: "",
      rows: 1,
      bytes: 0,
      rounds: 1,
      migrations: [],
      sequences: { members: 7 },
      tables: { plans: 1 },
      parts,
    };
    mkdirSync(join(bucket, "2026-11-28"), { recursive: true });
    writeFileSync(join(bucket, "2026-11-28/manifest.json"), JSON.stringify(whole));
    writeFileSync(join(bucket, key), bytes);
    const refused = run("3");
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /The database has 3 accounts/);
    const done = run("0");
    assert.equal(done.status, 0, done.stderr);
    const made = readFileSync(calls, "utf8").trim().split("\n");
    const config = join(root, "dist/installations/acme/wrangler.json");
    assert.equal(JSON.parse(readFileSync(config, "utf8")).d1_databases[0].database_id, database_id);
    const place = `--remote --config ${config}`;
    const asks = [
      `d1 migrations apply DB ${place}`,
      `d1 execute DB ${place} --json --command SELECT count(*) AS n FROM members`,
    ];
    assert.deepEqual(made.slice(0, 2), asks, "and nothing more");
    const [first, second, ...others] = made.slice(2);
    assert.deepEqual([first, second], asks);
    const gets = others.slice(0, -1).map((call) => call.split(" --file")[0]);
    const get = (object: string) => `r2 object get acme-backups/2026-11-28/${object} --remote --jurisdiction eu`;
    assert.deepEqual(gets, [get("manifest.json"), get("plans-1.ndjson.gz")]);
    assert.equal(others.at(-1), `d1 execute DB ${place} --yes --file ${join(path, "out.sql")}`);
    const sql = readFileSync(join(path, "out.sql"), "utf8");
    assert.match(sql, /DELETE FROM plans;\nINSERT INTO "plans" [^\n]*\n\(9, 'Ours'/);
    assert.match(sql, /UPDATE sqlite_sequence SET seq = max\(seq, 7\)/);
  });
});
