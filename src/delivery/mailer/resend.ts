import { z } from "zod";
import type { Env } from "../../lib/env";
import { log } from "../../lib/log";
import { codes, kindOf } from "./codes";
import type { Answer, Provider } from "./provider";

const TIMEOUT_MS = 9_000;
const API = "https://api.resend.com";

const Sent = z.object({ id: z.string().max(200) });
const Refused = z.object({ name: z.string().max(60) });

/** Resend, over HTTP: https://resend.com/docs/api-reference/emails/send-email */
export const resend = ({ RESEND_API_KEY, RESEND_URL }: Env): Provider => ({
  missing: RESEND_API_KEY ? [] : ["RESEND_API_KEY"],
  send: async ({ from, to, replyTo, subject, text, html, headers, key }) => {
    const response = await fetch(`${RESEND_URL || API}/emails`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${RESEND_API_KEY}`,
        "Content-Type": "application/json",
        // Resend remembers keys for 24 hours, so a repeated attempt does not send a second email.
        "Idempotency-Key": key,
      },
      body: JSON.stringify({
        from: `${quoted(from.name)} <${from.email}>`,
        to: [to],
        reply_to: replyTo,
        subject,
        text,
        html,
        headers,
      }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null);
    if (!response) return { code: "connection_lost", kind: "unknown" };
    return answerOf(response.status, await response.json().catch(() => null));
  },
});

const quoted = (name: string) => `"${name.replace(/["\\\r\n]/g, "")}"`;

function answerOf(status: number, body: unknown): Answer {
  if (status >= 200 && status < 300) return { id: Sent.safeParse(body).data?.id ?? null };
  const name = Refused.safeParse(body).data?.name ?? "";
  const code = Object.hasOwn(codes, name) ? name : "refused";
  log("error", "mail refused", { code, http_status: status });
  // The same name is used for an invalid email (400, 422) and for an unverified sender (403).
  if (code === "validation_error" && status !== 403) return { code: "invalid_parameter", kind: "ends" };
  if (code === "refused" && status === 429) return { code: "rate_limit_exceeded", kind: "pauses" };
  return { code, kind: kindOf(code) };
}
