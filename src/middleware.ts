import type { Hono } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { bodyUpTo, type HonoEnv, mediaType } from "./lib/http";

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

const JSON_TYPE = "application/json";
const TEXT = "text/plain";
/** What curl says of any body that it sends, unless it is told otherwise. */
const FORM = "application/x-www-form-urlencoded";
const OF_API = /^\/(api|v1)\//;
const OF_COUPONS = /\/coupons$/;

/**
 * A body without a Content-Type is taken for JSON: people who type their requests by hand forget it. So is, on the API's paths, one
 * that begins like JSON and is called a form, as by curl, or text, as by scripts that spare themselves a preflight. Coupons may come
 * as lines of text, which read such JSON too.
 */
export const takeForJson = createMiddleware<HonoEnv>(async (c, next) => {
  const { body } = c.req.raw;
  const type = c.req.header("Content-Type");
  const media = mediaType(type);
  if (body && !type) c.req.raw = called(JSON_TYPE, c.req.raw, body);
  else if (body && (media === FORM || media === TEXT) && OF_API.test(c.req.path)) {
    if (OF_COUPONS.test(c.req.path)) c.req.raw = called(TEXT, c.req.raw, body);
    else {
      const [ahead, whole] = body.tee();
      c.req.raw = called((await beginsLikeJson(ahead)) ? JSON_TYPE : media, c.req.raw, whole);
    }
  }
  await next();
});

function called(type: string, request: Request, body: ReadableStream) {
  const headers = new Headers(request.headers);
  headers.set("Content-Type", type);
  return new Request(request, { headers, body });
}

/** So many bytes of white space may come before. */
const LOOKED_AT_BYTES = 1_000;

/** Reads no further than the first character that tells: whoever sends it is not known yet. */
async function beginsLikeJson(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let start = "";
  for (let seen = 0; start === "" && seen < LOOKED_AT_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) break;
    seen += value.byteLength;
    start = decoder.decode(value.subarray(0, LOOKED_AT_BYTES), { stream: true }).trimStart();
  }
  await reader.cancel();
  return /^[[{]/.test(start);
}
