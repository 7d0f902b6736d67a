import { limit } from "../../auth/limit";
import { rulesOf } from "../../campaigns/gate-rules";
import { unseal } from "../../lib/crypto";
import type { Ctx } from "../../lib/ctx";
import { secret } from "../../lib/env";
import { AppError } from "../../lib/errors";
import { isDisposable } from "./disposable";
import { formState } from "./form-token";
import { HONEYPOT, type Signs } from "./gate-schema";
import { turnstileVerdict } from "./turnstile";

type Visitor = Signs & { email: string };

/**
 * Checks a visitor's signup. Returns false for a detected program, which must not notice: respond as if the signup had
 * worked.
 * @throws 429; 400 `captcha_failed` if it may be a person, who should try again; 400 `disposable_email`
 */
export async function checkVisitor(ctx: Ctx, campaignId: number, visitor: Visitor, address: string): Promise<boolean> {
  await limit(ctx, "join", `${campaignId} ${address}`);
  if (visitor[HONEYPOT]) return false;
  const rules = await rulesOf(ctx, campaignId);
  const { turnstile_site_key, turnstile_secret } = rules;
  const isSolved = turnstile_site_key && turnstile_secret && (await solved(ctx, turnstile_secret, visitor, address));
  if (!isSolved) await refuseHaste(ctx, campaignId, visitor);
  if (rules.block_disposable && (await isDisposable(ctx, visitor.email))) throw new AppError("disposable_email");
  return true;
}

/** Whether Turnstile confirms the visitor. If Cloudflare is down, we accept everybody, so signups continue. */
async function solved(ctx: Ctx, sealed: string, { turnstile_token }: Visitor, address: string) {
  if (!turnstile_token) throw new AppError("captcha_failed");
  const key = await unseal(secret(ctx.env, "SEAL_SECRET"), sealed);
  const verdict = await turnstileVerdict(ctx, key, turnstile_token, address);
  if (verdict === "failed") throw new AppError("captcha_failed");
  return verdict === "passed";
}

async function refuseHaste(ctx: Ctx, campaignId: number, { form_token }: Visitor) {
  if (!form_token) return;
  const state = await formState(ctx.env, campaignId, form_token, ctx.now());
  if (state === "too_fast") throw new AppError("captcha_failed", "That was too fast. Try again.");
}
