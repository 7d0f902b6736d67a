import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Referrals, ReferralsError, webhooks } from "@referrals/sdk";
import { readConfig, writeConfig } from "./config.js";

export type Event = { id: string; sequence: number; type: string; created: string; data: Record<string, unknown> };
type Page = { items: Event[]; pagination: { after: number; has_more: boolean } };
export type Filter = { type?: string; campaign_id?: number };

const PAGE = 100;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 5_000;
const PATIENCE_MS = 15_000;

const pageOf = (client: Referrals, query: Record<string, unknown>) => client.request<Page>("GET", "events", { query });

/** Every event after this one, or from now on, once each and in order. Never ends. */
export async function* follow(client: Referrals, filter: Filter, from?: number): AsyncGenerator<Event> {
  let after: number;
  try {
    after = from ?? (await pageOf(client, { after: "latest", limit: 1 })).pagination.after;
  } catch (error) {
    if (error instanceof ReferralsError && error.status === 404)
      throw new Error("This installation has no event log (GET /events). Update it first.");
    throw error;
  }
  let wait = SHORTEST_MS;
  for (;;) {
    const { items, pagination } = await pageOf(client, { ...filter, after, limit: PAGE });
    yield* items;
    after = pagination.after;
    if (pagination.has_more) continue;
    wait = items.length > 0 ? SHORTEST_MS : Math.min(LONGEST_MS, wait * 1.5);
    await sleep(wait);
  }
}

/** This computer's secret. It never changes, so a receiver is set up once. */
export function ownSecret(): string {
  const config = readConfig();
  if (config.secret) return config.secret;
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  writeConfig({ ...config, secret });
  return secret;
}

/** Sends an event like the product: the same body, headers, and signature. */
export async function forward(url: string, event: Event, secret: string): Promise<{ status: number; error?: string }> {
  const body = JSON.stringify(event);
  const headers = await webhooks.sign(body, secret, { id: event.id });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", "User-Agent": "Referrals-CLI" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return { status: 0, error: cause?.code ?? message };
  }
}

type Document = {
  webhooks: Record<string, { post: { requestBody: { content: { "application/json": { example: Event } } } } }>;
};

/** An event type's sample from the OpenAPI document. Null, with the known types, if there is none. */
export async function sampleOf(baseUrl: string, type: string): Promise<{ event: Event | null; types: string[] }> {
  const response = await fetch(`${baseUrl}/api/v1/openapi.json`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`${baseUrl} replied with ${response.status}.`);
  const document = (await response.json()) as Document;
  const sample = document.webhooks[type]?.post.requestBody.content["application/json"].example;
  const created = new Date().toISOString();
  const id = `evt_${randomBytes(13).toString("hex")}`;
  const event = sample ? { ...sample, id, created, timestamp: created } : null;
  return { event, types: Object.keys(document.webhooks) };
}
