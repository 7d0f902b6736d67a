import { DAY_MS } from "../../lib/day";
import type { Env } from "../../lib/env";
import { type Kind, readToken, signToken } from "../../lib/signed";

const FORM: Kind = { purpose: "form", secret: "CODE_SECRET", parts: [], lifetimeMs: DAY_MS };
/** Nobody reads and fills in a form faster than this, not even with autofill. */
export const FILL_MIN_MS = 1_500;

/** Says when a campaign's form was served. For the form's hidden field. */
export const formToken = (env: Env, campaignId: number, now: Date) =>
  signToken(env, FORM, { parts: [], issued: now, state: String(campaignId) });

/** How a form came back: `stale` if it is older than a day, another campaign's, or not ours. */
export async function formState(env: Env, campaignId: number, token: string, now: Date) {
  const form = await readToken(env, FORM, token, now, String(campaignId));
  if (!form) return "stale";
  return form.age < FILL_MIN_MS ? "too_fast" : "fine";
}
