import type { Env } from "../../lib/env";
import { describeError, log } from "../../lib/log";
import { signatures } from "../../outbox/webhooks/signature";
import type { AlertNews } from "./alert-news";

const TIMEOUT_MS = 10_000;

/**
 * Posts an alert to the operator's own URL. It may be on a private network, because the person who sets it runs the
 * installation. Signed like our webhooks if a secret is set. @returns whether it answered with a 2xx
 */
export async function postAlert(env: Env, { id, type, ...data }: AlertNews, now: Date): Promise<boolean> {
  if (!env.OPERATOR_WEBHOOK_URL) return false;
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
  const timestamp = Math.floor(now.getTime() / 1000);
  const secret = env.OPERATOR_WEBHOOK_SECRET;
  try {
    const response = await fetch(env.OPERATOR_WEBHOOK_URL, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        "content-type": "application/json",
        "user-agent": "Referrals-Alerts/1.0",
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        ...(secret && { "webhook-signature": await signatures([secret], id, timestamp, body) }),
      },
    });
    await response.body?.cancel();
    if (response.ok) return true;
    log("error", "alert not taken", { status: response.status });
  } catch (error) {
    log("error", "alert not posted", describeError(error));
  }
  return false;
}
