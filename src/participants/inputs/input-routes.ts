import { addressOf } from "../../auth/caller";
import { memberRoute, signedRoute } from "../../auth/route";
import { CampaignParam } from "../../campaigns/campaign-param";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn, ignoredOf } from "../../lib/ignored";
import { COUNTED, PageQuery, pagination } from "../../lib/page";
import { receive } from "./inbox";
import { changeInput, createInput, deleteInput, inputEvents, inputOf, inputs } from "./input";
import {
  DeletedInput,
  Input,
  InputChange,
  InputEvent,
  InputKeyParam,
  InputParam,
  Inputs,
  NewInput,
  Received,
  SavedInput,
} from "./input-schema";

export const inputRoutes = createRouter();

const tags = ["Inputs"];
const EventList = listOf("events", InputEvent);

inputRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/inputs",
    operationId: "listInputs",
    summary: "List a campaign's inputs",
    description: "Secrets are not included. They are never shown again.",
    tags,
    request: { params: CampaignParam },
    responses: { 200: answers(Inputs, "Up to 20 inputs, oldest first."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Inputs, { inputs: await inputs(c.var.ctx, c.req.valid("param").campaignId) }), 200),
);

inputRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/campaigns/{campaignId}/inputs",
    operationId: "createInput",
    summary: "Create an input",
    audit: "Created an input",
    description:
      "An input receives a payment provider's events, and records its payments, refunds, and disputes as conversions and refunds. Enter its `url` at the provider, with the event types in `events`. A campaign can have 20.",
    tags,
    request: {
      params: CampaignParam,
      body: takes(NewInput, { kind: "stripe", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }),
    },
    responses: { 201: answers(SavedInput, "The new input."), ...fails("not_found", "conflict") },
  }),
  async (c) => {
    const input = await createInput(c.var.ctx, c.req.valid("param").campaignId, c.req.valid("json"));
    return c.json(ok(SavedInput, { ...input, ignored: ignoredOf(NewInput, await c.req.json()) }), 201);
  },
);

inputRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/inputs/{inputId}",
    operationId: "getInput",
    summary: "Get an input",
    description: "The secret is not included. It is never shown again.",
    tags,
    request: { params: InputParam },
    responses: { 200: answers(Input, "The input."), ...fails("not_found") },
  }),
  async (c) => {
    const { campaignId, inputId } = c.req.valid("param");
    return c.json(ok(Input, await inputOf(c.var.ctx, campaignId, inputId)), 200);
  },
);

inputRoutes.openapi(
  memberRoute({
    method: "put",
    path: "/campaigns/{campaignId}/inputs/{inputId}",
    operationId: "updateInput",
    summary: "Change an input",
    audit: "Updated an input",
    description: "Send any subset of the fields. A new secret replaces the old one immediately.",
    tags,
    request: { params: InputParam, body: takes(InputChange, { test_mode: true }) },
    responses: { 200: answers(SavedInput, "The updated input."), ...fails("not_found") },
  }),
  async (c) => {
    const { campaignId, inputId } = c.req.valid("param");
    const input = await changeInput(c.var.ctx, campaignId, inputId, c.req.valid("json"));
    return c.json(ok(SavedInput, { ...input, ignored: ignoredOf(InputChange, await c.req.json()) }), 200);
  },
);

inputRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/campaigns/{campaignId}/inputs/{inputId}",
    operationId: "deleteInput",
    summary: "Delete an input",
    audit: "Deleted an input",
    description: "Its URL replies with 404 from now on. Conversions and rewards stay.",
    tags,
    request: { params: InputParam },
    responses: { 200: answers(DeletedInput, "Deleted."), ...fails("not_found") },
  }),
  async (c) => {
    const { campaignId, inputId } = c.req.valid("param");
    return c.json(ok(DeletedInput, await deleteInput(c.var.ctx, campaignId, inputId)), 200);
  },
);

inputRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/campaigns/{campaignId}/inputs/{inputId}/events",
    operationId: "listInputEvents",
    summary: "List an input's last events",
    description: `Newest first, with the result of each event. Finished events are kept for 30 days. ${COUNTED}`,
    tags,
    request: { params: InputParam, query: PageQuery },
    responses: { 200: answers(EventList, "A page of events."), ...fails("not_found") },
  }),
  async (c) => {
    const { campaignId, inputId } = c.req.valid("param");
    const page = c.req.valid("query");
    const { rows, total } = await inputEvents(c.var.ctx, campaignId, inputId, page);
    return c.json(
      ok(EventList, { events: rows, pagination: pagination(page, { rows, total }), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

inputRoutes.openapi(
  signedRoute({
    method: "post",
    path: "/inputs/{inputKey}",
    operationId: "receiveInputEvent",
    summary: "Receive a payment provider's event",
    description:
      "For an input's payment provider, which signs its events with the input's secret: `Stripe-Signature`, `X-Shopify-Hmac-Sha256`, `Paddle-Signature`, or `X-Signature`. We store the event and record it a moment later. Events of unsupported types are stored as `ignored`.",
    tags,
    request: { params: InputKeyParam },
    responses: {
      200: answers(Received, "The event was stored, now or earlier."),
      ...fails("unauthenticated", "not_found"),
    },
  }),
  async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const { inputKey: key } = c.req.valid("param");
    await receive(c.var.ctx, { key, headers: c.req.raw.headers, body, address: addressOf(c) });
    return c.json(ok(Received, { received: true }), 200);
  },
);
