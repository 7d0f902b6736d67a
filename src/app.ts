import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { routePath } from "hono/route";
import { accountPages } from "./accounts/account-pages";
import { exportPages } from "./accounts/export-page";
import { keyPages } from "./accounts/key-pages";
import { accountPageRoutes } from "./accounts/page-routes";
import { proofPages } from "./accounts/proof-pages";
import { accountRoutes } from "./accounts/routes";
import { signInPages } from "./accounts/sign-in";
import { signUpPages } from "./accounts/sign-up";
import { auditPages } from "./audit/pages";
import { addressIn, limit, policyHeader, RateLimited } from "./auth/limit";
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
import type { Ctx } from "./ctx";
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
import { newEventId, randomHex24 } from "./lib/crypto";
import { type Db, type Meter, newMeter, openDb } from "./lib/db";
import { answerAtHand, keepAnswer } from "./lib/edge";
import { AppError } from "./lib/errors";
import { acceptsPages, createRouter, type HonoEnv, renderError } from "./lib/http";
import { describeError, log } from "./lib/log";
import { mailPages } from "./mail/pages";
import { mailRoutes } from "./mail/routes";
import { operatorPages } from "./operator/operator-pages";
import { participantRoutes } from "./participants/routes";
import { peoplePages } from "./people/list-pages";
import { personPages } from "./people/person-pages";
import { planPages } from "./plans/plan-pages";
import { planRoutes } from "./plans/routes";
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
export const api = createRouter();
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

const CLIENT_REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;
const BOOKMARK = /^[0-9a-f-]{16,128}$/;
/** A coupon upload of 100 000 codes of 100 characters, and some room. */
const BODY_MAX_BYTES = 12_000_000;

export const app = createRouter();

/** The Worker's `fetch`. What was answered a moment ago is answered again without the chain below, which takes longer than all the rest. */
export async function answer(request: Request, env: Env, executionCtx: ExecutionContext): Promise<Response> {
  const started = performance.now();
  const known = answerAtHand(request);
  if (!known || (await isLimited(env, request))) return app.fetch(request, env, executionCtx);
  const { text, headers, route } = known;
  const requestId = requestIdOf(request.headers.get("X-Request-Id"));
  headers.set("X-Request-Id", requestId);
  logRequest(env, { requestId, method: request.method, route, status: 200, started }, newMeter());
  return new Response(text, { headers });
}

/** Whether the chain would refuse this request; it words that itself. */
const isLimited = (env: Env, request: Request) =>
  env.RATE_LIMITS !== "off" &&
  limit({ env }, "public", addressIn(request.headers)).then(
    () => false,
    () => true,
  );

const requestIdOf = (sent: string | null | undefined) =>
  sent && CLIENT_REQUEST_ID.test(sent) ? sent : `req_${randomHex24()}`;

type Answered = { requestId: string; method: string; route: string; status: number; started: number };

function logRequest(env: Env, { requestId, started, ...answered }: Answered, meter: Meter) {
  if (env.LOGS === "off") return;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  log("info", "request", { request_id: requestId, ...answered, ms, ...meter });
}

app.use(async (c, next) => {
  const started = performance.now();
  const requestId = requestIdOf(c.req.header("X-Request-Id"));
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  const bookmark = c.req.header("X-Bookmark");
  const consistency = isRead ? "first-unconstrained" : "first-primary";
  let db: Db | undefined;
  let origin: string | undefined;
  let requestEvent: string | undefined;
  // What is not asked for is not made: a copy is answered without a database.
  const ctx: Ctx = {
    actor: { kind: "public" },
    get db() {
      db ??= openDb(c.env.DB, bookmark && BOOKMARK.test(bookmark) ? bookmark : consistency);
      return db;
    },
    get origin() {
      origin ??= c.env.PUBLIC_URL || new URL(c.req.url).origin;
      return origin;
    },
    get requestEvent() {
      requestEvent ??= newEventId(new Date());
      return requestEvent;
    },
    env: c.env,
    now: () => new Date(),
    later: (work) =>
      c.executionCtx.waitUntil(
        work.catch((error) => log("error", "later work failed", { request_id: requestId, ...describeError(error) })),
      ),
    effects: [],
  };
  c.set("requestId", requestId);
  c.set("ctx", ctx);
  await next();

  // On the response itself: `c.header` makes a new one each time.
  const { headers, status } = c.res;
  headers.set("X-Request-Id", requestId);
  headers.set("X-Content-Type-Options", "nosniff");
  const written = isRead ? null : db?.bookmark();
  if (written) headers.set("X-Bookmark", written);
  if (c.error instanceof RateLimited) headers.set("RateLimit-Policy", policyHeader(c.error.policy));
  const route = routePath(c, -1);
  keepAnswer(c, route);
  logRequest(c.env, { requestId, method: c.req.method, route, status, started }, db?.meter ?? newMeter());
});

const EXPOSED = "X-Request-Id, X-Bookmark, Idempotent-Replayed, Retry-After, RateLimit-Policy, ETag";
const preflight = cors({
  origin: "*",
  allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
  allowHeaders: [
    "Content-Type",
    "X-API-Key",
    "Authorization",
    "Idempotency-Key",
    "X-Bookmark",
    "X-Request-Id",
    "If-None-Match",
  ],
  maxAge: 86_400,
});
for (const base of ["/api/v1/*", "/v1/*", "/api/widget/*"]) {
  app.options(base, preflight);
  app.use(base, async (c, next) => {
    await next();
    c.res.headers.set("Access-Control-Allow-Origin", "*");
    c.res.headers.set("Access-Control-Expose-Headers", EXPOSED);
  });
}

app.use(
  bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: () => {
      throw new AppError("payload_too_large");
    },
  }),
);

// A body without a Content-Type is taken for JSON: people who type their requests by hand forget it.
app.use(async (c, next) => {
  if (c.req.raw.body && !c.req.header("Content-Type")) {
    const headers = new Headers(c.req.raw.headers);
    headers.set("Content-Type", "application/json");
    c.req.raw = new Request(c.req.raw, { headers });
  }
  await next();
});

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

export type App = typeof app;
export type { HonoEnv };
