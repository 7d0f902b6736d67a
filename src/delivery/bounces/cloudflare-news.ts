import { z } from "zod";
import { plainId } from "../mailer/provider";
import type { News } from "./news";

const PREFIX = "cf.email.sending.message.";

/** An event of Email Sending: https://developers.cloudflare.com/queues/event-subscriptions/events-schemas/#email-sending */
const Event = z.object({
  type: z.string().startsWith(PREFIX),
  payload: z.object({
    messageId: z.string().max(300),
    recipient: z.string().max(400),
    bounce: z.object({ type: z.string() }).optional().catch(undefined),
  }),
  metadata: z.object({ eventTimestamp: z.coerce.date() }),
});

const happened: Record<string, (event: z.output<typeof Event>) => News["what"]> = {
  // Temporary failures are named `soft` after all retries have failed.
  bounced: ({ payload }) => (payload.bounce?.type === "soft" ? "soft_bounce" : "hard_bounce"),
  complained: () => "complaint",
  rejected: () => "rejected",
  failed: () => "delivery_failed",
};

/** A message's event. "nothing" if it is an email event that changes nothing, null if it is not an email event. */
export function cloudflareNews(body: unknown): News | "nothing" | null {
  const { data: event } = Event.safeParse(body);
  if (!event) return null;
  const what = happened[event.type.slice(PREFIX.length)]?.(event);
  const { messageId, recipient } = event.payload;
  return what
    ? { provider_id: plainId(messageId) ?? "", recipient, what, at: event.metadata.eventTimestamp }
    : "nothing";
}
