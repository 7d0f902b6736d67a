import { memberOrSessionRoute } from "../../auth/session-route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { RevokedKey } from "../account-schema";
import { changeNamedKey, createNamedKey, namedKey, namedKeys, revokeNamedKey, rollKey } from "./key";
import { CreatedKey, Key, KeyChange, KeyList, KeyQuery, KeyRoll, NamedKeyParam, NewKey, RolledKey } from "./key-schema";

export const keyRoutes = createRouter();

const tags = ["Keys"];
/** A key that could create keys could grant itself every scope. */
const right = "account" as const;

keyRoutes.openapi(
  memberOrSessionRoute({
    method: "get",
    path: "/keys",
    operationId: "listKeys",
    summary: "List named keys",
    description: "Newest first, in one response. Revoked keys are not listed, and expired keys only for 30 days.",
    tags,
    right,
    request: { query: KeyQuery },
    responses: { 200: answers(KeyList, "The account's named keys.") },
  }),
  async (c) => c.json(ok(KeyList, { keys: await namedKeys(c.var.ctx, c.req.valid("query").mode) }), 200),
);

keyRoutes.openapi(
  memberOrSessionRoute({
    method: "post",
    path: "/keys",
    operationId: "createKey",
    summary: "Create a named key",
    audit: "Created a named API key",
    description:
      "The full key is only in this response. An account can have 100 keys, including classic ones. Named keys cannot create keys. When the person who created a key leaves the team, the key stops working.",
    tags,
    right,
    request: { body: takes(NewKey, { name: "Checkout", scopes: ["signup"], mode: "live" }) },
    responses: { 201: answers(CreatedKey, "The new key, in full."), ...fails("key_limit") },
  }),
  async (c) => c.json(ok(CreatedKey, await createNamedKey(c.var.ctx, c.req.valid("json"))), 201),
);

keyRoutes.openapi(
  memberOrSessionRoute({
    method: "get",
    path: "/keys/{keyId}",
    operationId: "getKey",
    summary: "Get a named key",
    description: "Returns 404 if the key was revoked, or expired more than 30 days ago.",
    tags,
    right,
    request: { params: NamedKeyParam },
    responses: { 200: answers(Key, "The key, without its secret part."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Key, await namedKey(c.var.ctx, c.req.valid("param").keyId)), 200),
);

keyRoutes.openapi(
  memberOrSessionRoute({
    method: "patch",
    path: "/keys/{keyId}",
    operationId: "updateKey",
    summary: "Change a named key",
    audit: "Changed a named API key",
    description:
      "Takes effect immediately, except that signups may use the old scopes and websites for up to one minute.",
    tags,
    right,
    request: { params: NamedKeyParam, body: takes(KeyChange, { name: "Checkout, new shop" }) },
    responses: { 200: answers(Key, "The changed key."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Key, await changeNamedKey(c.var.ctx, c.req.valid("param").keyId, c.req.valid("json"))), 200),
);

keyRoutes.openapi(
  memberOrSessionRoute({
    method: "delete",
    path: "/keys/{keyId}",
    operationId: "deleteKey",
    summary: "Revoke a named key",
    audit: "Revoked a named API key",
    description: "Takes effect immediately.",
    tags,
    right,
    request: { params: NamedKeyParam },
    responses: { 200: answers(RevokedKey, "The key no longer works."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(RevokedKey, await revokeNamedKey(c.var.ctx, c.req.valid("param").keyId)), 200),
);

keyRoutes.openapi(
  memberOrSessionRoute({
    method: "post",
    path: "/keys/{keyId}/roll",
    operationId: "rotateKey",
    summary: "Replace a named key",
    audit: "Rolled a named API key",
    description:
      "Creates a key with the same name, kind, mode, scopes, and websites. The old key keeps working for `grace_hours`, so you can switch without downtime.",
    tags,
    right,
    request: { params: NamedKeyParam, body: takes(KeyRoll, { grace_hours: 24 }) },
    responses: {
      201: answers(RolledKey, "The new key in full, and the old one."),
      ...fails("not_found", "key_limit"),
    },
  }),
  async (c) => c.json(ok(RolledKey, await rollKey(c.var.ctx, c.req.valid("param").keyId, c.req.valid("json"))), 201),
);
