import { onBehalfOf } from "../auth/in-process";
import type { Env } from "../lib/env";
import type { ErrorCode, ErrorDetail } from "../lib/errors";
import type { Caller } from "./caller";

type Fetch = (request: Request, env: Env, executionCtx: ExecutionContext) => Response | Promise<Response>;
export type Host = { fetch: Fetch; env: Env; executionCtx: ExecutionContext; url: string };

type Query = Record<string, string | number | null | undefined>;
/** An API response. Each tool's output schema selects the fields it uses. */
// biome-ignore lint/suspicious/noExplicitAny: the API's own schemas have shaped it, and the tool's output schema parses it.
type Data = any;

/** An error from the API, as every client gets it. */
export class Refused extends Error {
  override name = "Refused";
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetail[] = [],
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

/**
 * The product's own API, called within the process. Tools have no rules of their own: validation, limits, idempotency
 * keys, and the audit log are the same as for every client.
 */
export function apiOf(host: Host, caller: Caller) {
  const env = onBehalfOf(host.env, caller.member);
  async function answerTo(method: string, path: string, body?: unknown, key?: string): Promise<Response> {
    const headers = new Headers({ "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }) });
    const request = new Request(new URL(`/api/v1${path}`, host.url), {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await host.fetch(request, env, host.executionCtx);
    if (response.ok) return response;
    const answer: Data = await response.json();
    const retryAfter = Number(response.headers.get("Retry-After")) || null;
    throw new Refused(response.status, answer.code, answer.error, answer.details, retryAfter);
  }
  async function ask(...request: Parameters<typeof answerTo>): Promise<Data> {
    const { data }: Data = await (await answerTo(...request)).json();
    return data;
  }
  return {
    get: (path: string, query: Query = {}) => {
      const sent = Object.entries(query).flatMap(([name, value]) =>
        value === null || value === undefined ? [] : [[name, String(value)]],
      );
      return ask("GET", sent.length > 0 ? `${path}?${new URLSearchParams(sent)}` : path);
    },
    /** With a key, a repeated request takes effect only once. */
    post: (path: string, body: unknown, key?: string) => ask("POST", path, body, key),
    /** The first lines of a file, up to `max` bytes. The rest is never generated. */
    beginning: async (path: string, max: number) => beginningOf(await answerTo("GET", path), max),
    put: (path: string, body: unknown) => ask("PUT", path, body),
  };
}
export type Api = ReturnType<typeof apiOf>;

async function beginningOf({ body }: Response, max: number) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > max) return { text: text.slice(0, text.lastIndexOf("\n", max) + 1), isWhole: false };
  }
  return { text, isWhole: true };
}
