import { setTimeout as sleep } from "node:timers/promises";
import type { Referrals, Schemas } from "@referrals/sdk";
import { rowsOf } from "./csv.js";
import { UsageError } from "./usage.js";

type Job = Schemas["Import"];
export type Problem = { row: number; outcome: string; message: string };
export type Imported = {
  /** The import jobs' ids, for undoing them. */
  imports: number[];
  rows: number;
  counts: Record<string, number>;
  problems: Problem[];
  /** Every row was imported, or skipped on purpose. */
  isWhole: boolean;
};
export type ImportOptions = {
  campaign_id: number;
  kind: "participants" | "coupons";
  isDry: boolean;
  emails: boolean;
  webhooks: boolean;
  say(line: string): void;
};

/** The maximum number of rows in one import of the API. */
const AT_ONCE = 20_000;
const FAILED = ["invalid", "refused", "later"];
/** These participants already exist, which is not an error. */
const FINE = ["known", "attribute", "attributed"];
const [SHORTEST_MS, LONGEST_MS] = [200, 3_000];

/** Imports a file with the API's jobs, and waits for them. */
export async function importFile(client: Referrals, text: string, options: ImportOptions): Promise<Imported> {
  const report: Imported = { imports: [], rows: 0, counts: {}, problems: [], isWhole: true };
  const sent = options.kind === "coupons" ? [{ csv: text, lines: null }] : await partsOf(client, text, options);
  const { campaign_id, kind, isDry: dry_run, emails, webhooks } = options;
  for (const { lines, ...rows } of sent) {
    const begun = await client.imports.create({ campaign_id, kind, ...rows, dry_run, emails, webhooks });
    const job = await ended(client, begun, options);
    if (job.id !== null) report.imports.push(job.id);
    report.rows += job.rows;
    for (const [outcome, n] of Object.entries(job.counts)) report.counts[outcome] = (report.counts[outcome] ?? 0) + n;
    const problems = job.problems.filter(({ outcome }) => !FINE.includes(outcome));
    for (const { line, outcome, message } of problems)
      report.problems.push({ row: lines?.[line - 1] ?? line, outcome, message });
  }
  report.isWhole = FAILED.every((outcome) => !report.counts[outcome]);
  return report;
}

/** The file's rows in parts, each with its first line in the file. Unknown columns become metadata. */
async function partsOf(client: Referrals, text: string, { campaign_id }: ImportOptions) {
  const [header, ...body] = rowsOf(text);
  if (!header || body.length === 0) throw new UsageError("The file has no rows. Its first row names the columns.");
  const objects = body.map(({ cells }) => objectOf(header.cells, cells));
  const rows = objects.slice(0, AT_ONCE);
  const { columns = [] } = await client.imports.create({ campaign_id, kind: "participants", rows, dry_run: true });
  const others = columns.filter(({ holds }) => holds === null).map(({ name }) => name);
  const isOurs = columns.some(({ holds }) => holds === "metadata");
  const whole = others.length === 0 || isOurs ? objects : objects.map((row) => withMetadata(row, others));
  const parts = [];
  for (let at = 0; at < whole.length; at += AT_ONCE)
    parts.push({
      rows: whole.slice(at, at + AT_ONCE),
      lines: body.slice(at, at + AT_ONCE).map(({ line }) => line),
    });
  return parts;
}

type Row = Record<string, string>;

/** A row by its columns. If several columns have the same name, the first non-empty one counts. */
function objectOf(names: string[], cells: string[]): Row {
  const row: Row = {};
  for (const [i, name] of names.entries()) if (name) row[name] = row[name] || (cells[i] ?? "");
  return row;
}

function withMetadata(row: Row, others: string[]): Row {
  const own = others.filter((name) => row[name]);
  const metadata = Object.fromEntries(own.map((name) => [name.toLowerCase().replace(/[\s-]+/g, "_"), row[name]]));
  return { ...row, metadata: own.length > 0 ? JSON.stringify(metadata) : "" };
}

/** Waits until a job is over. */
async function ended(client: Referrals, begun: Job, { say }: ImportOptions): Promise<Job> {
  let job = begun;
  for (let wait = SHORTEST_MS; job.status === "running" && job.id !== null; wait = Math.min(LONGEST_MS, wait * 1.5)) {
    await sleep(wait);
    job = await client.imports.get(job.id);
    if (job.status === "running") say(`Import ${job.id}: ${job.rows_done} of ${job.rows} rows.`);
  }
  return job;
}

/** Undoes an import, and waits until that is done. */
export async function undoImport(client: Referrals, id: number, say: (line: string) => void): Promise<Job> {
  let job = await client.imports.undo(id);
  for (let wait = SHORTEST_MS; job.status === "undoing"; wait = Math.min(LONGEST_MS, wait * 1.5)) {
    say(`Import ${id} is being undone.`);
    await sleep(wait);
    job = await client.imports.get(id);
  }
  return job;
}
