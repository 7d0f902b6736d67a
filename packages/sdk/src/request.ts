import { ReferralsError } from "./errors.js";

export type ClientOptions = {
  /** A key of your account. */
  apiKey: string;
  /** Where the product runs, such as `https://referrals.example.com`. */
  baseUrl: string;
  /** Milliseconds for each attempt; 30,000 by default. */
  timeout?: number;
  /** Maximum retries after a 429, an overload's 5xx, or a failed connection; 3 by default. */
  maxRetries?: number;
  /** Replaces the runtime's own. */
  fetch?: typeof fetch;
  /** The bookmark of another client's write, which this client's reads must see. */
  bookmark?: string;
  /** Added to every request. */
  headers?: Record<string, string>;
};

export type RequestOptions = {
  /** Aborts the request, and the wait between attempts. */
  signal?: AbortSignal;
  timeout?: number;
  maxRetries?: number;
  /** A POST with the same key returns the first response again. Default: a new key for each call. */
  idempotencyKey?: string;
};

type Query = Record<string, unknown>;
export type Call = { method: string; path: string; query?: Query; body?: unknown; options?: RequestOptions };

/** If a server asks for a longer wait, the client throws; the error has the time. */
const WAIT_MAX_SECONDS = 60;
const BACKOFF_MAX_SECONDS = 8;

/** Sends requests, retries if that is safe, and sends the bookmark of the last write. */
export class Requester {
  bookmark: string | undefined;
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    if (!options?.apiKey) throw new TypeError("new Referrals({ apiKey, baseUrl }) needs an apiKey.");
    if (!options.baseUrl) throw new TypeError("new Referrals({ apiKey, baseUrl }) needs a baseUrl.");
    this.#options = options;
    this.bookmark = options.bookmark;
  }

  async send(call: Call): Promise<unknown> {
    const { method, options = {} } = call;
    const { maxRetries = this.#options.maxRetries ?? 3, signal } = options;
    // The same for all attempts, so they take effect once.
    const idempotencyKey = options.idempotencyKey ?? (method === "POST" ? crypto.randomUUID() : undefined);
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(call, idempotencyKey);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ReferralsError) || attempt >= maxRetries) throw error;
        const seconds = waitOf(error, attempt);
        if (seconds === null) throw error;
        await sleep(seconds * 1000, signal);
      }
    }
  }

  async #attempt({ method, path, query, body, options = {} }: Call, idempotencyKey?: string) {
    const { apiKey, baseUrl, fetch: own = fetch, headers: more, timeout: usual = 30_000 } = this.#options;
    const url = `${baseUrl.replace(/\/+$/, "")}/api/v1/${path}${searchOf(query)}`;
    const headers: Record<string, string> = { Authorization: `Bearer ${apiKey}`, Accept: "application/json", ...more };
    if (body !== undefined) headers["Content-Type"] = typeof body === "string" ? "text/plain" : "application/json";
    if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
    if (this.bookmark && method === "GET") headers["X-Bookmark"] = this.bookmark;
    const patience = AbortSignal.timeout(options.timeout ?? usual);
    let response: Response;
    let text: string;
    try {
      response = await own(url, {
        method,
        headers,
        body: body === undefined || typeof body === "string" ? (body as string | undefined) : JSON.stringify(body),
        signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience,
      });
      text = await response.text();
    } catch (cause) {
      const code = patience.aborted ? "timeout" : "connection_failed";
      const error = patience.aborted ? "The server did not respond in time." : `No response from ${baseUrl}: ${cause}`;
      throw new ReferralsError(0, { code, error }, undefined, cause);
    }
    // Bookmarks sort by time. Responses may arrive in a different order.
    const bookmark = response.headers.get("X-Bookmark");
    if (bookmark && bookmark > (this.bookmark ?? "")) this.bookmark = bookmark;
    const isJson = /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
    const answer = isJson ? parsed(text) : text;
    if (!response.ok || answer === undefined)
      throw new ReferralsError(response.status, typeof answer === "object" ? answer : {}, response.headers);
    return typeof answer === "object" ? answer.data : answer;
  }
}

function parsed(text: string) {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Seconds until the next attempt. Null if there should be none. */
function waitOf({ status, code, retryAfter }: ReferralsError, attempt: number): number | null {
  const isPassing = status === 0 || status === 429 || status > 501 || code === "idempotency_in_progress";
  if (!isPassing || (retryAfter ?? 0) > WAIT_MAX_SECONDS) return null;
  const backoff = Math.min(BACKOFF_MAX_SECONDS, 0.5 * 2 ** attempt) * (0.5 + Math.random() / 2);
  // Jitter: clients with the same `Retry-After` must not all return at the same moment.
  return retryAfter === null ? backoff : retryAfter + Math.random() * 0.5;
}

const sleep = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, ms);
    signal?.addEventListener("abort", end, { once: true });
  });

function searchOf(query: Query = {}) {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(
    entries.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : String(value)]),
  );
  return entries.length > 0 ? `?${search}` : "";
}
