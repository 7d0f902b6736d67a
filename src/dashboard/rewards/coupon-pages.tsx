import { audited, counted, unaudited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { headOf } from "../../campaigns/campaign-head";
import { takesUploads } from "../../lib/body-limit";
import { csvFile } from "../../lib/csv";
import { notFound } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { deleteCoupon, dropCoupons, ownPool, takeBackUpload, uploadCoupons } from "../../participants/coupons/coupon";
import { CouponFilter } from "../../participants/coupons/coupon-schema";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { blank, type Form, submit } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { codesOf, leftOutOf, previewOf, uploadIn } from "./code-upload";
import { previewView, uploadedView } from "./code-upload-view";
import { COUPON_COLUMNS, couponSlices } from "./coupon-export";
import { couponStock } from "./coupon-stock";
import { stockView } from "./coupon-view";
import { couponsPath } from "./coupons-path";

const PATH = "/campaigns/:campaignId/coupons";

export const couponPages = createPages([PATH]);

couponPages.get(PATH, async (c) => stockPage(c, blank()));

couponPages.get(`${PATH}/export`, async (c) => {
  const { id } = await headOf(c.var.ctx, campaignIdIn(c));
  const { status } = CouponFilter.parse(c.req.query());
  return csvFile("coupon-codes", COUPON_COLUMNS, couponSlices(c.var.ctx, id, status));
});

/** Shows an upload's contents before anything is stored. */
couponPages.post(PATH, takesUploads, unaudited("It shows a preview and changes nothing."), async (c) => {
  demandRole(c.var.session, "editor");
  const id = campaignIdIn(c);
  const { zone } = await ownPool(c.var.ctx, id);
  const { done, form } = await submit(await uploadIn(c), async (upload) => previewOf(upload, zone, c.var.ctx.now()));
  if (form) return stockPage(c, form);
  const head = await headOf(c.var.ctx, id);
  const body = campaignBody(head, "/rewards", previewView(id, done));
  return show(c, { title: `Check codes · ${head.name}`, section: "/campaigns", body });
});

couponPages.post(`${PATH}/upload`, takesUploads, audited("Uploaded coupon codes"), async (c) => {
  const id = campaignIdIn(c);
  const { done, form } = await submit(await uploadIn(c), async (upload) => {
    const { lines, used } = codesOf(upload);
    return {
      lines,
      used: upload.used === "take" ? 0 : used.length,
      ...(await uploadCoupons(c.var.ctx, id, lines, upload)),
    };
  });
  if (form) return stockPage(c, form);
  counted(c, "Uploaded", done.added, "coupon code");
  const head = await headOf(c.var.ctx, id);
  const body = campaignBody(head, "/rewards", uploadedView(id, done, leftOutOf(done.lines, done)));
  return show(c, { title: `Codes added · ${head.name}`, section: "/campaigns", body, status: 201 });
});

couponPages.post(`${PATH}/deletion`, audited("Deleted unused codes"), async (c) => {
  const id = campaignIdIn(c);
  const { deleted } = await dropCoupons(c.var.ctx, id);
  counted(c, "Deleted", deleted, "unused code");
  return c.redirect(doneAt(couponsPath(id), "codes_deleted"), 303);
});

couponPages.post(`${PATH}/expired/deletion`, audited("Deleted expired codes"), async (c) => {
  const id = campaignIdIn(c);
  const { deleted } = await dropCoupons(c.var.ctx, id, "expired");
  counted(c, "Deleted", deleted, "expired code");
  return c.redirect(doneAt(couponsPath(id), "expired_codes_deleted"), 303);
});

couponPages.post(`${PATH}/:couponId/deletion`, audited("Deleted a coupon code"), async (c) => {
  const id = campaignIdIn(c);
  const { form } = await submit({ ok: true, value: undefined, values: {}, errors: {} }, () =>
    deleteCoupon(c.var.ctx, id, idIn(c, "couponId")),
  );
  return form ? stockPage(c, form) : c.redirect(doneAt(couponsPath(id), "code_deleted"), 303);
});

couponPages.post(`${PATH}/uploads/:uploadId/deletion`, audited("Undid a coupon upload"), async (c) => {
  const id = campaignIdIn(c);
  const { deleted } = await takeBackUpload(c.var.ctx, id, idIn(c, "uploadId"));
  counted(c, "Took back", deleted, "coupon code");
  return c.redirect(doneAt(couponsPath(id), "upload_taken_back"), 303);
});

/** An ID in the path. @throws 404 if it is not an ID */
function idIn(c: PageContext, name: "couponId" | "uploadId"): number {
  const id = Id.safeParse(c.req.param(name));
  if (!id.success) throw notFound(name === "couponId" ? "coupon" : "upload");
  return id.data;
}

async function stockPage(c: PageContext, form: Form<unknown>) {
  const filter = CouponFilter.parse(c.req.query());
  const stock = await couponStock(c.var.ctx, campaignIdIn(c), filter);
  const mayChange = c.var.session.role !== "viewer";
  const body = campaignBody(stock.head, "/rewards", stockView({ stock, filter, form, mayChange }));
  const isRefused = Object.keys(form.errors).length > 0;
  return show(c, {
    title: `Coupons · ${stock.head.name}`,
    section: "/campaigns",
    body,
    status: isRefused ? 400 : 200,
  });
}
