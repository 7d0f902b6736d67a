import { mayHaveCommitted } from "../../lib/db";
import { within } from "../../lib/deadline";
import type { Env } from "../../lib/env";
import { log } from "../../lib/log";
import type { Letter } from "../email-content/email-content";

/** Whose name is on mails to members, which come from no brand. */
const OUR_NAME = "Referrals";
const TIMEOUT_MS = 10_000;
const PROVIDERS_CODE = /^E_[A-Z_]{1,40}$/;

/** Mail as the provider takes it, one to one. */
export type Post = { to: string; fromName: string | null; unsubscribeUrl: string | null; letter: Letter };

/** `unknown`: it may have gone out, and nobody will ever say. */
export type Result = { sent: true } | { sent: false; outcome: "refused" | "unknown"; error: string };

class Late extends Error {}

/** Whether mail can be sent at all. */
export const isOff = (env: Env) => !env.EMAIL || !env.MAIL_FROM;

/** Hands a mail to the provider, once. Whatever the provider does is a result. */
export async function send(env: Env, { to, fromName, unsubscribeUrl, letter }: Post): Promise<Result> {
  if (!env.EMAIL) return { sent: false, outcome: "refused", error: "mail_off" };
  try {
    const sending = env.EMAIL.send({
      from: { name: fromName ?? OUR_NAME, email: env.MAIL_FROM },
      to,
      ...letter,
      ...(unsubscribeUrl && {
        headers: { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
      }),
    });
    await within(TIMEOUT_MS, sending, () => new Late());
    return { sent: true };
  } catch (error) {
    if (error instanceof Late) return { sent: false, outcome: "unknown", error: "timeout" };
    if (mayHaveCommitted(error)) return { sent: false, outcome: "unknown", error: "connection_lost" };
    return { sent: false, outcome: "refused", error: codeOf(error) };
  }
}

/** A provider's words may hold the address; its codes do not. */
function codeOf(error: unknown) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "refused";
  log("error", "mail refused", { code, error: String(error).replace(/\S+@\S+/g, "<address>") });
  return PROVIDERS_CODE.test(code) ? code : "refused";
}
