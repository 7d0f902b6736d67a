import type { Hono } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { type HonoEnv, mediaType } from "./lib/http";

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
/** Opens these paths to programs on any website. They send their own key; cookies are not accepted there. */
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

const JSON_TYPE = "application/json";
const TEXT = "text/plain";
/** curl's default content type. */
const FORM = "application/x-www-form-urlencoded";
const OF_API = /^\/(api|v1)\//;
const OF_COUPONS = /\/coupons$/;

/** JSON in another encoding is rejected. Reading it as UTF-8 would store different characters than were sent. */
const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/**
 * Treats a body without a Content-Type as JSON, because people who type requests manually forget the header. On API
 * paths, this also applies to form and text bodies that start like JSON: curl labels its bodies as forms, and scripts
 * send text to avoid a preflight. Coupon uploads may be lines of text; their parser accepts such JSON too.
 */
export const takeForJson = createMiddleware<HonoEnv>(async (c, next) => {
  c.req.json = async () => JSON.parse(UTF_8.decode(await c.req.arrayBuffer()));
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

/** How many bytes to read in search of the first character that is not white space. */
const LOOKED_AT_BYTES = 1_000;

/** Reads only up to the first deciding character, because the caller is not authenticated yet. */
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
