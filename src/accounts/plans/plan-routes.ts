import { publicRoute } from "../../auth/route";
import { answers, createRouter, ok } from "../../lib/http";
import { plans } from "./plan";
import { PlanList } from "./plan-schema";

export const planRoutes = createRouter();

planRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/billing/plans",
    operationId: "listPlans",
    summary: "List plans",
    description: "0 means unlimited.",
    tags: ["Plans"],
    responses: { 200: answers(PlanList, "Plans, cheapest first.") },
  }),
  async (c) => c.json(ok(PlanList, { plans: await plans(c.var.ctx) }), 200),
);
