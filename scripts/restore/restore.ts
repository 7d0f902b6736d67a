import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { build, built } from "../build.ts";
import { root } from "../root.ts";
import { preparedInstallation } from "../setup/prepared.ts";
import { Wrangler } from "../setup/wrangler.ts";
import { type Options, openLocal } from "./local.ts";
import { folder, localBucket, manifestOf, remoteBucket, type Source } from "./source.ts";
import { statementsOf } from "./statements.ts";
import { type Table, tablesOf } from "./tables.ts";

const USAGE = `npm run restore -- --date 2026-11-28 [--remote [--installation staging]] [--folder copy] [--file restore.sql]

Loads a night's backup into the database, which must have no accounts yet. Without --remote, it is the local one in STATE_DIR.
  --folder   a copy of the bucket, made with rclone for example; without it, the bucket is read
  --file     where the SQL is written before it runs`;

const { values } = parseArgs({
  options: {
    date: { type: "string", default: "" },
    remote: { type: "boolean", default: false },
    folder: { type: "string" },
    file: { type: "string", default: "restore.sql" },
    installation: { type: "string", default: "production" },
  },
});
const ACCOUNTS = "SELECT count(*) AS n FROM members";
const refuseFull = (accounts: number) => {
  if (accounts > 0)
    throw new Error(`The database has ${accounts} accounts. Restore into a new one: see docs/operations.md.`);
};

/** Writes the SQL file. It holds personal data, so only its owner may read it. */
async function write(source: Source, tables: Table[]) {
  const manifest = await manifestOf(source, values.date);
  const out = createWriteStream(values.file, { mode: 0o600 });
  const leftOut = new Map<string, number>();
  for await (const statements of statementsOf(source, manifest, tables, leftOut))
    for (const statement of statements) out.write(`${statement}\n`);
  out.end();
  await finished(out);
  const read = manifest.rounds === 1 ? "in one moment" : `in ${manifest.rounds} rounds until ${manifest.finished_at}`;
  console.log(`${manifest.rows} rows, read ${read}, from ${manifest.started_at}.`);
  for (const [table, rows] of leftOut)
    if (rows > 0)
      console.log(`Skipped because the rows they belong to are not in the backup: ${rows} rows of ${table}.`);
}

async function restoreLocal(options: Options) {
  const stateDir = resolve(root, process.env.STATE_DIR ?? ".wrangler/state");
  const { db, bucket, close } = await openLocal(options, join(stateDir, "v3"));
  try {
    refuseFull((await db.prepare(ACCOUNTS).first<{ n: number }>())?.n ?? 0);
    await write(values.folder ? folder(values.folder) : localBucket(bucket), await tablesOf(db));
    const { unstable_splitSqlQuery } = await import("wrangler");
    const statements = unstable_splitSqlQuery(readFileSync(values.file, "utf8"));
    await db.batch(statements.map((statement) => db.prepare(statement)));
  } finally {
    await close();
  }
}

/** Into the installation's own database, from its own bucket. */
async function restoreRemote(options: Options) {
  const { installation, config, file } = await preparedInstallation(values.installation);
  const place = ["--remote", "--config", file];
  const wrangler = new Wrangler(installation.account_id);
  await wrangler.show(["d1", "migrations", "apply", "DB", ...place]);
  const asked = await wrangler.run({ args: ["d1", "execute", "DB", ...place, "--json", "--command", ACCOUNTS] });
  refuseFull(JSON.parse(asked)[0].results[0].n);
  const bucket = config.r2_buckets?.find(({ binding }) => binding === "BACKUPS")?.bucket_name ?? "";
  // A local database with all migrations has the same tables.
  const scratch = mkdtempSync(join(tmpdir(), "referrals-restore-"));
  const { db, close } = await openLocal(options, scratch);
  try {
    const remote = remoteBucket(wrangler, bucket, installation.jurisdiction);
    await write(values.folder ? folder(values.folder) : remote, await tablesOf(db));
  } finally {
    await close();
    rmSync(scratch, { recursive: true, force: true });
  }
  await wrangler.show(["d1", "execute", "DB", ...place, "--yes", "--file", resolve(values.file)]);
}

if (!/^\d{4}-\d{2}-\d{2}$/.test(values.date)) {
  console.error(USAGE);
  process.exit(1);
}
try {
  await build();
  const options = JSON.parse(readFileSync(built.options, "utf8")) as Options;
  await (values.remote ? restoreRemote(options) : restoreLocal(options));
  console.log(`Restored from ${values.file}. Delete that file: it contains personal data.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
