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
      "What happened in your account in the last 30 days, in the order in which it happened, each with the body that webhooks send. Remember `pagination.after`, and ask again with it: you get each event once, however many arrive meanwhile. A page looks at a limited number of events, so with filters it may have fewer than `limit`, or none; go on while `has_more` is true. Imports that were kept silent are left out.",
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
    description: "By its id, for 30 days. It is the body that webhooks send.",
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
    summary: "Send events of the log to a webhook",
    audit: "Replayed events to a webhook",
    description:
      "Sends the events of a range of time or numbers to this webhook, whether it got them, failed, was disabled, or did not exist yet. Each has the `webhook-id` and the body that it has everywhere, and is retried like any other delivery. It looks at 1,000 events per call; go on with `next` until it is null.",
    tags: ["Webhooks"],
    request: {
      params: WebhookParam,
      body: takes(Replay, { from: "2026-01-31T00:00:00.000Z", to: "2026-01-31T12:00:00.000Z" }),
    },
    responses: {
      202: answers(ReplayedEvents, "How many events are on their way."),
      ...fails("not_found", "conflict"),
    },
  }),
  async (c) => {
    const { webhookId } = c.req.valid("param");
    return c.json(ok(ReplayedEvents, await replayEvents(c.var.ctx, webhookId, c.req.valid("json"))), 202);
  },
);
