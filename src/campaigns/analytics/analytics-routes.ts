import { z } from "zod";
import { memberRoute } from "../../auth/route";
import { accepted } from "../../lib/accept";
import { csvHeaders } from "../../lib/csv";
import { answers, createRouter, fails, ok } from "../../lib/http";
import { CampaignParam } from "../campaign-param";
import { analytics, analyticsFile } from "./analytics";
import { Analytics, AnalyticsQuery } from "./analytics-schema";

export const analyticsRoutes = createRouter();

const CSV = "text/csv";

analyticsRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/analytics",
    operationId: "getCampaignAnalytics",
    summary: "Get a campaign's metrics",
    description:
      "Counts, rates, and cohorts by day, week, month, channel, or source, with an optional comparison period. The response includes each metric's definition. Sources and sales have been counted since this release. Use `Accept: text/csv` or `format=csv` for a CSV file.",
    tags: ["Campaigns"],
    request: { params: CampaignParam, query: AnalyticsQuery },
    responses: {
      200: {
        ...answers(Analytics, "The metrics."),
        content: { ...answers(Analytics, "The metrics.").content, [CSV]: { schema: z.string() } },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const { campaignId } = c.req.valid("param");
    const report = await analytics(c.var.ctx, campaignId, query);
    const [first] = accepted(c.req.header("Accept"));
    if (query.format !== "csv" && (query.format || first !== CSV)) return c.json(ok(Analytics, report), 200);
    return c.body(analyticsFile(report), 200, csvHeaders(`analytics-${campaignId}`));
  },
);
