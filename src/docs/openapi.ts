import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import type { HonoEnv } from "../lib/http";
import { newSchemas } from "./schemas";
import { tags } from "./tags";
import { type EventBody, webhooksOf } from "./webhooks";

export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type Components = NonNullable<OpenApiDocument["components"]>;

const securitySchemes: Components["securitySchemes"] = {
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description:
      "A key of the account: `ref_…`, or a named one (`sk_live_…`, `sk_test_…`): GET needs the `read` scope, signups `signup` or `write`, and other changes `write`.",
  },
  publishableKey: {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "`pk_live_…` or `pk_test_…`, sent from one of the key's websites.",
  },
  memberToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The token of `POST /api/v1/auth/token`, or an API key.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-session",
    description:
      "A browser signed in to the dashboard. It can change data only from the dashboard's own pages (`Sec-Fetch-Site: same-origin`, or a matching `Origin`), and only for account owners.",
  },
  participantToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "The `participant_token` from `POST /api/widget/signup`. It gives access to that participant's own data.",
  },
  operatorToken: { type: "http", scheme: "bearer", description: "The installation's OPERATOR_TOKEN." },
};

const text = (description: string, example: string) => ({ description, schema: { type: "string" as const }, example });

const headers = {
  "X-Request-Id": text("The request ID, as in the logs.", "req_5f1d7a9c2b3e4d5f6a7b8c9d"),
  "X-Bookmark": text("Send it with a read to see this write.", "00000001-00000002-00004f1a-9c0d"),
  "Idempotent-Replayed": text("`true`: this repeats the first response to this Idempotency-Key.", "true"),
  "Retry-After": { description: "How many seconds to wait.", schema: { type: "integer" as const }, example: 1 },
  "RateLimit-Policy": text(
    "The limit that counts this request: its quota, and its window in seconds.",
    '"key";q=6000;w=60',
  ),
};
type HeaderName = keyof typeof headers;

const parameters: Components["parameters"] = {
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description:
      "Any text you choose. The request takes effect only once, even if you send it several times within 24 hours.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  },
  Bookmark: {
    name: "X-Bookmark",
    in: "header",
    description: "The bookmark of a write that this read must include.",
    schema: { type: "string" },
  },
};

/** Operations that write after their response, so the response has no bookmark of the write. */
const writesLater = new Set(["requestPasswordReset", "countImpression", "createInvitation", "renewStatusLink"]);

const ABOUT =
  "Run referral campaigns for your websites: sign people up, give them share links, track referrals, and reward them. The guide explains credentials, lists, idempotency, and the widget.";

/**
 * The OpenAPI document for all of a router's routes, at their real paths, and for the events. Adds the headers and
 * parameters that operations share.
 */
export function describe(site: OpenAPIHono<HonoEnv>, events: EventBody[]): OpenApiDocument {
  const schemas = newSchemas();
  const described = new OpenAPIHono();
  for (const definition of site.openAPIRegistry.definitions)
    if (definition.type === "route") described.openAPIRegistry.registerPath(converted(definition.route, schemas));
  const document = described.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Referral marketing API",
      version: "1.0.0",
      description: ABOUT,
      license: { name: "AGPL-3.0-only", url: "https://www.gnu.org/licenses/agpl-3.0.html" },
    },
    servers: [{ url: "/", description: "The server that sent this document." }],
    tags,
  });
  for (const item of Object.values(document.paths ?? {}))
    for (const method of ["get", "post", "put", "patch", "delete"] as const) {
      const operation = item[method];
      if (!operation) continue;
      for (const parameter of operation.parameters ?? [])
        if ("in" in parameter && parameter.in === "path") parameter.required = true;
      addParameter(operation, method);
      const isLimited = !operation.security?.some((way) => "operatorToken" in way);
      const marks = method !== "get" && !writesLater.has(operation.operationId ?? "");
      for (const [status, response] of Object.entries(operation.responses ?? {}))
        response.headers = { ...headersOf(method, Number(status), marks, isLimited), ...response.headers };
    }
  const webhooks = webhooksOf(events, schemas) as OpenApiDocument["webhooks"];
  const components = { schemas: schemas.components, securitySchemes, headers, parameters } as Components;
  return { ...document, webhooks, components };
}

/** Replaces the Zod schemas of a route's bodies with JSON Schemas. */
function converted(route: RouteConfig, { add }: ReturnType<typeof newSchemas>): RouteConfig {
  const convert = <C extends object | undefined>(content: C, io: "input" | "output") =>
    content &&
    (Object.fromEntries(
      Object.entries(content).map(([type, media]) => [
        type,
        media.schema instanceof z.ZodType ? { ...media, schema: add(media.schema, io) } : media,
      ]),
    ) as C);
  const body = route.request?.body;
  return {
    ...route,
    ...(body && { request: { ...route.request, body: { ...body, content: convert(body.content, "input") } } }),
    responses: Object.fromEntries(
      Object.entries(route.responses).map(([status, response]) => [
        status,
        "content" in response ? { ...response, content: convert(response.content, "output") } : response,
      ]),
    ),
  };
}

type Operation = { parameters?: unknown[] };

function addParameter(operation: Operation, method: string) {
  const shared = method === "post" ? "IdempotencyKey" : method === "get" ? "Bookmark" : null;
  if (!shared) return;
  operation.parameters = [...(operation.parameters ?? []), { $ref: `#/components/parameters/${shared}` }];
}

function headersOf(method: string, status: number, marks: boolean, isLimited: boolean) {
  const names: HeaderName[] = ["X-Request-Id"];
  if (marks && status < 300) names.push("X-Bookmark");
  if (method === "post" && status < 500 && status !== 429) names.push("Idempotent-Replayed");
  if (status === 429 || status === 503) names.push("Retry-After");
  if (isLimited || status === 429) names.push("RateLimit-Policy");
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
