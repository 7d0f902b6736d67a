import { campaignHead } from "../../campaigns/campaign-head";
import { askLedger } from "../../ledger/client";
import { newEventId } from "../../lib/crypto";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError, notFound } from "../../lib/errors";
import type { Telling } from "./import";
import * as store from "./undo-store";

const SHOWN = 10;
const KEPT_SHOWN = 20;
/** Participants per call to a ledger. */
const PER_ROUND = 500;
/** The number of rounds during a request. The job handles the rest. */
const ROUNDS_AT_ONCE = 10;
/** In milliseconds. The next run starts a minute after this one started. */
const RUN_MS = 50_000;
const OPEN_MAX = 100;
const EVENTS_MAX = 100_000;

export type Import = Pick<store.ImportRow, "id" | "is_told" | "date_added" | "undo_before" | "date_undone" | "kept">;

/** The campaign's newest imports that added participants. @throws 404 for another member's campaign */
export async function newestImports(ctx: MemberCtx, campaignId: number) {
  const [[head], imports] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.newestImports(ctx.db, ctx.actor.memberId, campaignId, SHOWN),
  ]);
  if (!head) throw notFound("campaign");
  return { head, imports };
}

/** @throws 409 */
export async function demandNotUndone(ctx: MemberCtx, campaignId: number, key: string) {
  const [[row]] = await ctx.db.batch([store.importByKey(ctx.db, ctx.actor.memberId, campaignId, key)]);
  if (row?.undo_before != null) throw new AppError("conflict", "This import was undone. Upload the file again.");
}

/** `touched`: the participants that it added, or, without any, those who got a code from it. */
type Touch = { key: string; at: number; touched: number[]; telling: Telling };

/** Records the participants that an import's request added. */
export const noteImport = (ctx: MemberCtx, campaign_id: number, { key, at, touched, telling }: Touch) =>
  ctx.db.batch([
    store.noteImport(ctx.db, {
      campaign_id,
      key,
      is_told: telling.emails || telling.webhooks,
      first_id: Math.min(...touched),
      last_id: Math.max(...touched),
      date_added: new Date(at),
    }),
  ]);

/**
 * Removes the participants that an import added, if they have no later activity, and the codes that it gave to others.
 * Participants stay if they shared, were referred to, got a reward or an email, or their referrer got a reward for
 * them. The job finishes a large import.
 * @throws 404; 409 if it sent emails or webhooks, was already undone, or too much has happened since
 */
export async function undoImport(ctx: MemberCtx, campaignId: number, id: number) {
  const { memberId } = ctx.actor;
  const [[row]] = await ctx.db.batch([store.importById(ctx.db, memberId, campaignId, id)]);
  if (!row) throw notFound("import");
  if (row.is_told) throw new AppError("conflict", "This import sent emails or webhooks, so it cannot be undone.");
  const [[since]] = await ctx.db.batch([store.eventsSince(ctx.db, row, EVENTS_MAX)]);
  if (since?.n === EVENTS_MAX)
    throw new AppError("conflict", "Too much has happened in the campaign since, so this import cannot be undone.");
  const [[begun]] = await commit(ctx, store.beginUndo(ctx.db, memberId, campaignId, id));
  if (!begun) throw new AppError("conflict", "This import was already undone.");
  await rounds(ctx, begun, () => false, ROUNDS_AT_ONCE);
}

/** Continues undoing imports. Overlapping or interrupted runs never remove anyone by mistake. */
export async function undoImports(ctx: JobCtx): Promise<void> {
  const began = ctx.now().getTime();
  const isOver = () => ctx.now().getTime() - began > RUN_MS;
  const [open] = await ctx.db.batch([store.openUndos(ctx.db, OPEN_MAX)]);
  for (const row of open) if (!isOver()) await rounds(ctx, row, isOver);
}

async function rounds(ctx: JobCtx, begun: store.ImportRow, isOver: () => boolean, max = Number.POSITIVE_INFINITY) {
  let row: store.ImportRow | undefined = begun;
  for (let n = 0; row && row.date_undone === null && n < max && !isOver(); n++) row = await round(ctx, row);
}

/** @returns the import's state afterwards; undefined if another run continued it */
async function round(ctx: JobCtx, row: store.ImportRow) {
  const [people] = await ctx.db.batch([store.nextPeople(ctx.db, row, PER_ROUND)]);
  const last = people.at(-1);
  if (!last) return (await ctx.db.batch([store.endUndo(ctx.db, row, ctx.now()), store.dropAliases(ctx.db, row)]))[0][0];
  let left = people.length;
  // Participants with friends among these must wait for them.
  for (let removed = left; removed > 0 && left > 0; left -= removed) {
    const item = {
      kind: "undo" as const,
      id: newEventId(ctx.now()),
      key: row.key,
      since: row.date_added.getTime(),
      participant_ids: people.map(({ id }) => id),
    };
    ({ removed } = await askLedger(ctx, row.campaign_id, (ledger) => ledger.undoImport(item)));
  }
  return (await ctx.db.batch([store.moveOn(ctx.db, row, last.id)]))[0][0];
}

/** Some of the participants who stayed when an import was undone. @throws 404 */
export async function keptOf(ctx: MemberCtx, campaignId: number, id: number) {
  const { memberId } = ctx.actor;
  const [[head], [row], people] = await ctx.db.batch([
    campaignHead(ctx, campaignId),
    store.importById(ctx.db, memberId, campaignId, id),
    store.keptPeople(ctx.db, memberId, campaignId, id, KEPT_SHOWN),
  ]);
  if (!head || !row) throw notFound("import");
  return { head, people };
}
