import { Hono } from "hono";
import { accountRoutes } from "./accounts/account-routes";
import { exportRoutes } from "./accounts/exports/export-routes";
import { keyRoutes } from "./accounts/keys/key-routes";
import { planRoutes } from "./accounts/plans/plan-routes";
import { registrationRoutes } from "./accounts/registration/registration-routes";
import { senderRoutes } from "./accounts/senders/sender-routes";
import { suspensionRoutes } from "./accounts/suspension/suspension-routes";
import { teamRoutes } from "./accounts/team/team-routes";
import { testModeRoutes } from "./accounts/test-mode/test-mode-routes";
import { addressIn } from "./auth/address";
import { limit } from "./auth/limit";
import { analyticsRoutes } from "./campaigns/analytics/analytics-routes";
import { brandRoutes } from "./campaigns/brands/brand-routes";
import { campaignRoutes } from "./campaigns/campaign/campaign-routes";
import { contestRoutes } from "./campaigns/contest/contest-routes";
import { proofRoutes } from "./campaigns/contest/proof-routes";
import { domainRoutes } from "./campaigns/domains/domain-routes";
import { onSite, siteAt } from "./campaigns/domains/site";
import { identityRoutes } from "./campaigns/identity/identity-routes";
import { landerRoutes } from "./campaigns/lander/lander-routes";
import { rewardSettingsRoutes } from "./campaigns/reward/reward-settings-routes";
import { ruleRoutes } from "./campaigns/rules/rule-routes";
import { statsRoutes } from "./campaigns/stats/stats-routes";
import { vetoRoutes } from "./campaigns/veto/veto-routes";
import { widgetRoutes } from "./campaigns/widget/widget-routes";
import { accountPages } from "./dashboard/account/account-pages";
import { auditPages } from "./dashboard/account/audit-pages";
import { consentPages } from "./dashboard/account/consent-pages";
import { accountPageRoutes } from "./dashboard/account/email-link-routes";
import { exportPages } from "./dashboard/account/export-page";
import { joinPages } from "./dashboard/account/join-pages";
import { notificationPages } from "./dashboard/account/notification-pages";
import { planPages } from "./dashboard/account/plan-pages";
import { proofPages } from "./dashboard/account/proof-pages";
import { secondStepPages } from "./dashboard/account/second-step";
import { signInPages } from "./dashboard/account/sign-in";
import { signUpPages } from "./dashboard/account/sign-up";
import { switchPages } from "./dashboard/account/switch-pages";
import { teamPages } from "./dashboard/account/team-pages";
import { twoStepPages } from "./dashboard/account/two-step-pages";
import { brandListPages } from "./dashboard/brands/brand-list-pages";
import { brandPages } from "./dashboard/brands/brand-pages";
import { brandKitPages } from "./dashboard/brands/kit-pages";
import { campaignPages } from "./dashboard/campaigns/campaign-pages";
import { contestPages } from "./dashboard/campaigns/contest-pages";
import { contestPageRoutes } from "./dashboard/campaigns/draw-proof-routes";
import { identityPages } from "./dashboard/campaigns/identity-pages";
import { installPages } from "./dashboard/campaigns/install-pages";
import { rewardSettingsPages } from "./dashboard/campaigns/reward-settings-pages";
import { waitlistPages } from "./dashboard/campaigns/waitlist-pages";
import { conversionPages } from "./dashboard/conversions/conversion-pages";
import { decisionPages } from "./dashboard/decisions/decision-pages";
import { mailPages } from "./dashboard/editors/email-pages";
import { imageFiles, imagePages } from "./dashboard/editors/image-pages";
import { landerPages } from "./dashboard/editors/lander-pages";
import { widgetPages } from "./dashboard/editors/widget-pages";
import { eventPages } from "./dashboard/events/event-pages";
import { homePages } from "./dashboard/home/home-pages";
import { inputPages } from "./dashboard/inputs/input-pages";
import { keyPages } from "./dashboard/keys/key-pages";
import { operatorPages } from "./dashboard/operator/operator-pages";
import { giftPages } from "./dashboard/participants/gift-pages";
import { importPages } from "./dashboard/participants/import-pages";
import { peoplePages } from "./dashboard/participants/participant-list-pages";
import { personPages } from "./dashboard/participants/participant-pages";
import { referrerPages } from "./dashboard/participants/referrer-pages";
import { reportPages, sharedReportPages } from "./dashboard/reports/report-pages";
import { entryPages } from "./dashboard/reviews/entry-pages";
import { reviewPages } from "./dashboard/reviews/review-pages";
import { couponPages } from "./dashboard/rewards/coupon-pages";
import { payoutPages } from "./dashboard/rewards/payout-pages";
import { rewardPages } from "./dashboard/rewards/reward-pages";
import { transferPages } from "./dashboard/rewards/transfer-pages";
import { rulePages } from "./dashboard/rules/rule-pages";
import { searchPages } from "./dashboard/search/search-pages";
import { testModePages } from "./dashboard/test-mode/test-mode-pages";
import { openForMenu, sendDashboardFailure } from "./dashboard/ui/failure";
import { deliveryPages } from "./dashboard/webhooks/delivery-pages";
import { webhookPages } from "./dashboard/webhooks/webhook-pages";
import { bounceRoutes } from "./delivery/bounces/bounce-routes";
import { mailRoutes } from "./delivery/email/email-routes";
import { eventRoutes } from "./delivery/webhooks/event-routes";
import { eventBodies } from "./delivery/webhooks/event-schema";
import { demoRoutes } from "./docs/demo-routes";
import { docsRoutes, openApiRoutes } from "./docs/docs-routes";
import { healthRoutes } from "./docs/health-routes";
import { describe, type OpenApiDocument } from "./docs/openapi";
import { limitBody } from "./lib/body-limit";
import { newMeter } from "./lib/db";
import { answerAtHand } from "./lib/edge";
import type { Env, Site } from "./lib/env";
import { AppError } from "./lib/errors";
import { acceptsPages, createRouter, type HonoEnv, renderError } from "./lib/http";
import { mcpRoutes } from "./mcp/serving/mcp-routes";
import { openToAllOrigins, takeForJson } from "./middleware";
import { webhookRoutes } from "./outbox/webhooks/webhook-routes";
import { zapierRoutes } from "./outbox/zapier/zapier-routes";
import { aliasRoutes } from "./participants/aliases/alias-routes";
import { conversionRoutes } from "./participants/conversions/conversion-routes";
import { refundRoutes } from "./participants/conversions/refund-routes";
import { couponRoutes } from "./participants/coupons/coupon-routes";
import { decisionRoutes } from "./participants/decisions/decision-routes";
import { entryRoutes } from "./participants/fraud-lists/entry-routes";
import { importRoutes } from "./participants/imports/import-routes";
import { inputRoutes } from "./participants/inputs/input-routes";
import { participantRoutes } from "./participants/participant-routes";
import { payoutRoutes } from "./participants/payouts/payout-routes";
import { privacyRoutes } from "./participants/privacy/privacy-routes";
import { redemptionRoutes } from "./participants/redemptions/redemption-routes";
import { reviewRoutes } from "./participants/reviews/review-routes";
import { rewardRoutes } from "./participants/rewards/reward-routes";
import { shareLinkRoutes } from "./participants/share-links/share-link-routes";
import { signupRoutes } from "./participants/signups/signup-routes";
import { transferRoutes } from "./participants/transfers/transfer-routes";
import { releaseRoutes } from "./participants/waitlist/release-routes";
import { logRequest, movedToHttps, requestContext, requestIdOf } from "./request";
import { confirmationRoutes } from "./visitors/confirm/confirmation-routes";
import { frameRoutes } from "./visitors/frames/frame-routes";
import { frontPages } from "./visitors/front/front-page";
import { drawsRoutes } from "./visitors/hosted/draws-routes";
import { sendFailure } from "./visitors/hosted/hosted-failure";
import { hostedRoutes } from "./visitors/hosted/hosted-routes";
import { browserSignupRoutes } from "./visitors/widget-api/browser-signup-routes";
import { widgetApiRoutes } from "./visitors/widget-api/widget-api-routes";

/** The JSON API: each feature's routes, mounted at two base paths. */
const api = createRouter();
for (const routes of [
  registrationRoutes,
  accountRoutes,
  keyRoutes,
  testModeRoutes,
  planRoutes,
  suspensionRoutes,
  senderRoutes,
  teamRoutes,
  brandRoutes,
  domainRoutes,
  campaignRoutes,
  rewardSettingsRoutes,
  ruleRoutes,
  vetoRoutes,
  widgetRoutes,
  identityRoutes,
  landerRoutes,
  analyticsRoutes,
  statsRoutes,
  contestRoutes,
  proofRoutes,
  couponRoutes,
  importRoutes,
  exportRoutes,
  rewardRoutes,
  payoutRoutes,
  transferRoutes,
  reviewRoutes,
  entryRoutes,
  redemptionRoutes,
  aliasRoutes,
  participantRoutes,
  privacyRoutes,
  signupRoutes,
  browserSignupRoutes,
  conversionRoutes,
  releaseRoutes,
  refundRoutes,
  inputRoutes,
  decisionRoutes,
  webhookRoutes,
  eventRoutes,
  zapierRoutes,
  bounceRoutes,
])
  api.route("/", routes);
api.route("/", openApiRoutes(openApiDocument));

/** Everything that the OpenAPI document describes, at its real path. */
const site = createRouter();
site.route("/api/v1", api);
site.route("/api/widget", widgetApiRoutes);
for (const routes of [
  shareLinkRoutes,
  frameRoutes,
  hostedRoutes,
  drawsRoutes,
  confirmationRoutes,
  healthRoutes,
  docsRoutes(openApiDocument),
  demoRoutes,
  mailRoutes,
  accountPageRoutes,
  contestPageRoutes,
])
  site.route("/", routes);

/** The dashboard: pages over the same use cases. The OpenAPI document leaves them out, because programs use the API. */
export const dashboard = new Hono<HonoEnv>();
for (const pages of [frontPages, operatorPages]) dashboard.route("/", pages);
for (const pages of [homePages, brandListPages, brandPages, brandKitPages, planPages]) dashboard.route("/", pages);
for (const pages of [secondStepPages, signInPages, signUpPages, joinPages]) dashboard.route("/", pages);
for (const pages of [
  payoutPages,
  transferPages,
  reviewPages,
  entryPages,
  rewardPages,
  rewardSettingsPages,
  rulePages,
  conversionPages,
  decisionPages,
  inputPages,
  couponPages,
  contestPages,
  waitlistPages,
])
  dashboard.route("/", pages);
for (const pages of [testModePages, searchPages]) dashboard.route("/", pages);
for (const pages of [
  keyPages,
  exportPages,
  consentPages,
  accountPages,
  notificationPages,
  proofPages,
  twoStepPages,
  switchPages,
  teamPages,
  auditPages,
])
  dashboard.route("/", pages);
for (const pages of [peoplePages, personPages, giftPages, referrerPages, importPages]) dashboard.route("/", pages);
for (const pages of [campaignPages, installPages, identityPages]) dashboard.route("/", pages);
for (const pages of [eventPages, webhookPages, deliveryPages]) dashboard.route("/", pages);
for (const pages of [reportPages]) dashboard.route("/", pages);
for (const pages of [sharedReportPages]) dashboard.route("/", pages);
for (const pages of [imageFiles]) dashboard.route("/", pages);
for (const pages of [landerPages, widgetPages, mailPages, imagePages]) dashboard.route("/", pages);

let document: OpenApiDocument | undefined;

/** The document of every operation and page, made on first use, because most isolates never need it. */
export function openApiDocument() {
  document ??= describe(site, eventBodies);
  return document;
}

export const app = createRouter();

/**
 * The Worker's `fetch`. A response kept from a moment ago is sent without the middleware below, which takes longer than
 * everything else.
 */
export async function answer(request: Request, env: Env, executionCtx: ExecutionContext): Promise<Response> {
  const started = performance.now();
  const moved = movedToHttps(request, env);
  if (moved) return moved;
  const url = new URL(request.url);
  const site = await siteAt(env, url, Date.now()).catch(() => undefined);
  // Until it is known whose host it is, nothing is shown on it.
  if (site === undefined) return new Response("Try again.", { status: 503, headers: { "Retry-After": "5" } });
  if (site) return onBrandsHost(request, url, site, env, executionCtx);
  const known = answerAtHand(request);
  if (!known || (await isLimited(env, request))) return app.fetch(request, env, executionCtx);
  const { body, headers, route } = known;
  const requestId = requestIdOf(request.headers.get("X-Request-Id"));
  headers.set("X-Request-Id", requestId);
  logRequest(env, { requestId, method: request.method, route, status: 200, started }, newMeter());
  return new Response(body, { headers });
}

/** A brand's own host shows its pages and follows its links, and nothing else. */
function onBrandsHost(request: Request, url: URL, site: Site, env: Env, executionCtx: ExecutionContext) {
  const served = onSite(request, url, site);
  return served
    ? app.fetch(served, { ...env, SITE: site }, executionCtx)
    : new Response("Not found.", { status: 404, headers: { "Content-Type": "text/plain" } });
}

/** Whether the rate limit is exceeded. The middleware then sends the 429. */
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
app.route("/", mcpRoutes({ fetch: (...request) => app.fetch(...request), document: openApiDocument }));

app.notFound(async (c) => {
  c.set("reads_pages", acceptsPages(c) && !/^\/(api|v1)\//.test(c.req.path));
  if (c.var.reads_pages) await openForMenu(c);
  throw new AppError("not_found", "No such endpoint.");
});
app.onError((error, c) => {
  if (!c.var.reads_pages) return renderError(error, c);
  return c.var.is_dashboard ? sendDashboardFailure(error, c) : sendFailure(error, c);
});
