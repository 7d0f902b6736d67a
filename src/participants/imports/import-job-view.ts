import type { MemberCtx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import type { PageQuery } from "../../lib/page";
import { type Import, PROBLEMS_MAX, type Problem } from "./import-job-schema";
import * as store from "./import-job-store";

/** The progress of undoing an import. */
type Undo = { kept: number; is_undoing: number; is_undone: number };

export const previewed = (
  of: Pick<Import, "campaign_id" | "kind" | "rows">,
  counts: Record<string, number>,
  problems: Problem[],
  columns?: Import["columns"],
): Import => ({
  ...of,
  id: null,
  status: "preview",
  rows_done: 0,
  counts,
  problems,
  columns,
  kept: null,
  date_added: null,
  date_done: null,
});

/** The import as the API returns it. */
export function toImport(row: store.JobRow, parts: store.Done[], undo?: Undo): Import {
  const counts: Record<string, number> = {};
  for (const part of parts)
    for (const [outcome, n] of Object.entries(part.counts ?? {})) counts[outcome] = (counts[outcome] ?? 0) + n;
  const isUndone = row.status === "undone" || Boolean(undo?.is_undone);
  const isOver = row.status !== "running";
  return {
    id: row.id,
    campaign_id: row.campaign_id,
    kind: row.kind,
    status: isUndone ? "undone" : undo?.is_undoing ? "undoing" : row.status,
    rows: row.rows,
    rows_done: isOver ? row.rows : Object.values(counts).reduce((sum, n) => sum + n, 0),
    counts,
    problems: parts
      .flatMap(({ problems }) => problems ?? [])
      .sort((a, b) => a.line - b.line)
      .slice(0, PROBLEMS_MAX),
    kept: isUndone ? (undo?.kept ?? null) : null,
    date_added: row.date_added,
    date_done: row.date_done,
  };
}

/** @throws 404 */
export async function importOf(ctx: MemberCtx, id: number): Promise<Import> {
  const { memberId } = ctx.actor;
  const [[row], parts, [undo]] = await ctx.db.batch([
    store.jobById(ctx.db, memberId, id),
    store.partsOf(ctx.db, memberId, [id]),
    store.undosOf(ctx.db, memberId, [id]),
  ]);
  if (!row) throw notFound("import");
  return toImport(row, parts, undo);
}

/** Newest first, without problem rows. */
export async function imports(ctx: MemberCtx, page: PageQuery) {
  const { memberId } = ctx.actor;
  const [rows, [counted]] = await ctx.db.batch([
    store.jobsPage(ctx.db, memberId, page),
    store.jobCount(ctx.db, memberId),
  ]);
  const ids = rows.map(({ id }) => id);
  const [parts, undos] = await ctx.db.batch([
    store.countsOf(ctx.db, memberId, ids),
    store.undosOf(ctx.db, memberId, ids),
  ]);
  const partsBy = Map.groupBy(parts, ({ import_id }) => import_id);
  const undoBy = new Map(undos.map((undo) => [undo.job_id, undo]));
  return {
    rows: rows.map((row) => toImport(row, partsBy.get(row.id) ?? [], undoBy.get(row.id))),
    total: counted?.total ?? 0,
  };
}
