import { randomBytes, toBase64Url } from "../../lib/crypto";
import { DAY_MS } from "../../lib/day";
import type { Env } from "../../lib/env";
import { HASH, type Kind, readToken, signToken } from "../../lib/signed";

/** Random, so no two forms have the same token. */
const SECRET = HASH;
const SECRET_BYTES = 16;
const FORM: Kind = { purpose: "form", secret: "CODE_SECRET", parts: [SECRET], lifetimeMs: DAY_MS };
/** Milliseconds. Nobody reads and fills in a form faster, not even with autofill. */
export const FILL_MIN_MS = 1_500;

/** A token for the form's hidden field. It records when the campaign's form was served. */
export const formToken = (env: Env, campaignId: number, now: Date) =>
  signToken(env, FORM, { parts: [toBase64Url(randomBytes(SECRET_BYTES))], issued: now, state: String(campaignId) });

/** A secret that only the page with this form knows. Null for a token without one. */
export function secretOfForm(token: string) {
  const [secret = ""] = token.split(".", 1);
  return SECRET.test(secret) ? secret : null;
}

/** The age of the form in milliseconds. Null if it is not ours or is older than a day. */
export async function formAge(env: Env, campaignId: number, token: string, now: Date): Promise<number | null> {
  return (await readToken(env, FORM, token, now, String(campaignId)))?.age ?? null;
}

/**
 * `stale` if the form is older than a day, from another campaign, or not ours, which says nothing about the visitor.
 * `too_fast` if it came back too soon.
 */
export async function formState(env: Env, campaignId: number, token: string, now: Date) {
  const form = await readToken(env, FORM, token, now, String(campaignId));
  if (!form) return "stale";
  return form.age < FILL_MIN_MS ? "too_fast" : "fine";
}
