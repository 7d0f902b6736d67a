import { z } from "zod";
import type { Env } from "../../lib/env";
import { describeError, log } from "../../lib/log";

/** A customer's host in Cloudflare for SaaS, with its certificate. */
type CustomHostname = { id: string; state: "pending" | "active" | "failed"; ssl: string; error: string | null };

/** The result of a request: the host, that it does not exist, or that Cloudflare gave no answer. */
export type Asked = { host: CustomHostname } | { gone: true } | { unknown: string };

const TIMEOUT_MS = 10_000;
const DUPLICATE = 1406;

const Result = z.object({
  id: z.string(),
  status: z.string().default("pending"),
  ssl: z
    .object({
      status: z.string().default("initializing"),
      validation_errors: z.array(z.object({ message: z.string() })).nullish(),
    })
    .nullish(),
  verification_errors: z.array(z.string()).nullish(),
});
const Reply = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ code: z.int(), message: z.string().default("") })).default([]),
  result: z.unknown().optional(),
});

/** Whether the installation issues certificates for customers' hosts. If not, the operator adds routes by hand. */
export const isIssuing = ({ CLOUDFLARE_ZONE_ID, CLOUDFLARE_API_TOKEN }: Env) =>
  Boolean(CLOUDFLARE_ZONE_ID && CLOUDFLARE_API_TOKEN);

/** Creates a host. If an earlier request created it but its response was lost, this finds it. */
export async function createHostname(env: Env, hostname: string): Promise<Asked> {
  const ssl = { method: "http", type: "dv", settings: { min_tls_version: "1.2" } };
  const made = await call(env, "POST", "", { hostname, ssl });
  if ("codes" in made && made.codes.includes(DUPLICATE)) return found(await call(env, "GET", `?hostname=${hostname}`));
  return read(made);
}

export const hostnameById = async (env: Env, id: string): Promise<Asked> => read(await call(env, "GET", `/${id}`));

/** @returns whether the host no longer exists */
export async function deleteHostname(env: Env, id: string): Promise<boolean> {
  const answer = await call(env, "DELETE", `/${id}`);
  return "result" in answer || answer.status === 404;
}

type Answer = { result: unknown } | { status: number; codes: number[]; why: string };

async function call(env: Env, method: string, path: string, body?: unknown): Promise<Answer> {
  const base = env.CLOUDFLARE_API_URL || "https://api.cloudflare.com/client/v4";
  try {
    const response = await fetch(`${base}/zones/${env.CLOUDFLARE_ZONE_ID}/custom_hostnames${path}`, {
      method,
      headers: { Authorization: `Bearer ${env.CLOUDFLARE_API_TOKEN}`, "Content-Type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const reply = Reply.safeParse(await response.json().catch(() => null)).data;
    if (response.ok && reply?.success) return { result: reply.result ?? null };
    const codes = reply?.errors.map(({ code }) => code) ?? [];
    log("error", "custom hostname refused", { method, status: response.status, codes });
    return { status: response.status, codes, why: reply?.errors[0]?.message ?? `HTTP ${response.status}` };
  } catch (error) {
    log("error", "custom hostname not asked", { method, ...describeError(error) });
    return { status: 0, codes: [], why: "Cloudflare did not respond." };
  }
}

function read(answer: Answer): Asked {
  if (!("result" in answer)) return answer.status === 404 ? { gone: true } : { unknown: answer.why };
  const { data } = Result.safeParse(answer.result);
  return data ? { host: hostOf(data) } : { unknown: "Cloudflare sent no host." };
}

const found = (answer: Answer): Asked =>
  "result" in answer ? read({ result: [answer.result].flat()[0] }) : read(answer);

/** Cloudflare statuses that stay inactive until someone intervenes. */
const OVER = new Set(["moved", "blocked", "deleted", "pending_blocked", "test_failed"]);
const CAA = /caa/i;

function hostOf({ id, status, ssl, verification_errors }: z.output<typeof Result>): CustomHostname {
  const state = ssl?.status ?? "initializing";
  const said = ssl?.validation_errors?.[0]?.message ?? verification_errors?.[0] ?? null;
  const error =
    said && CAA.test(said)
      ? "A CAA record forbids the certificate. Allow letsencrypt.org, pki.goog, or ssl.com."
      : said;
  if (status === "active" && state === "active") return { id, state: "active", ssl: state, error: null };
  if (OVER.has(status))
    return { id, state: "failed", ssl: state, error: error ?? `Cloudflare reports the host's status as ${status}.` };
  return { id, state: "pending", ssl: state, error };
}
