import { z } from "zod";
import { id } from "../shapes";
import { tool } from "../tool";

const WEBHOOKS_MAX = 20;

const Failure = z.object({
  delivery_id: z.number().int(),
  event_type: z.string(),
  attempts: z.number().int(),
  last_at: z.string().nullable(),
  last_status_code: z.number().int().nullable(),
  last_error: z.string().nullable(),
  next_attempt_at: z.string().nullable(),
});

type DeliveryRow = {
  id: number;
  type: string;
  next_attempt_at: string | null;
  attempts: { at: string; status_code: number | null; error: string | null }[];
};

function failureOf({ id: delivery_id, type, attempts, next_attempt_at }: DeliveryRow) {
  const last = attempts.at(-1);
  return {
    delivery_id,
    event_type: type,
    attempts: attempts.length,
    last_at: last?.at ?? null,
    last_status_code: last?.status_code ?? null,
    last_error: last?.error ?? null,
    next_attempt_at,
  };
}

export const failingWebhooks = tool({
  name: "failing_webhooks",
  title: "List failing webhooks",
  description:
    "Shows which webhook endpoints are disabled or have failed deliveries, and how the latest ones failed. When the endpoint works again, use recover_webhook.",
  input: z.object({}),
  output: z.object({
    webhooks: z.array(
      z.object({
        id: z.number().int(),
        link: z.string(),
        status: z.string(),
        disabled_reason: z.string().nullable(),
        failed: z.number().int().describe("The number of deliveries that failed for good within the last 30 days."),
        last_failures: z.array(Failure),
      }),
    ),
    looked_at: z.number().int().describe(`The number of webhooks examined: the newest ${WEBHOOKS_MAX} at most.`),
  }),
  needs: "read",
  repeats: true,
  run: async (_, { api }) => {
    const { webhooks } = await api.get("/webhooks", { limit: WEBHOOKS_MAX });
    const looked = await Promise.all(
      webhooks.map(async (webhook: { id: number; status: string }) => {
        const failed = await api.get(`/webhooks/${webhook.id}/deliveries`, { status: "failed", limit: 3 });
        return { ...webhook, failed: failed.pagination.total, last_failures: failed.deliveries.map(failureOf) };
      }),
    );
    return {
      webhooks: looked.filter(({ status, failed }) => failed > 0 || status !== "active"),
      looked_at: webhooks.length,
    };
  },
});

export const recoverWebhook = tool({
  name: "recover_webhook",
  title: "Recover what a webhook missed",
  description:
    "Enables a disabled webhook again, and delivers what it missed since a given time: up to 1,000 failed deliveries, and events from while it was disabled. Use it after failing_webhooks, when the endpoint works. Repeat it while `next` is not null.",
  input: z.object({
    webhook_id: id("From failing_webhooks."),
    since: z.string().max(40).describe("ISO 8601, at most 29 days ago."),
    after: z.string().max(200).optional().describe("`next` from the previous response, with the same `since`."),
  }),
  output: z.object({ enabled: z.boolean(), recovered: z.number().int(), next: z.string().nullable() }),
  needs: "write",
  repeats: true,
  reachesOut: true,
  run: async ({ webhook_id, since, after }, { api }) => {
    const { status } = await api.get(`/webhooks/${webhook_id}`);
    const wasDisabled = status !== "active";
    if (wasDisabled) await api.put(`/webhooks/${webhook_id}`, { status: "active" });
    const recovered = await api.post(`/webhooks/${webhook_id}/recover`, { since, ...(after && { after }) });
    return { ...recovered, enabled: wasDisabled };
  },
});
