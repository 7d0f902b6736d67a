import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { COUNTED, PageQuery, pagination, walkPagination } from "../../lib/page";
import { deliveries, retryDelivery, testWebhook } from "./delivery";
import { recoverDeliveries } from "./recovery";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  endPreviousSecret,
  rotateSecret,
  webhookOf,
  webhooks,
} from "./webhook";
import {
  DeletedWebhook,
  Delivery,
  DeliveryParam,
  DeliveryQuery,
  NewSecret,
  NewWebhook,
  Recovered,
  Recovery,
  Webhook,
  WebhookChange,
  WebhookParam,
  WebhookWithSecret,
} from "./webhook-schema";

export const webhookRoutes = createRouter();

const tags = ["Webhooks"];
const WebhookList = listOf("webhooks", Webhook);
const DeliveryList = listOf("deliveries", Delivery);
const example = { link: "https://example.com/hooks", events: ["participant.signup", "reward.fulfilled"] };

webhookRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/webhooks",
    operationId: "listWebhooks",
    summary: "List webhooks",
    description: "Includes the reason why a webhook is disabled.",
    tags,
    request: { query: PageQuery },
    responses: { 200: answers(WebhookList, "The account's webhooks, newest first.") },
  }),
  async (c) => {
    const page = c.req.valid("query");
    const { rows, total } = await webhooks(c.var.ctx, page);
    return c.json(
      ok(WebhookList, { webhooks: rows, pagination: pagination(page, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

webhookRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/webhooks",
    operationId: "createWebhook",
    summary: "Create a webhook",
    audit: "Created a webhook",
    description:
      "We POST `{type, timestamp, livemode, data}` as JSON, signed according to Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`). A 2xx within 15 seconds is a success. After anything else, including redirects, we retry after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, and 24 h. A 410 disables the webhook immediately, and so do 5 days with only failures. Events can arrive more than once and in any order; `webhook-id` identifies them. If a webhook with the same URL, campaign, and events exists, the request enables and returns it with its secret instead of creating another.",
    tags,
    request: { body: takes(NewWebhook, example) },
    responses: {
      201: answers(WebhookWithSecret, "The webhook. Its secret is shown only in this response."),
      ...fails("bad_link", "not_found", "webhook_limit"),
    },
  }),
  async (c) => c.json(ok(WebhookWithSecret, await createWebhook(c.var.ctx, c.req.url, c.req.valid("json"))), 201),
);

webhookRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/webhooks/{webhookId}",
    operationId: "getWebhook",
    summary: "Get a webhook",
    description: "The secret is not included. It is shown when the webhook is created.",
    tags,
    request: { params: WebhookParam },
    responses: { 200: answers(Webhook, "The webhook."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Webhook, await webhookOf(c.var.ctx, c.req.valid("param").webhookId)), 200),
);

webhookRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/webhooks/{webhookId}",
    operationId: "updateWebhook",
    summary: "Change a webhook",
    audit: "Updated a webhook",
    description: "Send any subset of the fields. `status: active` re-enables a disabled webhook.",
    tags,
    request: { params: WebhookParam, body: takes(WebhookChange, { status: "active" }) },
    responses: { 200: answers(Webhook, "The updated webhook."), ...fails("bad_link", "not_found", "conflict") },
  }),
  async (c) => {
    const { webhookId } = c.req.valid("param");
    return c.json(ok(Webhook, await changeWebhook(c.var.ctx, c.req.url, webhookId, c.req.valid("json"))), 200);
  },
);

webhookRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/webhooks/{webhookId}",
    operationId: "deleteWebhook",
    summary: "Delete a webhook and its deliveries",
    audit: "Deleted a webhook",
    description: "Also deletes its deliveries and their attempts.",
    tags,
    request: { params: WebhookParam },
    responses: { 200: answers(DeletedWebhook, "Deleted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedWebhook, await deleteWebhook(c.var.ctx, c.req.valid("param").webhookId)), 200),
);

webhookRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/webhooks/{webhookId}/secret",
    operationId: "rotateWebhookSecret",
    summary: "Rotate a webhook's secret",
    audit: "Rotated a webhook's secret",
    description:
      "Both secrets sign for 24 hours, unless you end the old one. During this time, the secret cannot be rotated again.",
    tags,
    request: { params: WebhookParam },
    responses: {
      201: answers(NewSecret, "The new secret. This is the only time it is shown."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => c.json(ok(NewSecret, await rotateSecret(c.var.ctx, c.req.valid("param").webhookId)), 201),
);

webhookRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/webhooks/{webhookId}/secret/previous",
    operationId: "deletePreviousWebhookSecret",
    summary: "End a webhook's old secret",
    audit: "Ended a webhook's old secret",
    description: "For a leaked secret: rotate it, then end the old one. From then on, only the new secret signs.",
    tags,
    request: { params: WebhookParam },
    responses: { 200: answers(Webhook, "The webhook."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Webhook, await endPreviousSecret(c.var.ctx, c.req.valid("param").webhookId)), 200),
);

webhookRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/webhooks/{webhookId}/test",
    operationId: "testWebhook",
    summary: "Send a test event",
    audit: "Sent a test event",
    description: "Sends a `webhook.test` event to this webhook, with the data of a fictional participant's signup.",
    tags,
    request: { params: WebhookParam },
    responses: { 202: answers(Delivery, "The delivery in progress."), ...fails("not_found", "conflict") },
  }),
  async (c) => c.json(ok(Delivery, await testWebhook(c.var.ctx, c.req.valid("param").webhookId)), 202),
);

webhookRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/webhooks/{webhookId}/deliveries",
    operationId: "listDeliveries",
    summary: "List a webhook's deliveries",
    description: `Newest first. Finished deliveries are kept for 30 days. ${COUNTED}`,
    tags,
    request: { params: WebhookParam, query: DeliveryQuery },
    responses: { 200: answers(DeliveryList, "Deliveries with their attempts."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await deliveries(c.var.ctx, c.req.valid("param").webhookId, query);
    return c.json(
      ok(DeliveryList, {
        deliveries: page.rows,
        pagination: walkPagination(query, page),
        ignored: ignoredIn(c.req),
      }),
      200,
    );
  },
);

webhookRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/webhooks/{webhookId}/recover",
    operationId: "recoverDeliveries",
    summary: "Deliver what a webhook missed",
    audit: "Recovered failed deliveries",
    description:
      "Restarts up to 1,000 failed deliveries since the given time, and adds up to 1,000 deliveries of events from while the webhook was disabled, oldest first. It reaches back 29 days, but not before the webhook's creation, and examines 20,000 events per call. Repeat it, with `after` while `next` is not null, until it returns 0. Each event is delivered once.",
    tags,
    request: { params: WebhookParam, body: takes(Recovery, { since: "2026-01-31T12:00:00.000Z" }) },
    responses: {
      202: answers(Recovered, "The number of deliveries that were restarted or added."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => {
    const { webhookId } = c.req.valid("param");
    return c.json(ok(Recovered, await recoverDeliveries(c.var.ctx, webhookId, c.req.valid("json"))), 202);
  },
);

webhookRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/deliveries/{deliveryId}/retry",
    operationId: "retryDelivery",
    summary: "Redeliver an event",
    audit: "Retried a delivery",
    description:
      "Restarts the delivery's schedule, whether it failed, succeeded, or is waiting. `webhook-id` stays the same.",
    tags,
    request: { params: DeliveryParam },
    responses: { 202: answers(Delivery, "The restarted delivery."), ...fails("not_found", "conflict") },
  }),
  async (c) => c.json(ok(Delivery, await retryDelivery(c.var.ctx, c.req.valid("param").deliveryId)), 202),
);
