import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import type { Ctx } from "./ctx";
import { errorCodeOf } from "./d1-failure";
import type { Env } from "./env";
import { AppError, type ErrorCode, type ErrorDetail, errorCodes, sentence, sentenceOf } from "./errors";
import { IgnoredQuery } from "./ignored";
import { describeError, log } from "./log";
import { Pagination } from "./page";
import "./refusals";

export type HonoEnv = {
  Bindings: Env;
  Variables: {
    ctx: Ctx;
    requestId: string;
    /** The rate limit that counts this request, as in `RateLimit-Policy`. */
    policy?: string;
    /** The caller reads HTML, so errors are sent as pages. */
    reads_pages?: boolean;
    /** Whether those pages are the dashboard's. */
    is_dashboard?: boolean;
    /** The key of the cached copy that the response was made from, if it depends on nothing else. */
    copiedFrom?: string;
  };
};

/** A router that turns validation failures into our 400 response. */
export const createRouter = () =>
  new OpenAPIHono<HonoEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });

/** Field names. The keys of a map belong to the caller and may be anything. */
const FIELD = /^[\w-]{1,100}$/;

/** An issue's path, up to the first part that cannot be shown in a sentence. */
function namedPath(path: PropertyKey[]) {
  const strange = path.findIndex((part) => !FIELD.test(String(part)));
  return path.slice(0, strange < 0 ? path.length : strange).join(".");
}

export const invalidRequest = (error: z.ZodError) => {
  const details = error.issues
    .slice(0, 50)
    .map((issue): ErrorDetail => ({ path: issue.path.join("."), message: issue.message }));
  const [first] = error.issues;
  const message = first && sentenceOf({ path: namedPath(first.path), message: first.message });
  return new AppError("invalid_request", message, { details });
};

export const ErrorBody = z
  .object({
    success: z.literal(false),
    error: z.string().meta({ description: "A sentence for people." }),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
    doc_url: z
      .url()
      .meta({ description: "What the code means.", example: "https://referrals.example.com/docs/errors#not_found" }),
    participant_id: z
      .int()
      .optional()
      .meta({ description: "With `already_signed_up`: the participant with this email address." }),
    missing_scope: z
      .string()
      .optional()
      .meta({ description: "With `scope_missing`: the scope that the API key lacks.", example: "write" }),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({
    id: "Error",
    description: "The response to a failed request. `code` is for programs, `error` is for people.",
  });

const envelopes = new WeakMap<z.ZodType, z.ZodType>();

/** Wraps a schema in `{success: true, data}`. Each schema has one envelope. */
const envelope = <S extends z.ZodType>(data: S) => {
  let wrapped = envelopes.get(data);
  if (!wrapped) {
    wrapped = z.object({ success: z.literal(true), data });
    envelopes.set(data, wrapped);
  }
  return wrapped as z.ZodObject<{ success: z.ZodLiteral<true>; data: S }>;
};

const content = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

/** A route's response: `schema` in the envelope. */
export const answers = <S extends z.ZodType>(schema: S, description: string) => content(envelope(schema), description);

/** A route's JSON request body. */
export const takes = <S extends z.ZodType>(schema: S, example?: unknown) => ({
  required: true as const,
  content: { "application/json": example === undefined ? { schema } : { schema, example } },
});

type Failures<C extends ErrorCode> = {
  [K in C as (typeof errorCodes)[K]["status"]]: ReturnType<typeof content<typeof ErrorBody>>;
};

/** A route's error responses. Each has a body, because one without would disable type checks for the others. */
export const fails = <const C extends ErrorCode>(...codes: C[]) => {
  const responses: Record<number, ReturnType<typeof content<typeof ErrorBody>>> = {};
  for (const code of codes) {
    const { status, about } = errorCodes[code];
    const known = responses[status]?.description;
    const line = `\`${code}\`: ${about}`;
    responses[status] = content(ErrorBody, known ? `${known}\n\n${line}` : line);
  }
  return responses as Failures<C>;
};

/** The value, parsed by its schema and wrapped in the envelope. Fields that the schema does not name are left out. */
export const ok = <S extends z.ZodType>(schema: S, value: z.input<S>) => ({
  success: true as const,
  data: schema.parse(value),
});

/** The schema of a list's data: `{<plural>: [...], pagination, ignored}`. */
export const listOf = <K extends string, S extends z.ZodType>(plural: K, schema: S) =>
  z.object({ [plural]: z.array(schema), pagination: Pagination, ignored: IgnoredQuery } as {
    [P in K]: z.ZodArray<S>;
  } & { pagination: typeof Pagination; ignored: typeof IgnoredQuery });

/** Whether the caller accepts HTML, like a browser. */
export const acceptsPages = (c: Context) => c.req.header("Accept")?.includes("text/html") === true;

/** The page that explains each error code. */
export const ERRORS = "/docs/errors";

export function renderError(error: Error, c: Context<HonoEnv>) {
  const { known, status } = failureOf(error, c);
  const { code, message, details, participantId, missingScope } = known;
  return c.json(
    {
      success: false,
      error: message,
      code,
      doc_url: `${c.var.ctx.origin}${ERRORS}#${code}`,
      ...(participantId !== undefined && { participant_id: participantId }),
      ...(missingScope !== undefined && { missing_scope: missingScope }),
      ...(details && { details }),
    },
    status,
  );
}

const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  idempotency_in_progress: 1,
  overloaded: 1,
  database_full: 3600,
};

/** What the caller may learn about a failure. Logs server errors and sets `Retry-After`. */
export function failureOf(error: Error, c: Context<HonoEnv>) {
  const known = toAppError(error);
  const { status } = errorCodes[known.code];
  const isOurAnswer = error instanceof AppError && error.code === "overloaded";
  if (status >= 500 && !isOurAnswer)
    log("error", "request failed", { request_id: c.var.requestId, code: known.code, ...describeError(error) });
  const retryAfter = known.retryAfter ?? RETRY_AFTER_SECONDS[known.code];
  if (retryAfter !== undefined) c.header("Retry-After", String(retryAfter));
  return { known, status };
}

function toAppError(error: Error): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException && error.status < 500) {
    const message =
      error.status === 415
        ? "Send the body as application/json."
        : sentence(error.message || "The request could not be read");
    return new AppError("invalid_request", message, { details: [{ path: "", message }] });
  }
  return new AppError(errorCodeOf(error));
}

/** A Content-Type without its parameters. */
export const mediaType = (type = "") => type.split(";")[0]?.trim().toLowerCase() ?? "";

/** The fields of a submitted form, or `{}` for any other kind of body. */
export async function formOf(c: Context): Promise<Record<string, unknown>> {
  const type = c.req.header("Content-Type") ?? "";
  return type.startsWith("application/x-www-form-urlencoded") ? c.req.parseBody() : {};
}
