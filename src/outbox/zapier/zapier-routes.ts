import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { deleteWebhook } from "../webhooks/webhook";
import { DeletedWebhook } from "../webhooks/webhook-schema";
import { account, contacts, subscribe } from "./zapier";
import { ContactQuery, Contacts, Hook, HookParam, NewHook, ZapierAccount } from "./zapier-schema";

export const zapierRoutes = createRouter();

const tags = ["Zapier"];

zapierRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/zapier/auth",
    right: "read",
    operationId: "verifyZapierAccount",
    summary: "Check a credential",
    audit: { unaudited: "It only returns the credential's account." },
    description: "The Zapier app calls this when a user connects their account.",
    tags,
    responses: { 200: answers(ZapierAccount, "The account that the credential belongs to.") },
  }),
  async (c) => c.json(ok(ZapierAccount, await account(c.var.ctx)), 200),
);

zapierRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/zapier/contacts",
    operationId: "listZapierContacts",
    summary: "Poll for participants",
    description:
      "Newest first, as a plain array, up to 100 at a time. Zapier detects new ones by ID. Participants with an unconfirmed email are `pending`.",
    tags,
    request: { query: ContactQuery },
    responses: { 200: answers(Contacts, "Participants."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Contacts, await contacts(c.var.ctx, c.req.valid("query"))), 200),
);

zapierRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/zapier/hooks",
    operationId: "createZapierHook",
    summary: "Subscribe a REST hook",
    audit: "Connected a Zap",
    description: "A subscription is a webhook for one event type, and appears in the list of webhooks.",
    tags,
    request: {
      body: takes(NewHook, { hookUrl: "https://hooks.zapier.com/hooks/standard/1/2/", event: "participant.signup" }),
    },
    responses: { 201: answers(Hook, "The subscription."), ...fails("bad_link", "not_found", "webhook_limit") },
  }),
  async (c) => c.json(ok(Hook, await subscribe(c.var.ctx, c.req.url, c.req.valid("json"))), 201),
);

zapierRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/zapier/hooks/{id}",
    operationId: "deleteZapierHook",
    summary: "Unsubscribe a REST hook",
    audit: "Disconnected a Zap",
    description: "The Zapier app calls this when a Zap is turned off.",
    tags,
    request: { params: HookParam },
    responses: { 200: answers(DeletedWebhook, "Deleted."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(DeletedWebhook, await deleteWebhook(c.var.ctx, c.req.valid("param").id)), 200),
);
