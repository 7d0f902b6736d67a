import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import { takeBackUpload } from "../coupons/coupon";
import type { Import } from "./import-job-schema";
import * as store from "./import-job-store";
import { importOf } from "./import-job-view";
import { undoImport } from "./undo";

/**
 * Undoes an import: removes unused codes, or participants without later activity.
 * @throws 404; 409 if it is running, was already undone, sent emails or webhooks, or too much has happened since
 */
export async function undoJob(ctx: MemberCtx, id: number): Promise<Import> {
  const { memberId } = ctx.actor;
  const [[row], [undo], [upload]] = await ctx.db.batch([
    store.jobById(ctx.db, memberId, id),
    store.undosOf(ctx.db, memberId, [id]),
    store.uploadOfJob(ctx.db, memberId, id),
  ]);
  if (!row) throw notFound("import");
  if (row.status === "running") throw new AppError("conflict", "The import is still running. Undo it when it is done.");
  if (row.status === "undone" || undo?.is_undoing) throw new AppError("conflict", "This import was already undone.");
  if (row.kind === "coupons") {
    const deleted = upload ? (await takeBackUpload(ctx, row.campaign_id, upload.id)).deleted : 0;
    await commit(ctx, store.noteUndone(ctx.db, memberId, id));
    return { ...(await importOf(ctx, id)), kept: (upload?.added ?? 0) - deleted };
  }
  // An import that added nobody needs no undo.
  if (undo) await undoImport(ctx, row.campaign_id, undo.id);
  else await commit(ctx, store.noteUndone(ctx.db, memberId, id));
  return importOf(ctx, id);
}
