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
  description: "What is owed per currency and participant, and a page of payouts.",
});

payoutRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/payouts",
    operationId: "listPayouts",
    summary: "List what is owed and what was paid",
    description:
      "Pending cash rewards of active participants, less what refunds took back of rewards that were paid earlier. `page` and `limit` page through both lists.",
    tags,
    request: { query: PayoutQuery },
    responses: { 200: answers(Payouts, "What is owed, and the payouts made."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const { total, ...page } = await payoutPage(c.var.ctx, query);
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
    summary: "Export what is owed as CSV",
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
      "Pays rewards by their ids, or what is owed by a filter, at most 500 at once. Each becomes `fulfilled` exactly once, however many payouts ask for it. What refunds took back of a participant's earlier payments is kept.",
    tags,
    request: { body: takes(NewPayout, { filter: { currency: "USD" }, reference: "Transfer 2026-11" }) },
    responses: {
      201: answers(PayoutMade, "The payout, and what it paid."),
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
      "Within a day. Its rewards are pending again, less what was refunded since. Undone before: nothing changes.",
    tags,
    request: { params: PayoutParam },
    responses: { 200: answers(Payout, "The payout, undone."), ...fails("not_found", "conflict") },
  }),
  async (c) => c.json(ok(Payout, await undoPayout(c.var.ctx, c.req.valid("param").payoutId)), 200),
);
