import { Hono } from "hono";
import type { HonoEnv } from "../../lib/http";
import { healthOf } from "./operator";
import { HealthPage } from "./operator-health";
import { showOperator } from "./operator-layout";

export const healthPages = new Hono<HonoEnv>();

healthPages.get("/operator", async (c) =>
  showOperator(c, { title: "Health", at: "/operator", body: <HealthPage {...(await healthOf(c.var.ctx))} /> }),
);
