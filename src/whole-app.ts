import { api } from "./api";
import { accountPageRoutes } from "./dashboard/account/email-link-routes";
import { contestPageRoutes } from "./dashboard/campaigns/draw-proof-routes";
import { openForMenu, sendDashboardFailure } from "./dashboard/ui/failure";
import { mailRoutes } from "./delivery/email/email-routes";
import { eventBodies } from "./delivery/webhooks/event-schema";
import { demoRoutes } from "./docs/demo-routes";
import { docsRoutes, openApiRoutes } from "./docs/docs-routes";
import { describe, type OpenApiDocument } from "./docs/openapi";
import { AppError } from "./lib/errors";
import { acceptsPages, createRouter } from "./lib/http";
import { mcpRoutes } from "./mcp/serving/mcp-routes";
import { newApp } from "./new-app";
import { dashboard } from "./pages";
import { visitors } from "./visitor-app";
import { sendFailure } from "./visitors/hosted/hosted-failure";

api.route("/", openApiRoutes(openApiDocument));

/** Everything in the OpenAPI document, at its real path. */
const described = createRouter();
described.route("/api/v1", api);
described.route("/", visitors);
for (const routes of [docsRoutes(openApiDocument), demoRoutes, mailRoutes, accountPageRoutes, contestPageRoutes])
  described.route("/", routes);

let document: OpenApiDocument | undefined;

/** The OpenAPI document with every operation and page, created on first use, because most isolates never need it. */
export function openApiDocument() {
  document ??= describe(described, eventBodies);
  return document;
}

/** The whole product: the visitors' part, the API, the dashboard, and the endpoint for agents. */
export const app = newApp((error, c) => (c.var.is_dashboard ? sendDashboardFailure(error, c) : sendFailure(error, c)));
app.route("/", described);
app.route("/v1", api);
app.route("/", dashboard);
app.route("/", mcpRoutes({ fetch: (...request) => app.fetch(...request), document: openApiDocument }));

app.notFound(async (c) => {
  c.set("reads_pages", acceptsPages(c) && !/^\/(api|v1)\//.test(c.req.path));
  c.set("is_dashboard", true);
  if (c.var.reads_pages) await openForMenu(c);
  throw new AppError("not_found", "No such endpoint.");
});
