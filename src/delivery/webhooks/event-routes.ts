import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { WebhookParam } from "../../outbox/webhooks/webhook-schema";
import { eventById, events } from "./event-log";
import { Event, EventList, EventParam, EventQuery } from "./event-log-schema";
import { replayEvents } from "./replay";
import { Replay, ReplayedEvents } from "./replay-schema";

export const eventRoutes = createRouter();

const tags = ["Events"];

eventRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/events",
    operationId: "listEvents",
    summary: "List events",
    description:
      "Your account's events of the last 30 days, in the order they happened, each with the body that webhooks send. Save `pagination.after` and send it with the next request: you get each event once, even while new ones arrive. A page examines a limited number of events, so with filters it may have fewer than `limit`, or none. Continue while `has_more` is true. Silent imports are not included.",
    tags,
    request: { query: EventQuery },
    responses: { 200: answers(EventList, "A page of events."), ...fails("not_found") },
  }),
  async (c) => {
    const page = await events(c.var.ctx, c.req.valid("query"));
    return c.json(ok(EventList, { ...page, ignored: ignoredIn(c.req) }), 200);
  },
);

eventRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/events/{eventId}",
    operationId: "getEvent",
    summary: "Get an event",
    description: "Get an event by its ID, for 30 days. The response is the body that webhooks send.",
    tags,
    request: { params: EventParam },
    responses: { 200: answers(Event, "The event."), ...fails("not_found") },
  }),
  async (c) => c.json({ success: true as const, data: await eventById(c.var.ctx, c.req.valid("param").eventId) }, 200),
);

eventRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/webhooks/{webhookId}/replay",
    operationId: "replayEvents",
    summary: "Replay events to a webhook",
    audit: "Replayed events to a webhook",
    description:
      "Sends the events of a range of time or numbers to this webhook, even if it already got them, failed, was disabled, or did not exist yet. Each event keeps its `webhook-id` and body, and is retried like any other delivery. A call examines 1,000 events. Continue with `next` until it is null.",
    tags: ["Webhooks"],
    request: {
      params: WebhookParam,
      body: takes(Replay, { from: "2026-01-31T00:00:00.000Z", to: "2026-01-31T12:00:00.000Z" }),
    },
    responses: {
      202: answers(ReplayedEvents, "The number of events that are being sent."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => {
    const { webhookId } = c.req.valid("param");
    return c.json(ok(ReplayedEvents, await replayEvents(c.var.ctx, webhookId, c.req.valid("json"))), 202);
  },
);
