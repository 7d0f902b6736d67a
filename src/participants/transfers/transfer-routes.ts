import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { COUNTED, pagination } from "../../lib/page";
import { transfers } from "./transfer";
import { Transfer, TransferQuery } from "./transfer-schema";

export const transferRoutes = createRouter();

const TransferList = listOf("transfers", Transfer);

transferRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/transfers",
    operationId: "listTransfers",
    summary: "List transfers of token rewards",
    description: `Newest first. Owners approve, cancel, and retry them in the dashboard, under Rewards, Transfers. Keys cannot. ${COUNTED}`,
    tags: ["Rewards"],
    request: { query: TransferQuery },
    responses: { 200: answers(TransferList, "A page of transfers."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await transfers(c.var.ctx, query);
    return c.json(
      ok(TransferList, { transfers: page.rows, pagination: pagination(query, page), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);
