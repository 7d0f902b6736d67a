import type { Hono } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { bodyUpTo, type HonoEnv } from "./lib/http";

/** A coupon upload of 100 000 codes of 100 characters, and some room. */
const BODY_MAX_BYTES = 12_000_000;

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
/** Lets programs on any website call what is below these paths: they carry a key of their own, and no cookie counts there. */
export function openToAllOrigins(app: Pick<Hono<HonoEnv>, "options" | "use">, paths: string[]) {
  for (const path of paths) {
    app.options(path, preflight);
    app.use(path, async (c, next) => {
      await next();
      c.res.headers.set("Access-Control-Allow-Origin", "*");
      c.res.headers.set("Access-Control-Expose-Headers", EXPOSED);
    });
  }
}

export const limitBody = bodyUpTo(BODY_MAX_BYTES);

/** A body without a Content-Type is taken for JSON: people who type their requests by hand forget it. */
export const takeForJson = createMiddleware<HonoEnv>(async (c, next) => {
  if (c.req.raw.body && !c.req.header("Content-Type")) {
    const headers = new Headers(c.req.raw.headers);
    headers.set("Content-Type", "application/json");
    c.req.raw = new Request(c.req.raw, { headers });
  }
  await next();
});
