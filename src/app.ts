import { addressIn } from "./auth/address";
import { limit } from "./auth/limit";
import { onSite, siteAt } from "./campaigns/domains/site";
import { newMeter } from "./lib/db";
import { answerAtHand } from "./lib/edge";
import type { Env, Site } from "./lib/env";
import { logRequest, movedToHttps, requestIdOf } from "./request";
import { isOfVisitors, visitorApp } from "./visitor-app";

/**
 * The Worker's `fetch`. A recently kept response is sent without the middleware below, which would take most of the
 * time.
 */
export async function answer(request: Request, env: Env, executionCtx: ExecutionContext): Promise<Response> {
  const started = performance.now();
  const moved = movedToHttps(request, env);
  if (moved) return moved;
  const url = new URL(request.url);
  const site = await siteAt(env, url, Date.now()).catch(() => undefined);
  // We show nothing until we know which site the host belongs to.
  if (site === undefined) return new Response("Try again.", { status: 503, headers: { "Retry-After": "5" } });
  if (site) return onBrandsHost(request, url, site, env, executionCtx);
  const known = answerAtHand(request);
  if (!known || (await isLimited(env, request))) return pass(request, url, env, executionCtx);
  const { body, headers, route } = known;
  const requestId = requestIdOf(request.headers.get("X-Request-Id"));
  headers.set("X-Request-Id", requestId);
  logRequest(env, { requestId, method: request.method, route, status: 200, started }, newMeter());
  return new Response(body, { headers });
}

/** A brand's own host serves only its pages and links. */
function onBrandsHost(request: Request, url: URL, site: Site, env: Env, executionCtx: ExecutionContext) {
  const served = onSite(request, url, site);
  return served
    ? pass(served, new URL(served.url), { ...env, SITE: site }, executionCtx)
    : new Response("Not found.", { status: 404, headers: { "Content-Type": "text/plain" } });
}

/** Whether the rate limit is exceeded. The middleware then sends the 429. */
const isLimited = (env: Env, request: Request) =>
  env.RATE_LIMITS !== "off" &&
  limit({ env }, "public", addressIn(request.headers)).then(
    () => false,
    () => true,
  );

let made: typeof import("./whole-app") | undefined;

/** The whole product, loaded for requests that do not come from visitors. */
export async function whole() {
  made ??= await import("./whole-app");
  return made.app;
}

/** Passes a request to the part of the product that handles it. */
async function pass(request: Request, { pathname }: URL, env: Env, executionCtx: ExecutionContext) {
  if (isOfVisitors(pathname)) return visitorApp.fetch(request, env, executionCtx);
  return (await whole()).fetch(request, env, executionCtx);
}
