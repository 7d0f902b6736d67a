import { memberRoute } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn } from "../../lib/ignored";
import { pagination } from "../../lib/page";
import { fileOf } from "./export-file";
import { createExport, exportFile, exportList, exportOf } from "./export-request";
import { Export, ExportParam, ExportQuery, NewExport } from "./export-schema";

export const exportRoutes = createRouter();

const tags = ["Exports"];
const ExportList = listOf("exports", Export);

exportRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/exports",
    operationId: "createExport",
    summary: "Export a list",
    audit: "Created an export",
    description:
      "Participants, rewards, conversions, or a campaign's coupon codes, with the filters of their list, as CSV or JSON Lines. `file_url` works immediately and for one week, whatever the number of rows.",
    tags,
    request: { body: takes(NewExport, { kind: "participants", format: "csv", filters: { status: "active" } }) },
    responses: { 201: answers(Export, "The export."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Export, await createExport(c.var.ctx, c.req.valid("json"))), 201),
);

exportRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/exports",
    operationId: "listExports",
    summary: "List exports",
    description: "Exports of the last week, newest first.",
    tags,
    request: { query: ExportQuery },
    responses: { 200: answers(ExportList, "A page of exports.") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await exportList(c.var.ctx, query);
    return c.json(
      ok(ExportList, { exports: page.rows, pagination: pagination(query, page), ignored: ignoredIn(c.req) }),
      200,
    );
  },
);

exportRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/exports/{exportId}",
    operationId: "getExport",
    summary: "Get an export",
    description: "Includes its filters, the URL of its file, and its expiry.",
    tags,
    request: { params: ExportParam },
    responses: { 200: answers(Export, "The export."), ...fails("not_found") },
  }),
  async (c) => c.json(ok(Export, await exportOf(c.var.ctx, c.req.valid("param").exportId)), 200),
);

exportRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/exports/{exportId}/file",
    operationId: "getExportFile",
    summary: "Download an export",
    description:
      "Current rows, oldest first. Rows that are added or deleted during the download do not cause others to be skipped or repeated.",
    tags,
    request: { params: ExportParam },
    responses: {
      200: {
        description: "The file.",
        content: {
          "text/csv": { schema: { type: "string" } },
          "application/jsonl": { schema: { type: "string" } },
        },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { kind, format, slices } = await exportFile(c.var.ctx, c.req.valid("param").exportId);
    return fileOf(kind, format, slices);
  },
);
