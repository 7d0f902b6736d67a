import { memberRoute, memberRouteCheckedLater } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { ignoredOf } from "../../lib/ignored";
import { ConversionParam } from "./conversion-schema";
import { refund, refundConversion } from "./refund";
import { NewNamedRefund, NewRefund, Refunded } from "./refund-schema";

export const refundRoutes = createRouter();

const tags = ["Conversions"];
const audit = { unaudited: "Refunds come from the shop, and the conversion lists them all." };
const responses = {
  201: answers(Refunded, "The refund was recorded."),
  200: answers(Refunded, "It was already recorded. Nothing changed."),
  ...fails("not_found", "suspended", "conflict"),
};

refundRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/conversions/{conversionId}/refunds",
    operationId: "refundConversion",
    summary: "Refund a conversion",
    audit,
    description:
      "Reduces each reward by the refunded share. A pending reward gets smaller. For a reward that was already paid, `owed_back` has the difference. A full refund revokes unpaid rewards.",
    tags,
    request: { params: ConversionParam, body: takes(NewRefund, { refund_id: "refund-1", amount: 500 }) },
    responses,
  }),
  async (c) => {
    const ignored = ignoredOf(NewRefund, await c.req.json());
    const recorded = await refundConversion(c.var.ctx, c.req.valid("param").conversionId, c.req.valid("json"));
    const refunded = { ...recorded, ignored };
    return refunded.duplicate ? c.json(ok(Refunded, refunded), 200) : c.json(ok(Refunded, refunded), 201);
  },
);

refundRoutes.openapi(
  memberRouteCheckedLater({
    method: "post",
    path: "/refunds",
    operationId: "recordRefund",
    summary: "Refund a conversion by your own IDs",
    audit,
    description:
      "You can report every refund, in any order, even before its conversion: the rewards end up the same. A refund without a conversion has no effect.",
    tags,
    request: {
      body: takes(NewNamedRefund, { campaign_id: 42, conversion_id: "order-1001", refund_id: "refund-2", amount: 500 }),
    },
    responses,
  }),
  async (c) => {
    const ignored = ignoredOf(NewNamedRefund, await c.req.json());
    const refunded = { ...(await refund(c.var.ctx, c.req.valid("json"))), ignored };
    return refunded.duplicate ? c.json(ok(Refunded, refunded), 200) : c.json(ok(Refunded, refunded), 201);
  },
);
