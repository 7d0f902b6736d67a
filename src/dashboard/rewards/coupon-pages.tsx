import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { headOf } from "../../campaigns/campaign-head";
import { takesUploads } from "../../lib/body-limit";
import { type Line, linesOfCsv, linesOfText } from "../../participants/coupons/code-list";
import { dropCoupons, uploadCoupons } from "../../participants/coupons/coupon";
import { CouponFilter } from "../../participants/coupons/coupon-schema";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { blank, bodyOf, type Form, submit } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { couponStock } from "./coupon-stock";
import { couponsPath, stockView, uploadedView } from "./coupon-view";

const PATH = "/campaigns/:campaignId/coupons";

export const couponPages = createPages([PATH]);

couponPages.get(PATH, async (c) => stockPage(c, blank()));

couponPages.post(PATH, takesUploads, audited("Uploaded coupon codes"), async (c) => {
  const id = campaignIdIn(c);
  const sent = await linesIn(c);
  const { done, form } = await submit(sent, (lines) =>
    uploadCoupons(
      c.var.ctx,
      id,
      lines.map(({ value }) => value),
    ),
  );
  if (form) return stockPage(c, form);
  const lines = done.invalid_at.flatMap((at) => (sent.ok ? (sent.value[at]?.line ?? []) : []));
  const head = await headOf(c.var.ctx, id);
  const body = campaignBody(head, "/rewards", uploadedView(id, done, lines));
  return show(c, { title: `Codes added · ${head.name}`, section: "/campaigns", body, status: 201 });
});

couponPages.post(`${PATH}/deletion`, audited("Deleted unused codes"), async (c) => {
  const id = campaignIdIn(c);
  await dropCoupons(c.var.ctx, id);
  return c.redirect(doneAt(couponsPath(id), "codes_deleted"), 303);
});

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

/** The pasted lines and the lines of the file. Each is numbered from 1. */
async function linesIn(c: PageContext): Promise<Form<Line[]>> {
  const { codes, file } = await bodyOf(c);
  const pasted = typeof codes === "string" ? linesOfText(codes) : [];
  const lines = file instanceof File && file.size > 0 ? [...pasted, ...(await linesOfFile(file))] : pasted;
  if (lines.length > 0) return { ok: true, value: lines, values: { codes }, errors: {} };
  return { ok: false, values: {}, errors: { codes: "No codes found. Paste codes or choose a file." } };
}

async function linesOfFile(file: File) {
  const text = await file.text();
  return /\.csv$/i.test(file.name) || file.type === "text/csv" ? linesOfCsv(text) : linesOfText(text);
}
