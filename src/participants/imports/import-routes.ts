import { memberRoute } from "../../auth/route";
import { UPLOAD_BYTES } from "../../lib/body-limit";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { pagination } from "../../lib/page";
import { beginImport } from "./import-job";
import { Import, ImportParam, ImportQuery, NewImport } from "./import-job-schema";
import { importOf, imports } from "./import-job-view";
import { undoJob } from "./import-undo";

export const importRoutes = createRouter();

const tags = ["Imports"];
const ImportList = listOf("imports", Import);

importRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/imports",
    operationId: "createImport",
    summary: "Import participants or coupon codes",
    audit: "Imported participants or codes",
    bodyMax: UPLOAD_BYTES,
    description:
      "Up to 20,000 rows, as the text of a CSV file or as objects. With `dry_run`, it only returns a preview. Otherwise it returns immediately and continues in the background: poll `GET /imports/{importId}` until `status` is `done`. Existing participants do not change, referrers may be in the same file, and repeating an import adds nobody twice. By default, no emails or webhooks are sent, so the import can be undone.",
    tags,
    request: {
      body: takes(NewImport, {
        campaign_id: 1,
        csv: "Email,First name,Referred by\nada@example.com,Ada,\ngrace@example.com,Grace,ada@example.com",
      }),
    },
    responses: {
      200: answers(Import, "The preview, with `dry_run`."),
      202: answers(Import, "The import, which continues in the background."),
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const sent = c.req.valid("json");
    const made = ok(Import, await beginImport(c.var.ctx, sent));
    return sent.dry_run ? c.json(made, 200) : c.json(made, 202);
  },
);

importRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/imports",
    operationId: "listImports",
    summary: "List imports",
    description: "Imports made with the API in the last 30 days, newest first, without their `problems`.",
    tags,
    request: { query: ImportQuery },
    responses: { 200: answers(ImportList, "A page of imports.") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await imports(c.var.ctx, query);
    return c.json(
      ok(ImportList, { imports: page.rows, pagination: pagination(query, page), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

importRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/imports/{importId}",
    operationId: "getImport",
    summary: "Get an import",
    description: "Its progress, and the rows with a result other than a plain addition.",
    tags,
    request: { params: ImportParam },
    responses: { 200: answers(Import, "The import."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Import, await importOf(c.var.ctx, c.req.valid("param").importId)), 200),
);

importRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/imports/{importId}/undo",
    operationId: "undoImport",
    summary: "Undo an import",
    audit: "Undid an import",
    description:
      "Removes the participants that it added, except those who have since shared, been referred to, or earned something. For codes, removes those that were not assigned yet. A large import is `undoing` for a while. Returns 409 if it sent emails or webhooks, is running, or was already undone.",
    tags,
    request: { params: ImportParam },
    responses: { 200: answers(Import, "The import."), ...fails("not_found", "conflict") },
  }),
  async (c) => c.json(ok(Import, await undoJob(c.var.ctx, c.req.valid("param").importId)), 200),
);
