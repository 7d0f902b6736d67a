import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { pagination } from "../../lib/page";
import { addEntry, dropEntry, entries } from "./entry";
import { EntryParam, EntryQuery, ListEntry, NewEntry } from "./entry-schema";

export const entryRoutes = createRouter();

const tags = ["Reviews"];
const Entries = listOf("entries", ListEntry);

entryRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/lists",
    operationId: "listFraudEntries",
    summary: "List your allow and block list entries",
    description: "Includes expired entries until you delete them.",
    tags,
    request: { query: EntryQuery },
    responses: { 200: answers(Entries, "A page of entries, newest first.") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await entries(c.var.ctx, query);
    return c.json(
      ok(Entries, { entries: page.rows, pagination: pagination(query, page), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

entryRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/lists",
    operationId: "createFraudEntry",
    summary: "Add an entry to your lists",
    audit: "Changed fraud lists",
    description:
      "Up to 1,000 entries. An entry applies to future referrals in all campaigns. Networks are compared with the visitor's IP address, or with the `ip_address` that your server sends. An entry with the same value is replaced.",
    tags,
    request: {
      body: takes(NewEntry, { kind: "domain", value: "acme.com", action: "allow", note: "Our own office" }),
    },
    responses: { 201: answers(ListEntry, "The entry."), ...fails("conflict") },
  }),
  async (c) => c.json(ok(ListEntry, await addEntry(c.var.ctx, c.req.valid("json"))), 201),
);

entryRoutes.openapi(
  memberRoute({
    method: "delete",
    path: "/lists/{entryId}",
    operationId: "deleteFraudEntry",
    summary: "Delete a list entry",
    description: "Future referrals are judged without this entry. Earlier decisions stay.",
    audit: "Changed fraud lists",
    tags,
    request: { params: EntryParam },
    responses: { 200: answers(ListEntry, "The deleted entry."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(ListEntry, await dropEntry(c.var.ctx, c.req.valid("param").entryId)), 200),
);
