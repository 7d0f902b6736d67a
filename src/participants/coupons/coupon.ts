import { askLedger } from "../../ledger/client";
import { FILLED_MAX, type TakeBackItem } from "../../ledger/rewards/coupons";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, invalid, notFound } from "../../lib/errors";
import type { Since, WalkPage } from "../../lib/page";
import { UTC } from "../../lib/time-zone";
import { updatesOf } from "../../lib/updates";
import { codeList, inParts, type SentCode, type Validity } from "./code-list";
import { lastMoment } from "./code-validity";
import { CODES_MAX, type Coupon, type CouponQuery, type UploadResult } from "./coupon-schema";
import * as store from "./coupon-store";

export type Pool = { total: number; available: number; assigned: number; expired: number };

type Listed = Pool & { rows: Coupon[]; found: number; updates?: WalkPage<Coupon>["updates"] };

/** @throws 404 for another member's campaign */
export async function coupons(ctx: MemberCtx, campaignId: number, query: CouponQuery): Promise<Listed> {
  const { memberId } = ctx.actor;
  const { updated_since } = query;
  if (updated_since) return updatedCoupons(ctx, campaignId, { ...query, updated_since });
  const [[pool], rows] = await ctx.db.batch([
    store.poolOf(ctx.db, memberId, campaignId),
    store.couponsPage(ctx.db, memberId, campaignId, query, ctx.now()),
  ]);
  return { ...totalsOf(pool, query), rows };
}

async function updatedCoupons(ctx: MemberCtx, campaignId: number, query: Since<CouponQuery>): Promise<Listed> {
  const { memberId } = ctx.actor;
  const page = await updatesOf(ctx.db, store.sourceOf(memberId, campaignId), query, ["status"]);
  const [looked, rows, [pool]] = await ctx.db.batch([
    page.looked,
    store.updatedCoupons(ctx.db, memberId, campaignId, query, ctx.now(), page.rows),
    store.poolOf(ctx.db, memberId, campaignId),
  ]);
  return { ...totalsOf(pool, query), rows, updates: page.after(looked, rows) };
}

function totalsOf(stored: Stored | undefined, { status }: CouponQuery) {
  if (!stored) throw notFound("campaign");
  const totals = poolIn(stored);
  return { ...totals, found: totals[status ?? "total"] };
}

type Stored = Omit<Pool, "assigned">;
export const poolIn = ({ total, available, expired }: Stored): Pool => ({
  total,
  available,
  assigned: total - available - expired,
  expired,
});

/** Test mode changes the codes so they never work in a shop, even if someone uploads the real list. */
const testCode = ({ value, ...sent }: SentCode): SentCode => ({
  ...sent,
  value:
    typeof value === "string" && value.trim() !== "" && !value.trim().startsWith("TEST-")
      ? `TEST-${value.trim()}`
      : value,
});

/** The values that apply to all codes of an upload: the file's name, and the last day of codes without their own. */
export type UploadTerms = { name?: string | null; valid_until?: string | null | undefined };

/**
 * How an account reads the last days of codes. @throws 400 if the upload's own last day is not a date, or has passed
 */
export function validityOf({ valid_until }: UploadTerms, zone: string | null, now: Date): Validity {
  const validity = { zone: zone ?? UTC, now: now.getTime() };
  if (!valid_until) return { ...validity, last: null };
  const last = lastMoment(valid_until, validity.zone);
  if (last === null) throw invalid("valid_until", "must be a date like 2027-03-03");
  if (last.valid_until < validity.now) throw invalid("valid_until", "must be in the future");
  return { ...validity, last };
}

/**
 * The result of an upload. `over` counts expired codes. `invalid_at`, `undated_at`, and `over_at` are the indexes of
 * the first codes that are invalid, have a last day that is not a date, or have expired.
 */
export type Uploaded = Omit<UploadResult, "prolonged" | "used"> & {
  prolonged: number;
  undated: number;
  over: number;
  invalid_at: number[];
  undated_at: number[];
  over_at: number[];
};

/**
 * Adds codes to the campaign's pool and fulfills pending rewards with them. An interrupted upload can be repeated:
 * codes that were already added count as duplicates. Existing unused codes get their last day from the upload, which
 * also restores expired ones.
 * @throws 404 for another member's campaign, 400 above 100,000 codes, or if the upload's last day has passed
 */
export async function uploadCoupons(
  ctx: MemberCtx,
  campaignId: number,
  sent: SentCode[],
  terms: UploadTerms = {},
): Promise<Uploaded> {
  if (sent.length > CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
  const { zone } = await ownPool(ctx, campaignId);
  const { codes: all, ...list } = codeList(
    ctx.actor.ownerId === undefined ? sent : sent.map(testCode),
    validityOf(terms, zone, ctx.now()),
  );
  const result = { added: 0, prolonged: 0, filled: 0, ...list };
  const parts = inParts(all);
  /** One transaction may not be enough to fulfill all pending rewards. */
  let isLeft = false;
  for (let n = 0; n < parts.length || isLeft; n++) {
    const codes = parts[n] ?? [];
    const item = {
      kind: "upload" as const,
      id: `${ctx.requestEvent}_u${n}`,
      at: ctx.now().getTime(),
      origin: ctx.origin,
      codes,
      upload: ctx.requestEvent,
      name: terms.name ?? null,
    };
    const answer = await askLedger(ctx, campaignId, (ledger) => ledger.upload(item), { repeat: false });
    const { added, filled } = answer;
    // A ledger of the previous release does not return this.
    result.prolonged += answer.prolonged ?? 0;
    result.added += added;
    result.duplicates += codes.length - added;
    result.filled += filled;
    isLeft = filled === FILLED_MAX;
  }
  return result;
}

/** Deletes the campaign's unused codes, or only expired ones. @throws 404 */
export async function dropCoupons(ctx: MemberCtx, campaignId: number, only?: "expired") {
  await ownPool(ctx, campaignId);
  const { dropped } = await askLedger(
    ctx,
    campaignId,
    (ledger) => (only === "expired" ? ledger.dropExpired(ctx.requestEvent) : ledger.dropUnassigned(ctx.requestEvent)),
    { repeat: false },
  );
  return { deleted: dropped };
}

/** Deletes an upload's unassigned codes. @throws 404 */
export async function takeBackUpload(ctx: MemberCtx, campaignId: number, uploadId: number) {
  const { memberId } = ctx.actor;
  const [[upload]] = await ctx.db.batch([store.uploadOf(ctx.db, memberId, campaignId, uploadId)]);
  if (!upload) throw notFound("upload");
  return takeBack(ctx, campaignId, { upload_id: uploadId, coupon_id: null });
}

/** Deletes one unused code. @throws 404 if it does not exist, 409 if it was assigned */
export async function deleteCoupon(ctx: MemberCtx, campaignId: number, couponId: number) {
  const { memberId } = ctx.actor;
  const [[coupon]] = await ctx.db.batch([store.couponOf(ctx.db, memberId, campaignId, couponId)]);
  if (!coupon) throw notFound("coupon");
  const { deleted } = await takeBack(ctx, campaignId, { upload_id: null, coupon_id: couponId });
  if (deleted === 0)
    throw new AppError("conflict", "This code was assigned to a participant, so it cannot be deleted.");
  return { deleted };
}

async function takeBack(ctx: MemberCtx, campaignId: number, which: Pick<TakeBackItem, "upload_id" | "coupon_id">) {
  const item = { kind: "takeBack" as const, id: ctx.requestEvent, ...which };
  const { dropped } = await askLedger(ctx, campaignId, (ledger) => ledger.takeBack(item), { repeat: false });
  return { deleted: dropped };
}

/** The last uploads that added codes, newest first. @throws 404 */
export async function couponUploads(ctx: MemberCtx, campaignId: number) {
  const { memberId } = ctx.actor;
  const [[pool], uploads] = await ctx.db.batch([
    store.poolOf(ctx.db, memberId, campaignId),
    store.uploadsOf(ctx.db, memberId, campaignId),
  ]);
  if (!pool) throw notFound("campaign");
  return uploads;
}

/** @throws 404 for another member's campaign */
export async function ownPool(ctx: MemberCtx, campaignId: number) {
  const [[pool]] = await ctx.db.batch([store.poolOf(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!pool) throw notFound("campaign");
  return pool;
}
