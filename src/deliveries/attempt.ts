import type { JobCtx } from "../ctx";
import { type Env, secret } from "../env";
import { unseal } from "../lib/crypto";
import type { Addresses } from "../webhooks/dns";
import { readLink } from "../webhooks/link";
import { signatures } from "../webhooks/signature";
import { bodyOf, originOf } from "./body";
import { retryAfterMs } from "./schedule";
import type { Leased } from "./store";

const TIMEOUT_MS = 15_000;
/** Enough to let a connection be used again; nobody reads it. */
const ANSWER_MAX_BYTES = 4096;
const USER_AGENT = "Referrals-Webhooks/1.0";

/** How an attempt ended: `error` is null after a 2xx. */
export type Result = {
  at: Date;
  duration_ms: number;
  status_code: number | null;
  error: string | null;
  retry_after_ms: number | null;
  /** The resolver failed, which says nothing of the endpoint. */
  is_our_fault: boolean;
};

/** Posts an event to its endpoint, once. Whatever the endpoint does is a result. @throws when we cannot even try. */
export async function attempt(
  ctx: JobCtx,
  delivery: Leased,
  addresses: (host: string) => Promise<Addresses>,
): Promise<Result> {
  const at = ctx.now();
  const ends = (end: Partial<Result>): Result => ({
    at,
    duration_ms: ctx.now().getTime() - at.getTime(),
    status_code: null,
    error: null,
    retry_after_ms: null,
    is_our_fault: false,
    ...end,
  });
  const { webhook } = delivery;
  if (webhook.status === "disabled") return ends({ error: "endpoint_disabled" });
  const link = readLink(ctx.env, webhook.link, [originOf(ctx.env, delivery.facts)]);
  if ("refused" in link) return ends({ error: "url_blocked" });
  const found = link.isLocal ? "public" : await addresses(link.url.hostname);
  if (found === "private") return ends({ error: "dns_blocked" });
  if (found !== "public") return ends({ error: "dns_error", is_our_fault: found === "unknown" });

  const timestamp = Math.floor(ctx.now().getTime() / 1000);
  const body = await bodyOf(ctx.env, delivery);
  const headers = {
    ...plainHeaders(delivery.event_id),
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await signatures(await secretsOf(ctx.env, webhook, at), delivery.event_id, timestamp, body),
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(link.url.href, { method: "POST", headers, body, redirect: "manual", signal });
    const { status } = response;
    await discard(response, signal);
    return ends({
      status_code: status,
      error: errorOf(status),
      retry_after_ms: retryAfterMs(response.headers.get("retry-after"), ctx.now()),
    });
  } catch {
    return ends({ error: signal.aborted ? "timeout" : "connect_error" });
  }
}

/** What heads every attempt of a delivery; the moment and the signatures are of each. */
export const plainHeaders = (eventId: string) => ({
  "content-type": "application/json",
  "user-agent": USER_AGENT,
  "webhook-id": eventId,
});

const errorOf = (status: number) => {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? "redirect" : `http_${status}`;
};

/** Newest first. */
async function secretsOf(
  env: Env,
  { secret: current, previous_secret, previous_secret_expires }: Leased["webhook"],
  at: Date,
) {
  const sealed = [current];
  if (previous_secret && previous_secret_expires && previous_secret_expires > at) sealed.push(previous_secret);
  return Promise.all(sealed.map((text) => unseal(secret(env, "SEAL_SECRET"), text)));
}

/** Reads a little of the answer and lets go of the rest. A body that hangs or breaks does not change the status that came before it. */
async function discard(response: Response, signal: AbortSignal) {
  const reader = response.body?.getReader({ mode: "byob" });
  if (!reader) return;
  const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  try {
    await Promise.race([reader.read(new Uint8Array(ANSWER_MAX_BYTES)), aborted]);
    await reader.cancel();
  } catch {
    return;
  }
}
