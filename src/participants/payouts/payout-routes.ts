import { z } from "zod";
import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { IgnoredQuery, ignoredIn } from "../../lib/ignored";
import { Pagination, pagination } from "../../lib/page";
import { owedFile, payoutPage } from "./owed";
import { payOut, undoPayout } from "./payout";
import { NewPayout, OwedFilter, Payout, PayoutMade, PayoutPage, PayoutParam, PayoutQuery } from "./payout-schema";

export const payoutRoutes = createRouter();

const tags = ["Payouts"];
const Payouts = PayoutPage.extend({ pagination: Pagination, ignored: IgnoredQuery }).meta({
  id: "PayoutList",
  description: "The amounts owed per currency and participant, and a page of payouts.",
});

payoutRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/payouts",
    operationId: "listPayouts",
    summary: "List owed amounts and payouts",
    description:
      "Pending cash rewards of active participants, minus amounts that were refunded after an earlier payout. `page` and `limit` apply to both lists.",
    tags,
    request: { query: PayoutQuery },
    responses: { 200: answers(Payouts, "The owed amounts, and the payouts made."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const { total, made: _, ...page } = await payoutPage(c.var.ctx, query);
    return c.json(
      ok(Payouts, { ...page, pagination: pagination(query, { rows: page.payouts, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

payoutRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/payouts/owed.csv",
    operationId: "exportOwedRewards",
    summary: "Export owed amounts as CSV",
    description: "One line per participant and currency, up to 10,000. Amounts are in the currency's major unit.",
    tags,
    request: { query: OwedFilter },
    responses: {
      200: { description: "The file.", content: { "text/csv": { schema: z.string() } } },
      ...fails("not_found"),
    },
  }),
  async (c) =>
    c.body(await owedFile(c.var.ctx, c.req.valid("query")), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="owed.csv"',
      "Cache-Control": "private, no-store",
    }),
);

payoutRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/payouts",
    operationId: "createPayout",
    summary: "Mark cash rewards as paid",
    audit: "Paid out cash rewards",
    description:
      "Pays rewards by ID, or all owed rewards that match a filter, up to 500 at a time. Each becomes `fulfilled` exactly once, even with several payouts at the same time. Amounts that were refunded after a participant's earlier payouts are deducted.",
    tags,
    request: { body: takes(NewPayout, { filter: { currency: "USD" }, reference: "Transfer 2026-11" }) },
    responses: {
      201: answers(PayoutMade, "The payout, and the rewards it paid."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => c.json(ok(PayoutMade, await payOut(c.var.ctx, c.req.valid("json"))), 201),
);

payoutRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/payouts/{payoutId}",
    operationId: "undoPayout",
    summary: "Undo a payout",
    audit: "Undid a payout",
    description:
      "Allowed for one day. Its rewards become pending again, minus amounts that were refunded since. If it was already undone, nothing changes.",
    tags,
    request: { params: PayoutParam },
    responses: { 200: answers(Payout, "The undone payout."), ...fails("not_found", "conflict") },
  }),
  async (c) => c.json(ok(Payout, await undoPayout(c.var.ctx, c.req.valid("param").payoutId)), 200),
);
