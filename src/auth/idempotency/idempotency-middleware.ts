import type { Context, Next } from "hono";
import type { HonoEnv } from "../../lib/http";
import { describeError, log } from "../../lib/log";
import { claim, markCommitted, settle } from "./idempotency-key";

/**
 * A replayed page lacks the headers that its styles and scripts need. That is fine: browsers do not send idempotency
 * keys.
 */
const typeOf = (body: string): Record<string, string> =>
  body.startsWith("<!doctype html>")
    ? { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" }
    : { "Content-Type": "application/json" };

/** Runs a POST once for each Idempotency-Key of a caller, and replays its response to retries. */
export async function idempotent(c: Context<HonoEnv>, next: Next, scope: string) {
  const key = c.req.header("Idempotency-Key");
  if (key === undefined || c.req.method !== "POST") return next();

  const ctx = c.var.ctx;
  const path = c.req.path.replace(/^\/api\/v1\//, "/v1/");
  const claimed = await claim(ctx, { scope, method: c.req.method, path, key, body: await c.req.text() });
  if (claimed.kind === "replay") {
    c.res = new Response(claimed.body, {
      status: claimed.status,
      headers: { ...typeOf(claimed.body), "Idempotent-Replayed": "true" },
    });
    return;
  }
  c.set("ctx", { ...ctx, requestEvent: claimed.requestEvent, effects: [markCommitted(ctx.db, claimed.id)] });
  await next();
  const answer = await c.res.clone().text();
  // The caller gets the response even if it cannot be stored, because the request has taken effect.
  await settle(ctx, claimed.id, key, c.res.status, answer).catch((error) =>
    log("error", "idempotent response not stored", { request_id: c.var.requestId, ...describeError(error) }),
  );
}
