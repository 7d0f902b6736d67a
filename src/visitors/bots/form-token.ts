import { constantTimeEqual, fromBase64Url, hmac, toBase64Url } from "../../lib/crypto";
import { type Env, secret } from "../../lib/env";

const TAG_BYTES = 12;
const LIFETIME_MS = 86_400_000;
/** Nobody reads and fills in a form faster than this, not even with autofill. */
export const FILL_MIN_MS = 1_500;

const TOKEN = /^([0-9a-z]{1,10})\.([\w-]{16})$/;

/** Says when a campaign's form was served, in a way that nobody else can say it. For the form's hidden field. */
export async function formToken(env: Env, campaignId: number, now: Date) {
  const issued = now.getTime().toString(36);
  return `${issued}.${toBase64Url(await tag(env, campaignId, issued))}`;
}

/** How a form came back: `stale` when it is older than a day, or is not that campaign's, or was never ours. */
export async function formState(env: Env, campaignId: number, token: string, now: Date) {
  const [, issued = "", sent = ""] = TOKEN.exec(token) ?? [];
  if (!constantTimeEqual(fromBase64Url(sent), await tag(env, campaignId, issued))) return "stale";
  const age = now.getTime() - Number.parseInt(issued, 36);
  if (age > LIFETIME_MS) return "stale";
  return age < FILL_MIN_MS ? "too_fast" : "fine";
}

const tag = async (env: Env, campaignId: number, issued: string) =>
  (await hmac(secret(env, "CODE_SECRET"), `form:${campaignId}:${issued}`)).subarray(0, TAG_BYTES);
