import { z } from "zod";
import type { Ctx } from "../../lib/ctx";
import { describeError, log } from "../../lib/log";

/** The only external host whose scripts and frames we load, on pages with Turnstile. */
export const TURNSTILE = "https://challenges.cloudflare.com";

const VERIFY_URL = `${TURNSTILE}/turnstile/v0/siteverify`;
const DEADLINE_MS = 5_000;

const Verdict = z.object({ success: z.boolean(), "error-codes": z.array(z.string()).default([]) });
const UUID = /^evt_(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/**
 * Asks Cloudflare to verify a token. `unknown` if Cloudflare cannot be reached or does not know. A repeated request
 * sends the same idempotency key, because a token can be verified only once.
 */
export async function turnstileVerdict(ctx: Ctx, secret: string, token: string, address: string) {
  try {
    const response = await fetch(VERIFY_URL, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        secret,
        response: token,
        ...(address !== "unknown" && { remoteip: address }),
        idempotency_key: ctx.requestEvent.replace(UUID, "$1-$2-$3-$4-$5"),
      }),
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const { success, "error-codes": codes } = Verdict.parse(await response.json());
    if (codes.includes("internal-error")) throw new Error("Turnstile had an internal error.");
    if (codes.some((code) => code.endsWith("-input-secret")))
      log("error", "Turnstile rejected a campaign's secret", { codes });
    return success ? "passed" : "failed";
  } catch (error) {
    log("error", "Turnstile cannot be asked", describeError(error));
    return "unknown";
  }
}
