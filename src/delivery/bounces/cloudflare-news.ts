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
  // Events name temporary failures `soft` once all retries are over.
  bounced: ({ payload }) => (payload.bounce?.type === "soft" ? "soft_bounce" : "hard_bounce"),
  complained: () => "complaint",
  rejected: () => "rejected",
  failed: () => "delivery_failed",
};

/** The news in a message, "nothing" if it is an event that changes nothing, or null if it is no event of email. */
export function cloudflareNews(body: unknown): News | "nothing" | null {
  const { data: event } = Event.safeParse(body);
  if (!event) return null;
  const what = happened[event.type.slice(PREFIX.length)]?.(event);
  const { messageId, recipient } = event.payload;
  return what
    ? { provider_id: plainId(messageId) ?? "", recipient, what, at: event.metadata.eventTimestamp }
    : "nothing";
}
