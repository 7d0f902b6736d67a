import { mayHaveCommitted } from "../../lib/d1-failure";
import { within } from "../../lib/deadline";
import type { Env } from "../../lib/env";
import { log } from "../../lib/log";
import type { Letter } from "../email-content/email-content";

/** The sender's name on emails to members, which come from no brand. */
const OUR_NAME = "Referrals";
const TIMEOUT_MS = 10_000;
const PROVIDERS_CODE = /^E_[A-Z_]{1,40}$/;

type Post = { to: string; fromName: string | null; unsubscribeUrl: string | null; letter: Letter };

/** `unknown`: the email may have been sent; there is no way to find out. */
type Result = { sent: true } | { sent: false; outcome: "refused" | "unknown"; error: string };

class Late extends Error {}

/** Whether emails cannot be sent, because a setting is missing. */
export const isOff = (env: Env) => !env.EMAIL || !env.MAIL_FROM;

/** Hands an email to the provider once. Never throws: any failure is a result. */
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

/** A provider's message can contain the recipient's email; its codes cannot. */
function codeOf(error: unknown) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "refused";
  log("error", "mail refused", { code, error: String(error).replace(/\S+@\S+/g, "<address>") });
  return PROVIDERS_CODE.test(code) ? code : "refused";
}
