import type { Context } from "hono";
import { sha256Hex } from "./crypto";
import type { Ctx } from "./ctx";
import type { HonoEnv } from "./http";

/** A response body, and whether it is the same for everyone and may be cached. */
export type Made<T> = { body: T; shared: boolean };

type Copy = { text: string; etag: string; headers: Record<string, string> };

/** A copy in this isolate's memory. Visitors come in bursts, and each cache lookup is a network hop. */
type AtHand = Copy & {
  until: number;
  isRenewed: boolean;
  /** The encoded text, shared by all URLs for this copy, because anybody can make up any number of URLs. */
  bytes?: Uint8Array;
};
const atHand = new Map<string, AtHand>();
const AT_HAND_MS = 1_000;
/** While one request renews an expired copy from the cache, other requests get the old copy for at most this long. */
const RENEWAL_MS = 1_000;
const isGood = ({ until, isRenewed }: AtHand, now: number) => now < until + (isRenewed ? RENEWAL_MS : 0);
const AT_HAND_MAX = 1_000;

/** Complete `cachedJson` responses by URL. Each is valid while its copy is in memory. */
const answers = new Map<string, { address: string; copy: AtHand; headers: Headers; route: string }>();
const utf8 = new TextEncoder();
const URL_MAX_LENGTH = 500;

/** Keeps the sent response for this URL, if it was made from a cached copy. */
export function keepAnswer(c: Context<HonoEnv>, route: string) {
  const { copiedFrom: address } = c.var;
  const { method, url } = c.req;
  if (!address || method !== "GET" || c.res.status !== 200 || url.length > URL_MAX_LENGTH) return;
  const copy = atHand.get(address);
  if (copy?.etag !== c.res.headers.get("ETag")) return;
  if (answers.size >= AT_HAND_MAX) answers.clear();
  copy.bytes ??= utf8.encode(copy.text);
  answers.set(url, { address, copy, headers: new Headers(c.res.headers), route });
}

/**
 * The kept response for this request, or null. Conditional requests (`If-None-Match`) and requests with a bookmark get
 * none. The headers are complete except for the request's own id.
 */
export function answerAtHand(request: Request) {
  const answer = request.method === "GET" ? answers.get(request.url) : undefined;
  if (!answer || atHand.get(answer.address) !== answer.copy || !isGood(answer.copy, Date.now())) return null;
  if (request.headers.has("If-None-Match") || request.headers.has("X-Bookmark")) return null;
  return { body: answer.copy.bytes, headers: answer.headers, route: answer.route };
}

/**
 * Responds with JSON that depends only on the URL, from this data center's cached copy if there is one. Sends an ETag,
 * and 304 for a matching If-None-Match. A copy lives for `ttlSeconds`. Only the local data center's copy can be
 * dropped, so other copies may be that stale.
 */
export async function cachedJson<T>(
  c: Context<HonoEnv>,
  key: string,
  ttlSeconds: number,
  make: () => Promise<Made<T>>,
): Promise<Response> {
  const { shared, ...copy } = await kept(c, key, ttlSeconds, async () => {
    const { body, shared } = await make();
    return { text: JSON.stringify(body), headers: { "Content-Type": "application/json" }, shared };
  });
  if (shared) c.set("copiedFrom", copyAddress(c.var.ctx, key));
  return answer(c, copy, shared);
}

/** Like `cachedJson`, for an HTML page. Its headers are cached with it. */
export const cachedPage = (
  c: Context<HonoEnv>,
  key: string,
  ttlSeconds: number,
  make: () => Promise<{ html: string; headers: Record<string, string> }>,
): Promise<Response> =>
  kept(c, key, ttlSeconds, async () => {
    const { html, headers } = await make();
    return { text: html, headers, shared: true };
  }).then((copy) => answer(c, copy, true));

/**
 * Caches a JSON value from which each visitor's response is built. The ETag is a hash of the content. `isForAll`:
 * requests with a bookmark also get the copy, because building it is too expensive for strangers to trigger.
 */
export async function cachedValue<T>(
  c: Context<HonoEnv>,
  key: string,
  ttlSeconds: number,
  make: () => Promise<T>,
  { isForAll = false }: { isForAll?: boolean } = {},
): Promise<{ value: T; etag: string }> {
  const headers = { "Content-Type": "application/json" };
  const made = async () => ({ text: JSON.stringify(await make()), headers, shared: true });
  const { text, etag } = await kept(c, key, ttlSeconds, made, isForAll);
  return { value: JSON.parse(text), etag };
}

/** Caches a file whose key changes whenever its content does. */
export async function cachedFile(
  c: Context<HonoEnv>,
  key: string,
  ttlSeconds: number,
  make: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<ArrayBuffer | Uint8Array<ArrayBuffer>> {
  const { ctx } = c.var;
  const address = copyAddress(ctx, key);
  const copy = await caches.default.match(address);
  if (copy) return copy.arrayBuffer();
  const file = await make();
  const headers = { "Cache-Control": `public, max-age=${ttlSeconds}` };
  ctx.later(caches.default.put(address, new Response(file, { headers })));
  return file;
}

/** Sends a page that is the same for everyone, with an ETag from its content. */
export async function sendShared(
  c: Context<HonoEnv>,
  { html, headers }: { html: string; headers: Record<string, string> },
) {
  return answer(c, { text: html, etag: `"${(await sha256Hex(html)).slice(0, 32)}"`, headers }, true);
}

type MadeText = { text: string; headers: Record<string, string>; shared: boolean };

async function kept(
  c: Context<HonoEnv>,
  key: string,
  ttlSeconds: number,
  make: () => Promise<MadeText>,
  isForAll = false,
): Promise<Copy & { shared: boolean }> {
  const { ctx } = c.var;
  const address = copyAddress(ctx, key);
  // A request with a write's bookmark must see that write, so it gets no copy.
  const copy = c.req.header("X-Bookmark") && !isForAll ? null : await copyAt(address, ctx.now().getTime());
  if (copy) return { ...copy, shared: true };

  const { text, headers, shared } = await make();
  const etag = `"${(await sha256Hex(text)).slice(0, 32)}"`;
  if (shared) {
    keepAtHand(address, { text, etag, headers }, ctx.now().getTime());
    const stored = { ...headers, "Cache-Control": `public, max-age=${ttlSeconds}`, ETag: etag };
    ctx.later(caches.default.put(address, new Response(text, { headers: stored })));
  }
  return { text, etag, headers, shared };
}

/** Drops this data center's copies. Other isolates drop theirs within a second or two. */
export const dropCached = (ctx: Pick<Ctx, "origin">, keys: string[]) =>
  Promise.all(
    keys.map((key) => {
      atHand.delete(copyAddress(ctx, key));
      return caches.default.delete(copyAddress(ctx, key));
    }),
  );

async function copyAt(address: string, now: number): Promise<Copy | null> {
  const known = atHand.get(address);
  if (known && isGood(known, now)) return known;
  if (known) known.isRenewed = true;
  const cached = await caches.default.match(address);
  if (!cached) {
    atHand.delete(address);
    return null;
  }
  const headers = Object.fromEntries(KEPT.map((name) => [name, cached.headers.get(name)] as const).filter(isThere));
  const copy = { text: await cached.text(), etag: cached.headers.get("ETag") ?? "", headers };
  keepAtHand(address, copy, now);
  return copy;
}

/** The headers that are cached with a copy. */
const KEPT = ["Content-Type", "Content-Language", "Content-Security-Policy", "Referrer-Policy"];
const isThere = (entry: readonly [string, string | null]): entry is readonly [string, string] => entry[1] !== null;

function keepAtHand(address: string, copy: Copy, now: number) {
  if (atHand.size >= AT_HAND_MAX) atHand.clear();
  atHand.set(address, { ...copy, until: now + AT_HAND_MS, isRenewed: false });
}

/** Keys are URLs on the Worker's own host. For other hosts, the cache would resolve their names. */
const copyAddress = ({ origin, env }: Copying, key: string) => `${env?.SITE ? env.PUBLIC_URL : origin}/.copies/${key}`;
type Copying = Pick<Ctx, "origin"> & Partial<Pick<Ctx, "env">>;

/** Browsers revalidate every time, so changes appear immediately. An unchanged page costs a 304. */
function answer(c: Context<HonoEnv>, { text, etag, headers: own }: Copy, shared: boolean) {
  const headers = { ETag: etag, "Cache-Control": shared ? "public, max-age=0, must-revalidate" : "private, no-cache" };
  const known = c.req.header("If-None-Match");
  if (known === "*" || known?.match(/"[^"]*"/g)?.includes(etag)) return c.body(null, 304, headers);
  return c.body(text, 200, { ...own, ...headers });
}
