import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Manifest } from "../../src/upkeep/backup/backup-manifest.ts";
import type { Wrangler } from "../setup/wrangler.ts";

/** Gets an object of the backups' bucket by its key. @throws if there is none */
export type Source = (key: string) => Promise<Uint8Array>;
export type Row = Record<string, string | number | null>;

/** A folder with a copy of the bucket. */
export const folder =
  (path: string): Source =>
  async (key) =>
    readFileSync(join(path, key));

/** The bucket itself, object by object. */
export const remoteBucket =
  (wrangler: Wrangler, bucket: string, jurisdiction: string): Source =>
  async (key) => {
    const scratch = mkdtempSync(join(tmpdir(), "referrals-restore-"));
    const place = ["--remote", ...(jurisdiction ? ["--jurisdiction", jurisdiction] : [])];
    try {
      const file = join(scratch, "object");
      await wrangler.run({ args: ["r2", "object", "get", `${bucket}/${key}`, ...place, "--file", file] });
      return readFileSync(file);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };

/** The local bucket. */
export const localBucket =
  (bucket: { get: (key: string) => Promise<{ arrayBuffer: () => Promise<ArrayBuffer> } | null> }): Source =>
  async (key) => {
    const found = await bucket.get(key);
    if (!found) throw new Error(`There is no ${key} in the bucket.`);
    return new Uint8Array(await found.arrayBuffer());
  };

/** A date's manifest. @throws if there is no complete backup of that date */
export async function manifestOf(source: Source, date: string): Promise<Manifest> {
  const bytes = await source(`${date}/manifest.json`).catch((cause) => {
    throw new Error(`There is no complete backup of ${date}.`, { cause });
  });
  const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
  if (manifest.version !== 1)
    throw new Error(`The backup has version ${manifest.version}, which this release cannot read.`);
  return manifest;
}

/** The rows of a table, part by part. @throws if a part is not what the manifest says */
export async function* rowsOf(source: Source, manifest: Manifest, table: string): AsyncGenerator<Row[]> {
  for (const part of manifest.parts) {
    if (part.table !== table) continue;
    const bytes = await source(part.key);
    if (createHash("sha256").update(bytes).digest("hex") !== part.sha256) throw new Error(`${part.key} is damaged.`);
    const rows = gunzipSync(bytes).toString("utf8").split("\n").filter(Boolean);
    if (rows.length !== part.rows) throw new Error(`${part.key} has ${rows.length} rows instead of ${part.rows}.`);
    yield rows.map((row) => JSON.parse(row) as Row);
  }
}
