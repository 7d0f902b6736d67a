import { z } from "zod";
import { publicRoute } from "../auth/route";
import { answers, createRouter, ok } from "../lib/http";
import { health } from "./health";

export const healthRoutes = createRouter();

const Health = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

healthRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/healthz",
    operationId: "getHealth",
    summary: "Ask whether the service works",
    description: "Asks the database too. 503 when it does not answer within two seconds.",
    tags: ["Documents"],
    responses: { 200: answers(Health, "It works.") },
  }),
  async (c) => c.json(ok(Health, await health(c.var.ctx)), 200),
);
