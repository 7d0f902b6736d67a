import { within } from "../../lib/deadline";
import { type Env, isLocal } from "../../lib/env";
import { cloudflare } from "./cloudflare";
import { kindOf } from "./codes";
import type { Answer, Envelope, Provider } from "./provider";
import { refusedWith } from "./refusal";
import { resend } from "./resend";
import { smtp } from "./smtp";

const TIMEOUT_MS = 10_000;

class Late extends Error {}

/** The providers that `MAIL_PROVIDER` can be set to. */
const providers: Record<string, (env: Env) => Provider> = { cloudflare, resend, smtp };

const providerOf = (env: Env): Provider => (providers[env.MAIL_PROVIDER || "cloudflare"] ?? UNKNOWN)(env);
const UNKNOWN = (): Provider => ({
  missing: ["MAIL_PROVIDER"],
  send: async () => ({ code: "mail_off", kind: "ends" }),
});

/** Why no email can be sent: the missing settings, and the reason to record. Null if email is on. */
export function offBecause(env: Env): { error: string; missing: string[] } | null {
  const missing = [...providerOf(env).missing, ...(env.MAIL_FROM ? [] : ["MAIL_FROM"])];
  if (missing.length > 0) return { error: "mail_off", missing };
  return env.PUBLIC_URL || isLocal(env) ? null : { error: "public_url_missing", missing: ["PUBLIC_URL"] };
}

/** Sends an email through the installation's provider, once. Never throws: any failure is an answer. */
export async function hand(env: Env, envelope: Envelope): Promise<Answer> {
  try {
    return await within(TIMEOUT_MS, providerOf(env).send(envelope), () => new Late());
  } catch (error) {
    if (error instanceof Late) return { code: "timeout", kind: "unknown" };
    const code = refusedWith(error);
    return { code, kind: kindOf(code) };
  }
}
