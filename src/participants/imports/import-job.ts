import { chunks } from "../../lib/chunks";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { commit } from "../../lib/db";
import { AppError, errorCodes, notFound } from "../../lib/errors";
import { uploadCoupons } from "../coupons/coupon";
import { previewCodes } from "../coupons/coupon-preview";
import { importRows, keyOfToken, rehearse } from "./import";
import { toLines } from "./import-file";
import { type Import, type NewImport, PROBLEMS_MAX, type Problem } from "./import-job-schema";
import * as store from "./import-job-store";
import { previewed, toImport } from "./import-job-view";
import type { Result } from "./import-plan";
import { RUN_MAX } from "./import-schema";
import { codesIn, participantsIn } from "./import-source";

/** In milliseconds: how long a run works, and when another one takes over. */
const [RUN_MS, LEASE_MS] = [50_000, 120_000];
const KEPT_MS = 30 * DAY_MS;
const [OPEN_MAX, DROPPED_MAX] = [20, 100];
/** How many times rows that wait for others of their part are sent again. */
const TRIES = 3;

/** The rows with a result other than a plain addition, without personal data. */
const problemsOf = (results: Result[]): Problem[] =>
  results
    .filter(({ outcome, said }) => (outcome !== "add" && outcome !== "added") || said.includes(";"))
    .slice(0, PROBLEMS_MAX)
    .map(({ line, outcome, said }) => ({ line, outcome, message: said }));

function countsOf(results: Result[]) {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/**
 * Previews or starts an import. Codes are added immediately. Participants are added by a job, which starts before the
 * response.
 * @throws 404 for another member's campaign, 400 if the rows cannot be read
 */
export const beginImport = (ctx: MemberCtx, sent: NewImport): Promise<Import> =>
  sent.kind === "coupons" ? importCodes(ctx, sent) : importParticipants(ctx, sent);

async function importParticipants(ctx: MemberCtx, sent: NewImport): Promise<Import> {
  const { campaign_id, kind } = sent;
  const { memberId } = ctx.actor;
  const file = participantsIn(sent);
  const { results, rows, token } = await rehearse(ctx, campaign_id, file.rows);
  const columns = file.columns.map(({ name, role }) => ({ name, holds: role }));
  if (sent.dry_run)
    return previewed({ campaign_id, kind, rows: rows.length }, countsOf(results), problemsOf(results), columns);
  const key = await keyOfToken(ctx, campaign_id, token);
  const job = {
    ...{ campaign_id, kind, token, key, member_id: memberId, status: "running" as const },
    rows: rows.length,
    sends_emails: sent.emails,
    sends_webhooks: sent.webhooks,
    date_added: ctx.now(),
  };
  const parts = chunks(rows, RUN_MAX).map((part, n) => store.insertPart(ctx.db, memberId, key, n, toLines(part)));
  const [[row]] = await commit(ctx, store.insertJob(ctx.db, job), ...parts);
  if (!row) throw notFound("campaign");
  ctx.later(runImport(ctx, row.id));
  return { ...toImport(row, []), columns };
}

type CodeCounts = { over: number; undated: number; invalid_at: number[]; undated_at: number[]; over_at: number[] };

/** The counts of an upload of codes, and the first codes that were skipped. Expired codes count as used. */
function toldOf<C extends CodeCounts>(
  { invalid_at, undated_at, over_at, over, undated: _, ...counts }: C,
  { codes, used }: ReturnType<typeof codesIn>,
) {
  const at = (places: number[], outcome: string, message: string): Problem[] =>
    places.map((place) => ({ line: codes[place]?.line ?? 0, outcome, message }));
  const problems = [
    ...at(invalid_at, "invalid", "is not a code"),
    ...at(undated_at, "invalid", "`valid_until` is not a date like 2027-03-03"),
    ...at(over_at, "used", "has expired"),
  ];
  return {
    counts: { ...counts, ...(used + over > 0 && { used: used + over }) },
    problems: problems.sort((a, b) => a.line - b.line).slice(0, PROBLEMS_MAX),
  };
}

async function importCodes(ctx: MemberCtx, sent: NewImport): Promise<Import> {
  const { campaign_id, kind } = sent;
  const { codes, used } = codesIn(sent);
  if (sent.dry_run) {
    const { counts, problems } = toldOf(await previewCodes(ctx, campaign_id, codes), { codes, used });
    return previewed({ campaign_id, kind, rows: codes.length }, counts, problems);
  }
  const done = toldOf(await uploadCoupons(ctx, campaign_id, codes), { codes, used });
  const now = ctx.now();
  const job = {
    ...{ campaign_id, kind, key: ctx.requestEvent, member_id: ctx.actor.memberId, status: "done" as const },
    ...{ rows: codes.length, sends_emails: false, sends_webhooks: false, date_added: now, date_done: now },
  };
  const [[row]] = await commit(
    ctx,
    store.insertJob(ctx.db, job),
    store.insertEnded(ctx.db, ctx.actor.memberId, job.key, done),
  );
  if (!row) throw notFound("campaign");
  return toImport(row, [done]);
}

/** Continues unfinished imports, and deletes old ones. */
export async function runImports(ctx: JobCtx): Promise<void> {
  const began = ctx.now().getTime();
  const isOver = () => ctx.now().getTime() - began > RUN_MS;
  const [running] = await ctx.db.batch([
    store.runningJobs(ctx.db, OPEN_MAX),
    store.dropJobs(ctx.db, new Date(began - KEPT_MS), DROPPED_MAX),
  ]);
  for (const { id } of running) if (!isOver()) await runImport(ctx, id, isOver);
}

/**
 * Imports part after part. A part that is imported again, or by two runs at once, adds nobody twice and counts once.
 */
async function runImport(ctx: JobCtx, id: number, isOver = () => false): Promise<void> {
  const began = ctx.now();
  const [[job]] = await ctx.db.batch([store.leaseJob(ctx.db, id, began, new Date(began.getTime() + LEASE_MS))]);
  if (!job?.token) return;
  const member = memberOf(ctx, job);
  while (!isOver()) {
    const [[next]] = await ctx.db.batch([store.nextPart(ctx.db, id)]);
    if (!next?.rows) {
      await ctx.db.batch([store.endJob(ctx.db, id, ctx.now())]);
      return;
    }
    const results = await resultsOf(member, job, job.token, next.rows);
    const done = { counts: countsOf(results), problems: problemsOf(results) };
    await ctx.db.batch([store.endPart(ctx.db, id, next.part, done), store.leaseJob(ctx.db, id, ctx.now(), ctx.now())]);
    if (ctx.now().getTime() - began.getTime() > LEASE_MS / 2) break;
  }
  await ctx.db.batch([store.freeJob(ctx.db, id)]);
}

async function resultsOf(ctx: MemberCtx, job: store.JobRow, token: string, rows: string): Promise<Result[]> {
  const telling = { emails: job.sends_emails, webhooks: job.sends_webhooks };
  for (let n = 1; ; n++) {
    try {
      const results = await importRows(ctx, job.campaign_id, { token, rows, ...telling });
      if (n === TRIES || results.every(({ outcome }) => outcome !== "later")) return results;
    } catch (error) {
      // The campaign was deleted, or the import was undone in the meantime. After a temporary failure, the next run
      // tries again.
      if (!(error instanceof AppError) || errorCodes[error.code].status >= 500) throw error;
      return rows
        .split("\n")
        .map((row) => ({ line: JSON.parse(row)[0], email: "", outcome: "refused", said: error.message }));
    }
  }
}

/** The account's context in a job. */
const memberOf = (ctx: JobCtx, { member_id }: store.JobRow): MemberCtx => ({
  ...ctx,
  actor: { kind: "member", memberId: member_id, keyHash: null },
  later: (work) => void work.catch(() => undefined),
  origin: ctx.env.PUBLIC_URL ?? "",
  requestEvent: "",
  effects: [],
});
