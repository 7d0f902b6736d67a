import { z } from "zod";
import {
  deliveryStatuses,
  disabledReasons,
  type EventType,
  eventTypes,
  webhookStatuses,
} from "../../../drizzle/schema/webhooks";
import { Id, line, prose, TimeIn, TimeOut } from "../../lib/fields";
import { filter, WalkQuery } from "../../lib/page";

const LINK = "An https URL on a public host. We send events to it as POST requests.";

export { eventTypes };

/** `endpoint-url.ts` decides which URLs are accepted. */
export const LinkIn = line(2000)
  .min(1)
  .meta({ type: "string", format: "uri", maxLength: 2000, description: LINK, example: "https://example.com/hooks" });

const EventTypeOut = z
  .enum(eventTypes)
  .meta({ id: "EventType", description: "The type of an event. See the webhooks in this document." });
export const EventTypeIn = z.enum(eventTypes).meta({ example: "participant.signup" });

const inOrder = (types: EventType[]) => eventTypes.filter((type) => types.includes(type));
const Events = z.array(EventTypeIn).max(100);
const ALL = "all events, including types we add later.";

const fields = {
  link: LinkIn,
  message: prose(1000).nullable().meta({ description: "A note for yourself." }),
  campaign_id: Id.nullable().meta({ description: "Null: all campaigns of the account." }),
  events: Events.min(1)
    .transform(inOrder)
    .nullable()
    .meta({ description: `Null: ${ALL}` }),
};

/** The form's checkbox for all events. */
export const ALL_EVENTS = "*";

export const WebhookForm = z
  .object({
    ...fields,
    events: z.preprocess((sent) => (Array.isArray(sent) && sent.includes(ALL_EVENTS) ? null : sent), fields.events),
  })
  .partial()
  .required({ link: true });

export const NewWebhook = z
  .object({
    ...fields,
    events: Events.nullable()
      .transform((types) => (types?.length ? inOrder(types) : null))
      .meta({ description: `Empty, null, or omitted: ${ALL}` }),
  })
  .partial()
  .required({ link: true })
  .meta({ id: "NewWebhook", description: "A new webhook endpoint." });
export type NewWebhook = z.infer<typeof NewWebhook>;

export const WebhookChange = z
  .object({ ...fields, status: z.enum(webhookStatuses) })
  .partial()
  .meta({ id: "WebhookChange", description: "The webhook fields to change." });
export type WebhookChange = z.infer<typeof WebhookChange>;

export const Webhook = z
  .object({
    id: z.int(),
    member_id: z.int(),
    link: z.string(),
    message: z.string().nullable(),
    campaign_id: z.int().nullable(),
    events: z.array(EventTypeOut),
    status: z.enum(webhookStatuses),
    disabled_reason: z.enum(disabledReasons).nullable().meta({
      description: "`gone`: the endpoint returned 410. `failing`: only failures for 5 days. `member`: you disabled it.",
    }),
    previous_secret_expires: TimeOut.nullable().meta({
      description: "The time until which the old secret also signs, after a rotation.",
    }),
    date_added: TimeOut,
  })
  .meta({ id: "Webhook", description: "Your endpoint that gets events." });
export type Webhook = z.input<typeof Webhook>;

export const WebhookWithSecret = Webhook.extend({
  secret: z.string().meta({
    description: "Verifies our signatures (Standard Webhooks). Shown only once.",
    example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  }),
}).meta({ id: "WebhookWithSecret", description: "The webhook with its secret, which is shown once." });
export type WebhookWithSecret = z.input<typeof WebhookWithSecret>;

export const NewSecret = z
  .object({
    secret: z.string(),
    previous_secret_expires: TimeOut.meta({ description: "Both secrets sign until this time." }),
  })
  .meta({ id: "NewWebhookSecret", description: "The new secret, which is shown once." });
export type NewSecret = z.input<typeof NewSecret>;

const Answer = z
  .object({
    content_type: z.string().nullable(),
    location: z.string().nullable().meta({ description: "The target of a redirect. We do not follow redirects." }),
    body: z
      .string()
      .nullable()
      .meta({ description: "The first 1,024 bytes of the response. Null if they are not UTF-8 text." }),
    is_cut: z.boolean().meta({ description: "Whether the body was longer or broke off." }),
  })
  .meta({
    id: "WebhookAnswer",
    description: `The endpoint's response, if the attempt failed or the event is a \`webhook.test\`. It is deleted with the delivery after
30 days, or when the participant is erased.`,
  });

export const Delivery = z
  .object({
    id: z.int(),
    event_id: z.string().meta({ description: "Sent as `webhook-id`, the same on every attempt." }),
    type: EventTypeOut,
    webhook_id: z.int(),
    status: z.enum(deliveryStatuses),
    attempts: z
      .array(
        z.object({
          at: z.string().meta({ format: "date-time" }),
          status_code: z.int().nullable(),
          error: z.string().nullable().meta({
            description:
              "`timeout`, `connect_error`, `redirect`, `http_<status>`, `url_blocked`, `dns_blocked`, `dns_error` or `endpoint_disabled`. Cloudflare's statuses 520 to 530 mean that it could not reach the endpoint, so they count as `connect_error`.",
          }),
          duration_ms: z.int(),
          answer: Answer.optional(),
        }),
      )
      .meta({ description: "The last 20 attempts." }),
    next_attempt_at: TimeOut.nullable(),
  })
  .meta({ id: "Delivery", description: "The delivery of an event to an endpoint." });
export type Delivery = z.input<typeof Delivery>;

export const DeliveryQuery = WalkQuery.extend({
  status: filter(z.enum(deliveryStatuses)).meta({
    description:
      "`pending` and `delivered` search the newest 10,000 deliveries, `failed` searches all. With `after`, each request searches 10,000, so a page may have fewer rows than `limit`. Continue until `next_after` is null.",
  }),
});
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;

export const Recovery = z
  .object({
    since: TimeIn,
    after: z
      .string()
      .regex(/^\d{1,16}:evt_\w{1,100}$/)
      .transform((text) => {
        const [campaign = "", id = ""] = text.split(":");
        return { campaign_id: Number(campaign), id };
      })
      .meta({ type: "string", description: "`next` from the previous response." })
      .optional(),
  })
  .meta({ id: "Recovery", description: "The events to deliver again." });
export type Recovery = z.infer<typeof Recovery>;
export const Recovered = z
  .object({
    recovered: z.int(),
    next: z.string().nullable().meta({
      description: "If not null, there are more events to examine: send it as `after`, with the same `since`.",
    }),
  })
  .meta({ id: "Recovered", description: "The number of deliveries that were restarted or added." });
export type Recovered = z.infer<typeof Recovered>;

export const DeletedWebhook = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "DeletedWebhook", description: "The deleted webhook." });

export const WebhookParam = z.object({ webhookId: Id });
export const DeliveryParam = z.object({ deliveryId: Id });
