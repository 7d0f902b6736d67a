import { Hono } from "hono";
import { accountPages } from "./accounts/account-pages";
import { exportPages } from "./accounts/export-page";
import { keyPages } from "./accounts/key-pages";
import { accountPageRoutes } from "./accounts/page-routes";
import { proofPages } from "./accounts/proof-pages";
import { accountRoutes } from "./accounts/routes";
import { signInPages } from "./accounts/sign-in";
import { signUpPages } from "./accounts/sign-up";
import { auditPages } from "./audit/pages";
import { addressIn, limit } from "./auth/limit";
import { brandPages } from "./brands/brand-pages";
import { brandListPages } from "./brands/list-pages";
import { brandRoutes } from "./brands/routes";
import { campaignPages } from "./campaigns/pages";
import { campaignRoutes } from "./campaigns/routes";
import { confirmationRoutes } from "./confirmations/routes";
import { contestPageRoutes } from "./contests/page-routes";
import { contestPages } from "./contests/pages";
import { contestRoutes } from "./contests/routes";
import { couponPages } from "./coupons/pages";
import { couponRoutes } from "./coupons/routes";
import { sendDashboardFailure } from "./dashboard/failure";
import { deliveryPages } from "./deliveries/pages";
import { demoRoutes } from "./demo/routes";
import { describe, type OpenApiDocument } from "./docs/openapi";
import { docsRoutes, openApiRoutes } from "./docs/routes";
import type { Env } from "./env";
import { frameRoutes } from "./frames/routes";
import { healthRoutes } from "./health/routes";
import { frontPages } from "./home/front";
import { homePages } from "./home/home-pages";
import { sendFailure } from "./hosted/failure";
import { hostedRoutes } from "./hosted/routes";
import { imageFiles, imagePages } from "./images/pages";
import { importPages } from "./imports/pages";
import { installPages } from "./install/pages";
import { landerPages } from "./landers/pages";
import { landerRoutes } from "./landers/routes";
import { newMeter } from "./lib/db";
import { answerAtHand } from "./lib/edge";
import { AppError } from "./lib/errors";
import { acceptsPages, createRouter, type HonoEnv, renderError } from "./lib/http";
import { mailPages } from "./mail/pages";
import { mailRoutes } from "./mail/routes";
import { limitBody, openToAllOrigins, takeForJson } from "./middleware";
import { operatorPages } from "./operator/operator-pages";
import { participantRoutes } from "./participants/routes";
import { peoplePages } from "./people/list-pages";
import { personPages } from "./people/person-pages";
import { planPages } from "./plans/plan-pages";
import { planRoutes } from "./plans/routes";
import { logRequest, requestContext, requestIdOf } from "./request";
import { rewardSettingsPages } from "./reward-settings/pages";
import { rewardSettingsRoutes } from "./reward-settings/routes";
import { rewardPages } from "./rewards/pages";
import { rewardRoutes } from "./rewards/routes";
import { shareLinkRoutes } from "./share-links/routes";
import { signupRoutes } from "./signups/routes";
import { statsRoutes } from "./stats/routes";
import { joinPages } from "./team/join-pages";
import { teamPages } from "./team/pages";
import { switchPages } from "./team/switch-pages";
import { webhookPages } from "./webhooks/pages";
import { webhookRoutes } from "./webhooks/routes";
import { widgetApiRoutes } from "./widget-api/routes";
import { widgetPages } from "./widgets/pages";
import { widgetRoutes } from "./widgets/routes";
import { zapierRoutes } from "./zapier/routes";

/** The JSON API: every feature's routes, mounted at two base paths. */
const api = createRouter();
for (const routes of [
  accountRoutes,
  planRoutes,
  brandRoutes,
  campaignRoutes,
  rewardSettingsRoutes,
  widgetRoutes,
  landerRoutes,
  statsRoutes,
  contestRoutes,
  couponRoutes,
  rewardRoutes,
  participantRoutes,
  signupRoutes,
  webhookRoutes,
  zapierRoutes,
])
  api.route("/", routes);
api.route("/", openApiRoutes(openApiDocument));

/** Everything that the OpenAPI document describes, at its true path. */
const site = createRouter();
site.route("/api/v1", api);
site.route("/api/widget", widgetApiRoutes);
for (const routes of [
  shareLinkRoutes,
  frameRoutes,
  hostedRoutes,
  confirmationRoutes,
  healthRoutes,
  docsRoutes,
  demoRoutes,
  mailRoutes,
  accountPageRoutes,
  contestPageRoutes,
])
  site.route("/", routes);

/** The dashboard: pages over the same use cases. Programs have the API, so the OpenAPI document leaves these out. */
export const dashboard = new Hono<HonoEnv>();
for (const pages of [frontPages, operatorPages]) dashboard.route("/", pages);
for (const pages of [homePages, brandListPages, brandPages, planPages]) dashboard.route("/", pages);
for (const pages of [signInPages, signUpPages, joinPages]) dashboard.route("/", pages);
for (const pages of [rewardPages, rewardSettingsPages, couponPages, contestPages]) dashboard.route("/", pages);
for (const pages of [keyPages, exportPages, accountPages, proofPages, switchPages, teamPages, auditPages])
  dashboard.route("/", pages);
for (const pages of [peoplePages, personPages, importPages]) dashboard.route("/", pages);
for (const pages of [campaignPages, installPages]) dashboard.route("/", pages);
for (const pages of [webhookPages, deliveryPages]) dashboard.route("/", pages);
for (const pages of [imageFiles]) dashboard.route("/", pages);
for (const pages of [landerPages, widgetPages, mailPages, imagePages]) dashboard.route("/", pages);

let document: OpenApiDocument | undefined;

/** The OpenAPI document. Made once, for whoever asks first: most isolates never are. */
export function openApiDocument() {
  document ??= describe(site);
  return document;
}

export const app = createRouter();

/** The Worker's `fetch`. What was answered a moment ago is answered again without the chain below, which takes longer than all the rest. */
export async function answer(request: Request, env: Env, executionCtx: ExecutionContext): Promise<Response> {
  const started = performance.now();
  const known = answerAtHand(request);
  if (!known || (await isLimited(env, request))) return app.fetch(request, env, executionCtx);
  const { body, headers, route } = known;
  const requestId = requestIdOf(request.headers.get("X-Request-Id"));
  headers.set("X-Request-Id", requestId);
  logRequest(env, { requestId, method: request.method, route, status: 200, started }, newMeter());
  return new Response(body, { headers });
}

/** Whether the chain would refuse this request; it words that itself. */
const isLimited = (env: Env, request: Request) =>
  env.RATE_LIMITS !== "off" &&
  limit({ env }, "public", addressIn(request.headers)).then(
    () => false,
    () => true,
  );

app.use(requestContext);
openToAllOrigins(app, ["/api/v1/*", "/v1/*", "/api/widget/*", "/widget/*"]);
app.use(limitBody);
app.use(takeForJson);

app.route("/", site);
app.route("/v1", api);
app.route("/", dashboard);

app.notFound((c) => {
  c.set("reads_pages", acceptsPages(c) && !/^\/(api|v1)\//.test(c.req.path));
  throw new AppError("not_found", "There is no such endpoint.");
});
app.onError((error, c) => {
  if (!c.var.reads_pages) return renderError(error, c);
  return c.var.is_dashboard ? sendDashboardFailure(error, c) : sendFailure(error, c);
});
