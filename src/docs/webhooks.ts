import type { z } from "zod";
import type { newSchemas } from "./schemas";

/** An event type: when it is sent, and its body's schema. `name` is the type as an identifier. */
export type EventBody = { type: string; when: string; name: string; body: z.ZodType };

const header = (name: string, description: string, example: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
  example,
});

/** The headers of Standard Webhooks. */
const parameters = [
  header(
    "webhook-id",
    "The event's ID, the same on every attempt and at every endpoint.",
    "evt_01hf7yat00c5m2r8kq3v9x4b6n",
  ),
  header("webhook-timestamp", "When this attempt was sent, in Unix seconds.", "1769860800"),
  header(
    "webhook-signature",
    "`v1,` and the signature in base64; two signatures during a rotation.",
    "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
  ),
];

/** The document's webhooks: what we POST to endpoints of `createWebhook`. */
export const webhooksOf = (events: EventBody[], { add }: ReturnType<typeof newSchemas>) =>
  Object.fromEntries(
    events.map(({ type, when, name, body }) => [
      type,
      {
        post: {
          operationId: `receive${name}`,
          summary: when,
          description: `${when} See the webhooks guide for how to verify the signature and when we retry.`,
          tags: ["Webhooks"],
          security: [],
          parameters,
          requestBody: {
            required: true,
            description: "The event.",
            content: { "application/json": { schema: add(body, "output") } },
          },
          responses: {
            "2XX": { description: "The event was received. We ignore the body." },
            "4XX": { description: "We retry later. 410 disables the webhook immediately." },
          },
        },
      },
    ]),
  );
