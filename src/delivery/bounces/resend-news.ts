import { z } from "zod";
import { sameText } from "../../lib/crypto";
import { signatures } from "../../outbox/webhooks/signature";
import { plainId } from "../mailer/provider";
import type { News } from "./news";

/** Older requests are rejected, so nobody can replay a recorded one. */
const TOLERANCE_SECONDS = 300;
const SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/;

/** A Resend event: https://resend.com/docs/webhooks/event-types */
const Event = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z.object({
    email_id: z.string().max(300),
    to: z.array(z.string().max(400)).min(1),
    bounce: z.object({ type: z.string() }).optional().catch(undefined),
  }),
});

const happened: Record<string, (event: z.output<typeof Event>) => News["what"]> = {
  "email.bounced": ({ data }) => (data.bounce?.type === "Transient" ? "soft_bounce" : "hard_bounce"),
  "email.complained": () => "complaint",
  "email.suppressed": () => "rejected",
  "email.failed": () => "delivery_failed",
};

/**
 * Whether Resend signed this body within the last minutes. It uses the Standard Webhooks scheme with different header
 * names.
 */
export async function isResends(secret: string, headers: Headers, body: string, now: Date): Promise<boolean> {
  const [id, at, sent] = ["svix-id", "svix-timestamp", "svix-signature"].map((name) => headers.get(name) ?? "");
  if (!id || !at || !sent || !SECRET.test(secret)) return false;
  if (!(Math.abs(now.getTime() / 1000 - Number(at)) <= TOLERANCE_SECONDS)) return false;
  const ours = await signatures([secret], id, Number(at), body);
  const checked = await Promise.all(
    sent
      .split(" ")
      .slice(0, 5)
      .map((one) => sameText(one, ours)),
  );
  return checked.includes(true);
}

/** A signed body's event, or "nothing". */
export function resendNews(body: unknown): News | "nothing" {
  const { data: event } = Event.safeParse(body);
  const what = event && happened[event.type]?.(event);
  if (!event || !what) return "nothing";
  const { email_id, to } = event.data;
  return { provider_id: plainId(email_id) ?? "", recipient: to[0] ?? "", what, at: event.created_at };
}
