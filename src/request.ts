import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { madeFor } from "./auth/in-process";
import { policyHeader, RateLimited } from "./auth/limit";
import { newEventId, randomHex24 } from "./lib/crypto";
import type { Ctx } from "./lib/ctx";
import { type Db, type Meter, newMeter, openDb } from "./lib/db";
import { keepAnswer } from "./lib/edge";
import type { Env } from "./lib/env";
import type { HonoEnv } from "./lib/http";
import { describeError, log } from "./lib/log";

const CLIENT_REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;
const BOOKMARK = /^[0-9a-f-]{16,128}$/;

/** The client's request id if it is valid, otherwise a new one. */
export const requestIdOf = (sent: string | null | undefined) =>
  sent && CLIENT_REQUEST_ID.test(sent) ? sent : `req_${randomHex24()}`;

type Answered = { requestId: string; method: string; route: string; status: number; started: number };

/** One year. Subdomains are not included, because they may belong to others. */
const HSTS = "max-age=31536000";
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Redirects an http request to https if the installation's links use https. Null for all other requests, including
 * those from a proxy that terminated TLS.
 */
export function movedToHttps(request: Request, env: Env): Response | null {
  if (!env.PUBLIC_URL.startsWith("https:") || !request.url.startsWith("http:")) return null;
  const url = new URL(request.url);
  if (LOOPBACK.test(url.hostname) || request.headers.get("X-Forwarded-Proto") === "https") return null;
  url.protocol = "https:";
  return new Response(null, { status: 308, headers: { Location: url.href } });
}

/** Logs one line per request, without its body, IP address or query. */
export function logRequest(env: Env, { requestId, started, ...answered }: Answered, meter: Meter) {
  if (env.LOGS === "off") return;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  log("info", "request", { request_id: requestId, ...answered, ms, ...meter });
}

/** Gives a request its id and context, and logs it after the response. */
export const requestContext = createMiddleware<HonoEnv>(async (c, next) => {
  const started = performance.now();
  const requestId = requestIdOf(c.req.header("X-Request-Id"));
  const isRead = c.req.method === "GET" || c.req.method === "HEAD";
  const bookmark = c.req.header("X-Bookmark");
  // An agent's next call has no bookmark, and expects to see the result of the previous one.
  const consistency = isRead && !madeFor(c.env) ? "first-unconstrained" : "first-primary";
  let db: Db | undefined;
  let origin: string | undefined;
  let requestEvent: string | undefined;
  // Created on first use: a cached copy is served without a database session.
  const ctx: Ctx = {
    actor: { kind: "public" },
    get db() {
      db ??= openDb(c.env.DB, bookmark && BOOKMARK.test(bookmark) ? bookmark : consistency);
      return db;
    },
    get origin() {
      origin ??= c.env.SITE?.origin ?? (c.env.PUBLIC_URL || new URL(c.req.url).origin);
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
        work.catch((error) =>
          log("error", "background work failed", { request_id: requestId, ...describeError(error) }),
        ),
      ),
    effects: [],
  };
  c.set("requestId", requestId);
  c.set("ctx", ctx);
  await next();

  // Set on the response directly: each `c.header` would create a new response.
  const { headers, status } = c.res;
  headers.set("X-Request-Id", requestId);
  headers.set("X-Content-Type-Options", "nosniff");
  if (c.req.url.startsWith("https:")) headers.set("Strict-Transport-Security", HSTS);
  const written = isRead ? null : db?.bookmark();
  if (written) headers.set("X-Bookmark", written);
  const policy = c.error instanceof RateLimited ? policyHeader(c.error.policy) : c.var.policy;
  if (policy) headers.set("RateLimit-Policy", policy);
  const route = routePath(c, -1);
  keepAnswer(c, route);
  logRequest(c.env, { requestId, method: c.req.method, route, status, started }, db?.meter ?? newMeter());
});
