import { z } from "zod";
import { publicRoute } from "../auth/route";
import { answers, createRouter, fails, ok } from "../lib/http";
import { health } from "./health";

export const healthRoutes = createRouter();

const Health = z
  .object({
    status: z.literal("ok"),
    jobs: z
      .enum(["on_time", "late"])
      .meta({ description: "`late`: a job that runs every minute has not succeeded for fifteen minutes." }),
  })
  .meta({ id: "Health", description: "Whether the service is working." });

const HealthQuery = z.object({
  jobs: z
    .string()
    .optional()
    .meta({ description: "Also fail if jobs are late. Use this for a monitor that alerts when the cron stops." }),
});

healthRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/healthz",
    operationId: "getHealth",
    summary: "Check the service's health",
    description:
      "Also queries the database. Returns 503 if the database does not respond within two seconds and, with `jobs=1`, if jobs are late.",
    tags: ["Documents"],
    request: { query: HealthQuery },
    responses: { 200: answers(Health, "The service is healthy."), ...fails("overloaded") },
  }),
  async (c) => c.json(ok(Health, await health(c.var.ctx, c.req.valid("query").jobs === "1")), 200),
);
