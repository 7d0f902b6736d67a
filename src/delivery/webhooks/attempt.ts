import type { Answer } from "../../../drizzle/schema";
import { unseal } from "../../lib/crypto";
import type { JobCtx } from "../../lib/ctx";
import { type Env, secret } from "../../lib/env";
import { isUnreachable } from "../../lib/unreachable";
import type { Addresses } from "../../outbox/webhooks/dns";
import { readLink } from "../../outbox/webhooks/endpoint-url";
import { signatures } from "../../outbox/webhooks/signature";
import { answerIn } from "./answer";
import { bodyOf, originOf } from "./body";
import type { Leased } from "./delivery-store";
import { retryAfterMs } from "./webhook-schedule";

const TIMEOUT_MS = 15_000;
const USER_AGENT = "Referrals-Webhooks/1.0";

/** The result of an attempt. `error` is null after a 2xx. */
export type Result = {
  at: Date;
  duration_ms: number;
  status_code: number | null;
  error: string | null;
  retry_after_ms: number | null;
  /** Null if there was no response, or it is not stored. */
  answer: Answer | null;
  /** The resolver failed. This says nothing about the endpoint. */
  is_our_fault: boolean;
};

type LookUp = (host: string) => Promise<Addresses>;

/** Posts an event to its endpoint once. Any behavior of the endpoint is a result. @throws if we cannot even try */
export async function attempt(ctx: JobCtx, delivery: Leased, addresses: LookUp): Promise<Result> {
  const { webhook } = delivery;
  if (webhook.status === "disabled") return { ...unanswered(ctx.now(), ctx.now()), error: "endpoint_disabled" };
  const result = await post(ctx, delivery, webhook.link, originOf(ctx.env, delivery.facts), addresses, () =>
    bodyOf(ctx.env, delivery),
  );
  return keepsAnswer(delivery, result.error) ? result : { ...result, answer: null };
}

const unanswered = (at: Date, now: Date): Result => ({
  at,
  duration_ms: now.getTime() - at.getTime(),
  status_code: null,
  error: null,
  retry_after_ms: null,
  answer: null,
  is_our_fault: false,
});

/**
 * Posts a signed body to a URL once. The URL must be public and not our own, including `ownOrigin`. Redirects are not
 * followed, and only the start of the response is read. @throws if we cannot even try
 */
export async function post(
  ctx: JobCtx,
  message: Signed,
  url: string,
  ownOrigin: string,
  addresses: LookUp,
  bodyFor: () => Promise<string>,
): Promise<Result> {
  const at = ctx.now();
  const ends = (end: Partial<Result>): Result => ({ ...unanswered(at, ctx.now()), ...end });
  const link = readLink(ctx.env, url, [ownOrigin]);
  if ("refused" in link) return ends({ error: "url_blocked" });
  const found = link.isLocal ? "public" : await addresses(link.url.hostname);
  if (found === "private") return ends({ error: "dns_blocked" });
  if (found !== "public") return ends({ error: "dns_error", is_our_fault: found === "unknown" });

  const body = await bodyFor();
  const headers = await signedHeaders(ctx.env, message, body, ctx.now());
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(link.url.href, { method: "POST", headers, body, redirect: "manual", signal });
    const { status } = response;
    const error = errorOf(status);
    const answer = await answerIn(response);
    return ends({
      status_code: status,
      error,
      answer,
      retry_after_ms: retryAfterMs(response.headers.get("retry-after"), ctx.now()),
    });
  } catch {
    return ends({ error: signal.aborted ? "timeout" : "connect_error" });
  }
}

/** The headers that are the same on every attempt. The timestamp and signatures differ. */
export const plainHeaders = (eventId: string) => ({
  "content-type": "application/json",
  "user-agent": USER_AGENT,
  "webhook-id": eventId,
});

export async function signedHeaders(env: Env, { event_id, webhook }: Signed, body: string, now: Date) {
  const timestamp = Math.floor(now.getTime() / 1000);
  return {
    ...plainHeaders(event_id),
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await signatures(await secretsOf(env, webhook, now), event_id, timestamp, body),
  };
}

/** Responses are stored only for failures and tests, and never for erased participants. */
const keepsAnswer = ({ type, participant }: Leased, error: string | null) =>
  (error !== null || type === "webhook.test") && (participant === null || participant.email !== null);

const errorOf = (status: number) => {
  if (status >= 200 && status < 300) return null;
  if (isUnreachable(status)) return "connect_error";
  return status >= 300 && status < 400 ? "redirect" : `http_${status}`;
};

type Secrets = Pick<Leased["webhook"], "secret" | "previous_secret" | "previous_secret_expires">;
/** The signed message's ID, and the endpoint's secrets. */
type Signed = { event_id: string; webhook: Secrets };

/** Newest first. */
async function secretsOf(env: Env, { secret: current, previous_secret, previous_secret_expires }: Secrets, at: Date) {
  const sealed = [current];
  if (previous_secret && previous_secret_expires && previous_secret_expires > at) sealed.push(previous_secret);
  return Promise.all(sealed.map((text) => unseal(secret(env, "SEAL_SECRET"), text)));
}
