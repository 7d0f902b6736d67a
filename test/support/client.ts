import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { answer, whole } from "../../src/app";
import { mintKey } from "../../src/auth/key-text";
import type { Env } from "../../src/lib/env";

// A test may intercept its first request, or stop the clock, while the product starts.
await whole();

export type Answer = {
  status: number;
  headers: Headers;
  /** The envelope's data; tests look into it freely. */
  // biome-ignore lint/suspicious/noExplicitAny: tests assert on shapes that differ by endpoint.
  data: any;
  error: string;
  code: string;
  details: { path: string; message: string }[];
  text: string;
};

type CallOptions = { headers?: Record<string, string>; env?: Partial<Env>; origin?: string; cf?: { asn: number } };

/** One request through the whole Worker. Background work finishes before it returns. */
export async function call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
  const ctx = createExecutionContext();
  const headers = new Headers(options.headers);
  // Bytes go out as they are, without a Content-Type.
  const isRaw = body === undefined || body instanceof Uint8Array;
  if (!isRaw && !headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  const payload = isRaw || typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(`${options.origin ?? "https://referrals.test"}${path}`, {
    method,
    headers,
    body: payload,
    redirect: "manual",
    ...(options.cf && { cf: options.cf }),
  });
  const response = await answer(request, { ...env, ...options.env }, ctx);
  // An image is bytes, and text() would warn of it.
  const text = new TextDecoder().decode(await response.arrayBuffer());
  await waitOnExecutionContext(ctx);
  const json = /\bjson\b/.test(response.headers.get("Content-Type") ?? "") ? JSON.parse(text) : {};
  return { ...json, status: response.status, headers: response.headers, text };
}

/** A new verified member with a key, so tests never share rows. `plan_id`: 1 free, 2 growth, 3 pioneer. */
export async function newMember({ plan_id = 3, is_verified = true } = {}) {
  const { key, hash, prefix } = await mintKey();
  const email = `member-${crypto.randomUUID()}@example.com`;
  const now = Date.now();
  const row = await env.DB.prepare(
    "INSERT INTO members (email, name, password_hash, plan_id, is_verified, date_signedup) VALUES (?, 'Test Member', 'none', ?, ?, ?) RETURNING id",
  )
    .bind(email, plan_id, Number(is_verified), now)
    .first<{ id: number }>();
  const id = row?.id ?? 0;
  await env.DB.prepare("INSERT INTO api_keys (member_id, hash, prefix, date_generated) VALUES (?, ?, ?, ?)")
    .bind(id, hash, prefix, now)
    .run();
  const as = (method: string, path: string, body?: unknown, options: CallOptions = {}) =>
    call(method, path, body, { ...options, headers: { "X-API-Key": key, ...options.headers } });
  return {
    id,
    email,
    key,
    call: as,
    get: (path: string, options?: CallOptions) => as("GET", path, undefined, options),
    post: (path: string, body: unknown, options?: CallOptions) => as("POST", path, body, options),
    put: (path: string, body: unknown, options?: CallOptions) => as("PUT", path, body, options),
    patch: (path: string, body: unknown, options?: CallOptions) => as("PATCH", path, body, options),
    delete: (path: string, options?: CallOptions) => as("DELETE", path, undefined, options),
  };
}
export type TestMember = Awaited<ReturnType<typeof newMember>>;

/** A domain that is unique in the suite. */
export const newDomain = () => `site-${crypto.randomUUID().slice(0, 13)}.example`;
