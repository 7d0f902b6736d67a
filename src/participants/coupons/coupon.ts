import { askLedger } from "../../ledger/client";
import { FILLED_MAX, type TakeBackItem } from "../../ledger/coupons";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, invalid, notFound } from "../../lib/errors";
import type { Since, WalkPage } from "../../lib/page";
import { updatesOf } from "../../lib/updates";
import { codeList, inParts } from "./code-list";
import { CODES_MAX, type Coupon, type CouponQuery, type UploadResult } from "./coupon-schema";
import * as store from "./coupon-store";

export type Pool = { total: number; available: number; assigned: number };

type Listed = Pool & { rows: Coupon[]; found: number; updates?: WalkPage<Coupon>["updates"] };

/** @throws 404 if the campaign is not the member's */
export async function coupons(ctx: MemberCtx, campaignId: number, query: CouponQuery): Promise<Listed> {
  const { memberId } = ctx.actor;
  const { updated_since } = query;
  if (updated_since) return updatedCoupons(ctx, campaignId, { ...query, updated_since });
  const [[pool], rows] = await ctx.db.batch([
    store.poolOf(ctx.db, memberId, campaignId),
    store.couponsPage(ctx.db, memberId, campaignId, query),
  ]);
  return { ...totalsOf(pool, query), rows };
}

async function updatedCoupons(ctx: MemberCtx, campaignId: number, query: Since<CouponQuery>): Promise<Listed> {
  const { memberId } = ctx.actor;
  const page = await updatesOf(ctx.db, store.sourceOf(memberId, campaignId), query, ["status"]);
  const [looked, rows, [pool]] = await ctx.db.batch([
    page.looked,
    store.updatedCoupons(ctx.db, memberId, campaignId, query, page.rows),
    store.poolOf(ctx.db, memberId, campaignId),
  ]);
  return { ...totalsOf(pool, query), rows, updates: page.after(looked, rows) };
}

function totalsOf(pool: { total: number; available: number } | undefined, { status }: CouponQuery) {
  if (!pool) throw notFound("campaign");
  const totals: Pool = { total: pool.total, available: pool.available, assigned: pool.total - pool.available };
  return { ...totals, found: totals[status ?? "total"] };
}

/** Codes of test mode never work in a shop, even if someone tries the real list there. */
const testCode = (value: unknown) =>
  typeof value === "string" && value.trim() !== "" && !value.trim().startsWith("TEST-")
    ? `TEST-${value.trim()}`
    : value;

/** The result of an upload. `invalid_at`: the indexes of the first invalid codes. */
export type Uploaded = UploadResult & { invalid_at: number[] };

/**
 * Adds codes to the campaign's pool and fulfills pending rewards with them. An interrupted upload can be repeated:
 * codes already added then count as duplicates.
 * @param name the file's name
 * @throws 404 if the campaign is not the member's, 400 above 100,000 codes
 */
export async function uploadCoupons(
  ctx: MemberCtx,
  campaignId: number,
  values: unknown[],
  name: string | null = null,
): Promise<Uploaded> {
  if (values.length > CODES_MAX) throw invalid("codes", `must be at most ${CODES_MAX} codes`);
  await refuseForeign(ctx, campaignId);
  const list = codeList(ctx.actor.ownerId === undefined ? values : values.map(testCode));
  const result = {
    added: 0,
    duplicates: list.duplicates,
    invalid: list.invalid,
    filled: 0,
    invalid_at: list.invalid_at,
  };
  const parts = inParts(list.codes);
  /** One transaction may not fulfill all pending rewards. */
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
      name,
    };
    const { added, filled } = await askLedger(ctx, campaignId, (ledger) => ledger.upload(item), { repeat: false });
    result.added += added;
    result.duplicates += codes.length - added;
    result.filled += filled;
    isLeft = filled === FILLED_MAX;
  }
  return result;
}

/** Deletes the campaign's unused codes. @throws 404 */
export async function dropCoupons(ctx: MemberCtx, campaignId: number) {
  await refuseForeign(ctx, campaignId);
  const { dropped } = await askLedger(ctx, campaignId, (ledger) => ledger.dropUnassigned(ctx.requestEvent), {
    repeat: false,
  });
  return { deleted: dropped };
}

/** Deletes the codes of an upload that were not given. @throws 404 */
export async function takeBackUpload(ctx: MemberCtx, campaignId: number, uploadId: number) {
  const { memberId } = ctx.actor;
  const [[upload]] = await ctx.db.batch([store.uploadOf(ctx.db, memberId, campaignId, uploadId)]);
  if (!upload) throw notFound("upload");
  return takeBack(ctx, campaignId, { upload_id: uploadId, coupon_id: null });
}

/** Deletes one unused code. @throws 404 if there is none, 409 if it was given */
export async function deleteCoupon(ctx: MemberCtx, campaignId: number, couponId: number) {
  const { memberId } = ctx.actor;
  const [[coupon]] = await ctx.db.batch([store.couponOf(ctx.db, memberId, campaignId, couponId)]);
  if (!coupon) throw notFound("coupon");
  const { deleted } = await takeBack(ctx, campaignId, { upload_id: null, coupon_id: couponId });
  if (deleted === 0) throw new AppError("conflict", "This code was given to a participant, so it cannot be deleted.");
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

async function refuseForeign(ctx: MemberCtx, campaignId: number) {
  const [[pool]] = await ctx.db.batch([store.poolOf(ctx.db, ctx.actor.memberId, campaignId)]);
  if (!pool) throw notFound("campaign");
}
