import { z } from "zod";
import { publicRoute } from "../auth/route";
import { answers, createRouter, ok } from "../lib/http";
import { health } from "./health";

export const healthRoutes = createRouter();

const Health = z
  .object({
    status: z.literal("ok"),
    jobs: z
      .enum(["on_time", "late"])
      .meta({ description: "`late`: something that happens every minute has not succeeded for three." }),
  })
  .meta({ id: "Health" });

healthRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/healthz",
    operationId: "getHealth",
    summary: "Ask whether the service works",
    description: "Asks the database too. 503 when it does not answer within two seconds, and for nothing else.",
    tags: ["Documents"],
    responses: { 200: answers(Health, "It works.") },
  }),
  async (c) => c.json(ok(Health, await health(c.var.ctx)), 200),
);
