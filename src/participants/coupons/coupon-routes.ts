import type { Context } from "hono";
import { z } from "zod";
import { counted } from "../../auth/audited";
import { memberRoute } from "../../auth/route";
import { UPLOAD_BYTES } from "../../lib/body-limit";
import { AppError } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { fileText } from "../../lib/files/file-text";
import { answers, createRouter, fails, invalidRequest, mediaType, ok } from "../../lib/http";
import { IgnoredQuery, ignoredIn } from "../../lib/ignored";
import { Pagination, walkPagination } from "../../lib/page";
import { codesOfCsv, sentAsText } from "./code-file";
import type { SentCode } from "./code-list";
import {
  coupons,
  couponUploads,
  deleteCoupon,
  dropCoupons,
  takeBackUpload,
  type UploadTerms,
  uploadCoupons,
} from "./coupon";
import {
  Coupon,
  CouponParam,
  CouponQuery,
  CouponsDropped,
  CouponUpload,
  CouponUploadOut,
  DropQuery,
  UploadResult,
} from "./coupon-schema";

export const couponRoutes = createRouter();

const tags = ["Coupons"];
/** For lines and JSON, curl also sends the content type of forms. Only bodies that begin like this are forms. */
const FORM_FIELDS = /^codes(\[\]|%5B%5D)?=/i;
const CouponList = z.object({
  total: z.int(),
  available: z.int(),
  assigned: z.int(),
  expired: z.int().meta({ description: "The number of codes whose last day passed before they were assigned." }),
  coupons: z.array(Coupon),
  pagination: Pagination,
  ignored: IgnoredQuery,
});

couponRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/coupons",
    operationId: "listCoupons",
    summary: "List a campaign's coupons",
    description: "Totals cover the whole pool, regardless of the filter.",
    tags,
    request: { params: CouponParam, query: CouponQuery },
    responses: {
      200: answers(CouponList, "The pool's totals and a page of codes, newest first."),
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const { rows, found, updates, ...totals } = await coupons(c.var.ctx, c.req.valid("param").campaignId, query);
    return c.json(
      ok(CouponList, {
        ...totals,
        coupons: rows,
        pagination: walkPagination(query, { rows, total: found, updates }),
        ignored: ignoredIn(c.req),
      }),
      200,
    );
  },
);

couponRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns/{campaignId}/coupons",
    operationId: "uploadCoupons",
    summary: "Upload coupon codes",
    audit: "Uploaded coupon codes",
    bodyMax: UPLOAD_BYTES,
    description:
      "Up to 100,000 codes as JSON, text/plain (one per line), or text/csv. In CSV, codes are in the column with a name like `code`, or else in the first. The header is optional. Codes that are marked as spent in a column like `used` or `status` are skipped. A `valid_until` column has each code's last day. Plain text that is a single JSON value is read as JSON. Codes are unique per campaign and not case-sensitive. A number beyond 2^53 is invalid: send it as a string. Pending rewards are fulfilled immediately, oldest first. If an unused code already exists, its `valid_until` is updated, which also restores an expired one.",
    tags,
    request: {
      params: CouponParam,
      body: {
        content: {
          "application/json": { schema: CouponUpload, example: { codes: ["SAVE-1", "SAVE-2"] } },
          "text/plain": { schema: z.string(), example: "SAVE-1\nSAVE-2\n" },
          "text/csv": { schema: z.string(), example: "code\nSAVE-1\nSAVE-2\n" },
        },
      },
    },
    responses: { 201: answers(UploadResult, "The result of the upload."), ...fails("not_found") },
  }),
  async (c) => {
    const { codes, used, terms } = await sentCodes(c);
    const { over, prolonged, ...result } = await uploadCoupons(
      c.var.ctx,
      c.req.valid("param").campaignId,
      codes,
      terms,
    );
    counted(c, "Uploaded", result.added, "coupon code");
    const optional = { ...(prolonged > 0 && { prolonged }), ...(used + over > 0 && { used: used + over }) };
    return c.json(ok(UploadResult, { ...result, ...optional }), 201);
  },
);

couponRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/campaigns/{campaignId}/coupons/{couponId}",
    operationId: "deleteCoupon",
    summary: "Delete an unused coupon code",
    audit: "Deleted a coupon code",
    description: "Returns 409 if the code was assigned to a participant.",
    tags,
    request: { params: CouponParam.extend({ couponId: Id }) },
    responses: { 200: answers(CouponsDropped, "The number of deleted codes: 1."), ...fails("not_found", "conflict") },
  }),
  async (c) => {
    const { campaignId, couponId } = c.req.valid("param");
    return c.json(ok(CouponsDropped, await deleteCoupon(c.var.ctx, campaignId, couponId)), 200);
  },
);

couponRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/campaigns/{campaignId}/coupons",
    operationId: "deleteCoupons",
    summary: "Delete unused coupon codes",
    audit: "Deleted unused codes",
    description: "Also deletes expired codes. Assigned codes stay with their rewards.",
    tags,
    request: { params: CouponParam, query: DropQuery },
    responses: { 200: answers(CouponsDropped, "The number of deleted codes."), ...fails("not_found") },
  }),
  async (c) => {
    const { campaignId } = c.req.valid("param");
    const { status } = c.req.valid("query");
    const dropped = await dropCoupons(c.var.ctx, campaignId, status);
    counted(c, "Deleted", dropped.deleted, status === "expired" ? "expired code" : "unused code");
    return c.json(ok(CouponsDropped, dropped), 200);
  },
);

const UploadList = z.object({ uploads: z.array(CouponUploadOut) });

couponRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/coupon-uploads",
    operationId: "listCouponUploads",
    summary: "List a campaign's last coupon uploads",
    description: "Uploads that added no new codes are not listed.",
    tags,
    request: { params: CouponParam },
    responses: {
      200: answers(UploadList, "The last 20 uploads that added codes, newest first."),
      ...fails("not_found"),
    },
  }),
  async (c) =>
    c.json(ok(UploadList, { uploads: await couponUploads(c.var.ctx, c.req.valid("param").campaignId) }), 200),
);

couponRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/campaigns/{campaignId}/coupon-uploads/{uploadId}",
    operationId: "deleteCouponUpload",
    summary: "Undo a coupon upload",
    audit: "Undid a coupon upload",
    description: "Deletes the upload's unused codes. Assigned codes stay.",
    tags,
    request: { params: CouponParam.extend({ uploadId: Id }) },
    responses: { 200: answers(CouponsDropped, "The number of deleted codes."), ...fails("not_found") },
  }),
  async (c) => {
    const { campaignId, uploadId } = c.req.valid("param");
    const dropped = await takeBackUpload(c.var.ctx, campaignId, uploadId);
    counted(c, "Took back", dropped.deleted, "coupon code");
    return c.json(ok(CouponsDropped, dropped), 200);
  },
);

/** The codes in a request, the number of used codes in a CSV, and the values that apply to all codes. */
async function sentCodes(c: Context): Promise<{ codes: SentCode[]; used: number; terms: UploadTerms }> {
  const type = mediaType(c.req.header("Content-Type"));
  if (type === "application/json") return codesIn(await c.req.json());
  if (type === "text/csv") {
    const { lines, used } = codesOfCsv(await textIn(c));
    return { codes: lines, used: used.length, terms: {} };
  }
  if (type === "text/plain") {
    const text = await textIn(c);
    if (!FORM_FIELDS.test(text)) {
      const sent = sentAsText(text);
      return codesIn(Array.isArray(sent) ? { codes: sent } : sent);
    }
  }
  const message = "Send codes as application/json, text/plain, or text/csv.";
  throw new AppError("invalid_request", message, { details: [{ path: "Content-Type", message }] });
}

const textIn = async (c: Context) => fileText(await c.req.arrayBuffer(), "codes").text;

function codesIn(upload: unknown) {
  const read = CouponUpload.safeParse(upload);
  if (!read.success) throw invalidRequest(read.error);
  const { codes, ...terms } = read.data;
  return { codes: codes.map((value) => ({ value })), used: 0, terms };
}
