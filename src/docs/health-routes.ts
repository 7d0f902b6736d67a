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
      .meta({ description: "`late`: a job that runs every minute has not succeeded for fifteen minutes." }),
  })
  .meta({ id: "Health" });

healthRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/healthz",
    operationId: "getHealth",
    summary: "Check the service's health",
    description: "Also queries the database. Returns 503 only if the database does not answer within two seconds.",
    tags: ["Documents"],
    responses: { 200: answers(Health, "The service is healthy.") },
  }),
  async (c) => c.json(ok(Health, await health(c.var.ctx)), 200),
);
