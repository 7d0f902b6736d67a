import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { campaignChoices } from "../../campaigns/campaign-choice";
import { Currency } from "../../lib/currency";
import { notFound } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { filter } from "../../lib/page";
import { owedFile, pageOf, payoutOrders, payoutQueries, payoutsMade } from "../../participants/payouts/owed";
import { payOut, undoPayout } from "../../participants/payouts/payout";
import { NewPayout, OwedFilter, PayoutParam, PayoutQuery } from "../../participants/payouts/payout-schema";
import { createPages } from "../doors/pages";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { listFile } from "../ui/list-columns";
import { type FiledPayout, PAYOUTS, payoutColumns } from "./payout-columns";
import { payoutPath, payoutView } from "./payout-view";
import { REWARDS } from "./reward-list-view";

export const payoutPages = createPages([PAYOUTS]);

/** The page's filters. Invalid filters are ignored. */
const Filter = PayoutQuery.extend({
  campaign_id: PayoutQuery.shape.campaign_id.catch(undefined),
  participant_id: PayoutQuery.shape.participant_id.catch(undefined),
  currency: PayoutQuery.shape.currency.catch(undefined),
  sort: filter(z.enum(payoutOrders)).catch(undefined),
});

/** Pays one participant, or everyone who matches the page's filters, in one currency. */
const Paid = z.object({
  reference: z.preprocess((typed) => typed ?? "", NewPayout.shape.reference),
  currency: Currency,
  participant_id: Id.nullish(),
});

payoutPages.get(PAYOUTS, (c) => page(c, blank()));

payoutPages.post(
  PAYOUTS,
  audited("Paid out cash rewards"),
  ...submits(Paid, page, async (c: PageContext, { reference, currency, participant_id }) => {
    const { campaign_id, participant_id: shown } = Filter.parse(c.req.query());
    const who = { campaign_id, participant_id: participant_id ?? shown };
    const { more } = await payOut(c.var.ctx, { reference, filter: { ...who, currency } });
    return c.redirect(doneAt(payoutPath({ campaign_id, participant_id: shown }), more ? "paid_some" : "paid"), 303);
  }),
);

payoutPages.post(`${PAYOUTS}/:payoutId/undo`, audited("Undid a payout"), async (c) => {
  const param = PayoutParam.safeParse(c.req.param());
  if (!param.success) throw notFound("payout");
  await undoPayout(c.var.ctx, param.data.payoutId);
  return c.redirect(doneAt(PAYOUTS, "payout_undone"), 303);
});

payoutPages.get(`${PAYOUTS}/owed.csv`, async (c) => {
  const { page: _, limit: __, ...filter } = Filter.parse(c.req.query());
  return c.body(await owedFile(c.var.ctx, OwedFilter.parse(filter)), 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": 'attachment; filename="owed.csv"',
    "Cache-Control": "private, no-store",
  });
});

const SLICE = 500;

payoutPages.get(`${PAYOUTS}/export`, (c) => {
  const { limit: _, ...filter } = Filter.parse(c.req.query());
  return listFile("payouts", payoutColumns, async (after: number | undefined) => {
    const page = after ?? 1;
    const { payouts, hasMore } = await payoutsMade(c.var.ctx, { ...filter, page, limit: SLICE });
    const rows = payouts.flatMap(({ totals, ...payout }): FiledPayout[] =>
      totals.map((total) => ({ ...payout, ...total })),
    );
    return { rows, next: hasMore ? page + 1 : null };
  });
});

async function page(c: PageContext, form: Form<unknown>) {
  const query = Filter.parse(c.req.query());
  const { ctx } = c.var;
  const [choices, ...rows] = await ctx.db.batch([campaignChoices(ctx), ...payoutQueries(ctx, query)]);
  const list = pageOf(query, rows);
  const mayChange = c.var.session.role !== "viewer";
  const body = payoutView({ query, list, choices, form, mayChange, now: ctx.now() });
  return show(c, {
    title: "Payouts",
    section: REWARDS,
    body,
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}
