import { limitRows } from "../../auth/limit";
import { ownedCampaign } from "../../campaigns/ownership";
import type { Arrived } from "../../ledger/arrived";
import { checkoutKey } from "../../ledger/records/checkout-code";
import { chunks } from "../../lib/chunks";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, errorCodes, notFound } from "../../lib/errors";
import { invalidRequest } from "../../lib/http";
import { idsOf } from "../../outbox/queue";
import { hintDeliveries } from "../../outbox/webhooks/delivery-outbox";
import { codeOf } from "../aliases/alias";
import { type Update, updateEvents } from "../participant-update-store";
import { type BatchResult, BatchRow, type NewBatch } from "./batch-schema";
import { type Newcomer, newcomerOf, referredBy, shownIn, signUpAll } from "./signup";
import { breaksCode, updateOf } from "./upsert";
import { codeHolders, updateAll } from "./upsert-store";

/**
 * Signups per call to the ledger, which has seconds for all of them. A signup with a checkout code is a separate
 * commit.
 */
const [PER_CALL, PER_CALL_WITH_CODES] = [500, 50];

/** Updates per statement: a parameter may have up to 2 MB, and a participant's metadata up to 12 kB. */
const PER_STATEMENT = 100;

type Ready = { index: number; row: BatchRow; newcomer: Newcomer & { id: string } };

/**
 * Signs up the rows of a batch independently. With `upsert`, existing participants are updated. If several rows are for
 * one participant, the last one applies.
 * @throws 404 for another member's campaign, 429
 */
export async function signUpBatch(ctx: MemberCtx, { campaign_id, signups }: NewBatch, upsert: boolean) {
  await limitRows(ctx, "key", String(ctx.actor.memberId), signups.length);
  const [campaign] = await ctx.db.batch([ownedCampaign(ctx, campaign_id)]);
  if (campaign.length === 0) throw notFound("campaign");
  const results: BatchResult[] = [];
  const ready: Ready[] = [];
  for (const [index, sent] of signups.entries())
    await readyOf(ctx, campaign_id, index, sent).then(
      (one) => ready.push(one),
      (error) => results.push(refusalOf(index, error)),
    );
  const known: Known[] = [];
  const hasCodes = ready.some(({ row }) => row.checkout_code);
  for (const part of chunks(ready, hasCodes ? PER_CALL_WITH_CODES : PER_CALL)) {
    const answers = await signUpAll(
      ctx,
      campaign_id,
      part.map(({ newcomer }) => newcomer),
      part.map(({ row }) => shownIn(row)),
    );
    for (const [i, { index, row }] of part.entries()) {
      const answer = answers[i];
      if (!answer) continue;
      if (upsert && answer.ok && !answer.is_new) known.push({ index, row, answer });
      else results.push(resultOf(index, answer, false));
    }
  }
  results.push(...(await updateKnown(ctx, campaign_id, known)));
  return results.toSorted((a, b) => a.index - b.index);
}

type Known = { index: number; row: BatchRow; answer: Extract<Arrived, { ok: true }> };

/** Updates existing participants. A row is rejected if another participant has its checkout code. */
async function updateKnown(ctx: MemberCtx, campaignId: number, known: Known[]) {
  const keys = known.flatMap(({ row }) => (row.checkout_code ? [checkoutKey(row.checkout_code)] : []));
  const found = keys.length ? await codeHolders(ctx.db, ctx.actor.memberId, campaignId, [...new Set(keys)]) : [];
  const holders = new Map(found.map(({ key, id }) => [key, id]));
  const updates = new Map<number, Update>();
  const results = known.map(({ index, row, answer }) => {
    const { id } = answer;
    const update = updateOf(id, row);
    if (update.checkout_key && (holders.get(update.checkout_key) ?? id) !== id)
      return refusalOf(index, new AppError("checkout_code_taken"));
    if (update.checkout_key) holders.set(update.checkout_key, id);
    updates.set(id, { ...updates.get(id), ...update });
    return resultOf(index, answer, true);
  });
  const refused = new Set<number>();
  for (const part of chunks([...updates.values()], PER_STATEMENT))
    for (const id of await refusedOf(ctx, part)) refused.add(id);
  return results.map((result) =>
    result.updated && result.id !== null && refused.has(result.id)
      ? refusalOf(result.index, new AppError("checkout_code_taken"))
      : result,
  );
}

/**
 * Updates participants in one transaction, with their events. If one of their codes was taken in the meantime, each
 * half is retried separately, down to the participants concerned. @returns the IDs of those that did not change
 */
async function refusedOf(ctx: MemberCtx, part: Update[]): Promise<number[]> {
  const { memberId } = ctx.actor;
  try {
    const [, , deliveries] = await ctx.db.batch([
      ...updateEvents(ctx.db, memberId, part, ctx.requestEvent, ctx.now()),
      updateAll(ctx.db, memberId, part),
    ]);
    ctx.later(hintDeliveries(ctx.env, idsOf(deliveries)));
    return [];
  } catch (error) {
    if (!breaksCode(error)) throw error;
    if (part.length === 1) return part.map(({ id }) => id);
    const half = Math.ceil(part.length / 2);
    return [...(await refusedOf(ctx, part.slice(0, half))), ...(await refusedOf(ctx, part.slice(half)))];
  }
}

/** Each row has its own event ID. A retry of the request derives the same one. No ID is a prefix of another. */
const eventOf = ({ requestEvent }: MemberCtx, index: number) =>
  `${requestEvent.slice(0, -4)}${index.toString(16).padStart(4, "0")}`;

/** @throws 400 if the row is not a valid signup, or its code belongs to another campaign */
async function readyOf(ctx: MemberCtx, campaignId: number, index: number, sent: unknown): Promise<Ready> {
  const { success, data: row, error } = BatchRow.safeParse(sent);
  if (!success) throw invalidRequest(error);
  const referral = row.referral_code ? await codeOf(ctx, row.referral_code, campaignId) : null;
  if (referral && referral.campaign_id !== campaignId)
    throw new AppError("bad_code", "The referral code belongs to another campaign.");
  const newcomer = await newcomerOf(ctx, campaignId, row);
  return { index, row, newcomer: { ...newcomer, ...(referral && referredBy(referral)), id: eventOf(ctx, index) } };
}

const nothing = { id: null, status: null, is_new: false, attributed: false, updated: false };

function refusalOf(index: number, error: unknown): BatchResult {
  if (!(error instanceof AppError)) throw error;
  return { index, ...nothing, error: { code: error.code, message: error.message } };
}

function resultOf(index: number, answer: Arrived, updated: boolean): BatchResult {
  if (!answer.ok) return { index, ...nothing, error: { code: answer.code, message: errorCodes[answer.code].about } };
  const { id, status, is_new, is_attributed } = answer;
  return {
    index,
    id,
    status: status as BatchResult["status"],
    is_new,
    attributed: is_attributed,
    updated,
    error: null,
  };
}
