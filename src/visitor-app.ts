import { healthRoutes } from "./docs/health-routes";
import { createRouter } from "./lib/http";
import { newApp } from "./new-app";
import { shareLinkRoutes } from "./participants/share-links/share-link-routes";
import { confirmationRoutes } from "./visitors/confirm/confirmation-routes";
import { frameRoutes } from "./visitors/frames/frame-routes";
import { qrRoutes } from "./visitors/frames/qr-routes";
import { statusRoutes } from "./visitors/frames/status-routes";
import { drawsRoutes } from "./visitors/hosted/draws-routes";
import { sendFailure } from "./visitors/hosted/hosted-failure";
import { hostedRoutes } from "./visitors/hosted/hosted-routes";
import { widgetApiRoutes } from "./visitors/widget-api/widget-api-routes";
import { widgetCopyRoutes } from "./visitors/widget-api/widget-copy-routes";

/**
 * The routes for visitors and for monitoring an installation. They serve most requests with only part of the product.
 */
export const visitors = createRouter();
visitors.route("/api/widget", widgetApiRoutes);
visitors.route("/api/widget", widgetCopyRoutes);
for (const routes of [
  shareLinkRoutes,
  frameRoutes,
  statusRoutes,
  qrRoutes,
  hostedRoutes,
  drawsRoutes,
  confirmationRoutes,
  healthRoutes,
])
  visitors.route("/", routes);

/** The paths of these routes. */
const THEIRS = /^\/+(t|p|widget|status|qr|confirm|api\/widget)\/|^\/(healthz|robots\.txt|sitemap\.xml)$/i;
export const isOfVisitors = (path: string) => THEIRS.test(path);

/** Only these routes, so a Worker started by a visitor does not load the API and the dashboard. */
export const visitorApp = newApp(sendFailure);
visitorApp.route("/", visitors);
