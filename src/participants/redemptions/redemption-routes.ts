import { memberRoute } from "../../auth/route";
import { ParticipantParam } from "../../ledger/records/participant-schema";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { PageQuery, pagination } from "../../lib/page";
import { redeem, redemptionsOf } from "./redemption";
import { Balance, NewRedemption, Redeemed, Redemption } from "./redemption-schema";

export const redemptionRoutes = createRouter();

const tags = ["Rewards"];
const RedemptionList = listOf("redemptions", Redemption).extend({ balances: Balance.array() });

redemptionRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/participants/{participantId}/redemptions",
    operationId: "listRedemptions",
    summary: "List a participant's store credit and its redemptions",
    description: "The balance does not include held and pending credit.",
    tags,
    request: { params: ParticipantParam, query: PageQuery },
    responses: {
      200: answers(RedemptionList, "The balance per currency, and a page of redemptions, newest first."),
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const { balances, rows, total } = await redemptionsOf(c.var.ctx, c.req.valid("param").participantId, query);
    return c.json(
      ok(RedemptionList, {
        redemptions: rows,
        pagination: pagination(query, { rows, total }),
        ignored: ignoredIn(c.req),
        balances,
      }),
      200,
    );
  },
);

redemptionRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/participants/{participantId}/redemptions",
    operationId: "redeemCredit",
    summary: "Redeem a participant's store credit",
    audit: { unaudited: "Redemptions come from the shop, and the participant lists them all." },
    description:
      "Deducts the amount from the balance, oldest credit first, and never below zero. Returns 409 if the balance is too low. Sending the same `redemption_id` again changes nothing, or returns 409 if the amount differs.",
    tags,
    request: { params: ParticipantParam, body: takes(NewRedemption, { redemption_id: "order-1001", amount: 500 }) },
    responses: {
      201: answers(Redeemed, "The redemption, and the remaining balance."),
      200: answers(Redeemed, "It was already recorded. Nothing changed."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => {
    const redeemed = await redeem(c.var.ctx, c.req.valid("param").participantId, c.req.valid("json"));
    return redeemed.duplicate ? c.json(ok(Redeemed, redeemed), 200) : c.json(ok(Redeemed, redeemed), 201);
  },
);
