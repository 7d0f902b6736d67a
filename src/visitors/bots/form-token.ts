import { DAY_MS } from "../../lib/day";
import type { Env } from "../../lib/env";
import { type Kind, readToken, signToken } from "../../lib/signed";

const FORM: Kind = { purpose: "form", secret: "CODE_SECRET", parts: [], lifetimeMs: DAY_MS };
/** Milliseconds. Nobody reads and fills in a form faster than this, not even with autofill. */
export const FILL_MIN_MS = 1_500;

/** A token for the form's hidden field, which says when the campaign's form was served. */
export const formToken = (env: Env, campaignId: number, now: Date) =>
  signToken(env, FORM, { parts: [], issued: now, state: String(campaignId) });

/** `stale` if the form is older than a day, from another campaign or not ours. `too_fast` if it came back too soon. */
export async function formState(env: Env, campaignId: number, token: string, now: Date) {
  const form = await readToken(env, FORM, token, now, String(campaignId));
  if (!form) return "stale";
  return form.age < FILL_MIN_MS ? "too_fast" : "fine";
}
