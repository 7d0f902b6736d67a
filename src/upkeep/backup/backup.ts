import pLimit from "p-limit";
import { randomHex24, sha256Hex } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import { DAY_MS, utcDay } from "../../lib/day";
import type { Env } from "../../lib/env";
import { dropOldBackups } from "./backup-drop";
import type { Finished, Manifest, Part, Progress, Value } from "./backup-manifest";
import { type Kept, keepState, readState } from "./backup-state";
import * as store from "./backup-store";

/** Backups start at this hour (UTC). The first one starts immediately. */
const HOUR = 2;
const ROUNDS_PER_RUN = 100;
/** The next run starts a minute after this one started. */
const RUN_MS = 40_000;
/** A backup that is not complete by then is restarted. */
const ABANDONED_AFTER_MS = DAY_MS;
/** A Worker can wait for up to six responses at once. */
const AT_ONCE = 6;

/** The number of days to keep backups. 0 if backups are off, because the bucket or the setting is missing. */
export const backupDays = (env: Env) => (env.BACKUPS ? Math.max(0, Math.floor(Number(env.BACKUP_DAYS) || 0)) : 0);

/** The last complete backup, or null. */
export const lastBackup = async (env: Env): Promise<Finished | null> =>
  env.BACKUPS ? (await readState(env.BACKUPS)).state.latest : null;

/**
 * Continues the night's backup, round by round. A round reads a limited number of rows by primary key, stores them as
 * parts, and records where to continue, so a run can be interrupted at any point. If two runs overlap, only one makes
 * progress. Tables that fit into one read are read together, in one transaction, so a small installation's backup is a
 * single snapshot. Pauses after each round for as long as the round took.
 */
export async function backUp(ctx: JobCtx): Promise<void> {
  const { env, now } = ctx;
  const days = backupDays(env);
  if (!env.BACKUPS || days === 0) return;
  const bucket = env.BACKUPS;
  const began = now().getTime();
  let kept: Kept | null = await begun(ctx, bucket, await readState(bucket));
  for (let round = 0; kept?.state.current && round < ROUNDS_PER_RUN; round++) {
    const asked = now().getTime();
    if (asked - began > RUN_MS) return;
    kept = await advance(ctx, bucket, kept, kept.state.current);
    if (kept?.state.current) await scheduler.wait(now().getTime() - asked);
  }
  if (!kept || kept.state.pruned_on === utcDay(now())) return;
  if (await dropOldBackups(bucket, new Date(now().getTime() - days * DAY_MS)))
    await keepState(bucket, { ...kept.state, pruned_on: utcDay(now()) }, kept.etag);
}

/** Starts a backup if one is due. Null if another run has started one in the meantime. */
async function begun({ db, now }: JobCtx, bucket: R2Bucket, kept: Kept): Promise<Kept | null> {
  const { latest, current } = kept.state;
  const date = utcDay(now());
  const isUnderWay = current && now().getTime() - Date.parse(current.started_at) < ABANDONED_AFTER_MS;
  const isDue = latest === null || (latest.date < date && now().getUTCHours() >= HOUR);
  if (isUnderWay || !isDue) return isUnderWay ? kept : { ...kept, state: { ...kept.state, current: null } };
  const [sequences, migrations] = await db.batch([store.sequences(db), store.migrations(db)]);
  const progress: Progress = {
    date,
    started_at: now().toISOString(),
    rounds: 0,
    table: store.sources[0]?.name ?? "",
    after: null,
    migrations: migrations.map(({ name }) => name),
    sequences: Object.fromEntries(sequences.map(({ name, seq }) => [name, seq])),
    parts: [],
  };
  return keepState(bucket, { ...kept.state, current: progress }, kept.etag);
}

/** Runs one round. Null if another run was faster: its parts count, and ours are deleted with the backup. */
async function advance(ctx: JobCtx, bucket: R2Bucket, { state, etag }: Kept, current: Progress): Promise<Kept | null> {
  const { read, next } = await readNext(ctx, current);
  const slots = pLimit(AT_ONCE);
  const parts = await Promise.all(
    read.filter(({ rows }) => rows.length > 0).map((one) => slots(() => putPart(bucket, current.date, one))),
  );
  const progress = { ...current, rounds: current.rounds + 1, parts: [...current.parts, ...parts] };
  if (next) return keepState(bucket, { ...state, current: { ...progress, ...next } }, etag);
  const manifest = manifestOf(progress, ctx.now());
  await bucket.put(`${current.date}/manifest.json`, JSON.stringify(manifest));
  const { date, started_at, finished_at, rows, bytes } = manifest;
  return keepState(bucket, { ...state, latest: { date, started_at, finished_at, rows, bytes }, current: null }, etag);
}

type Read = { table: string; rows: Record<string, Value>[] };

/**
 * Continues a table. At the start of a table, reads all remaining tables in one transaction. The first table with more
 * rows ends the round, and the tables after it are read later, to keep the order.
 */
async function readNext({ db }: JobCtx, { table, after }: Progress) {
  const from = store.sources.findIndex(({ name }) => name === table);
  const left = store.sources.slice(from, after ? from + 1 : undefined);
  const [first, ...others] = left;
  if (!first) throw new Error(`The current backup stopped at the table ${table}, which no longer exists.`);
  const results = await db.batch([
    store.rowsAfter(db, first, after),
    ...others.map((source) => store.rowsAfter(db, source, null)),
  ]);
  const read: Read[] = [];
  for (const [i, source] of left.entries()) {
    const rows = results[i] ?? [];
    read.push({ table: source.name, rows });
    const last = rows.at(-1);
    if (last && rows.length === source.rows)
      return { read, next: { table: source.name, after: source.key.map((column) => last[column] ?? null) } };
  }
  const following = store.sources[from + left.length];
  return { read, next: following ? { table: following.name, after: null } : null };
}

async function putPart(bucket: R2Bucket, date: string, { table, rows }: Read): Promise<Part> {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const zipped = new Blob([lines]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(zipped).arrayBuffer());
  // Two overlapping runs may read the same rows at different times, so each part has its own name.
  const key = `${date}/${table}-${randomHex24()}.ndjson.gz`;
  await bucket.put(key, bytes);
  return { key, table, rows: rows.length, bytes: bytes.length, sha256: await sha256Hex(bytes) };
}

function manifestOf({ date, started_at, rounds, migrations, sequences, parts }: Progress, now: Date): Manifest {
  const tables: Record<string, number> = Object.fromEntries(store.sources.map(({ name }) => [name, 0]));
  for (const { table, rows } of parts) tables[table] = (tables[table] ?? 0) + rows;
  const sum = (of: "rows" | "bytes") => parts.reduce((total, part) => total + part[of], 0);
  const finished = { date, started_at, finished_at: now.toISOString(), rows: sum("rows"), bytes: sum("bytes") };
  return { version: 1, ...finished, rounds, tables, migrations, sequences, parts };
}
