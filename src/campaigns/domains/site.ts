import { openDb } from "../../lib/db";
import type { Env, Site } from "../../lib/env";
import * as store from "./domain-store";

/** Each isolate looks up each host at most once a minute, including unknown hosts. */
const KEPT_MS = 60_000;
const KEPT_MAX = 1_000;
const kept = new Map<string, { site: Site | null; until: number }>();

/** The brand that owns the request's host. Null for our own host and for unknown hosts. */
export async function siteAt(env: Env, url: URL, now: number): Promise<Site | null> {
  if (!env.PUBLIC_URL || url.host === new URL(env.PUBLIC_URL).host) return null;
  const known = kept.get(url.hostname);
  if (known && now < known.until) return known.site;
  const db = openDb(env.DB, "first-unconstrained");
  const [[row]] = await db.batch([store.siteByHost(db, url.hostname)]);
  const site = row ? { origin: `https://${url.hostname}`, slug: row.slug, brand_id: row.brand_id } : null;
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(url.hostname, { site, until: now + KEPT_MS });
  return site;
}

/** Call this after a host changes. Other isolates follow within a minute. */
export const forgetSites = () => kept.clear();

/** Paths that a brand's host serves besides its pages, because the pages need them. */
const SHARED = /^\/(?:t|T|api\/widget|qr|images|source)(?:\/|$)/;
/** Our own files that pages load. */
const FILES = /^\/(?:frame\.js|docs-assets\/icon\.svg)$/;
/** A share link without `/t/`: a code, or a campaign and a custom word. */
const SHORT = /^\/([A-Za-z0-9_-]{4,}\.[\w-]{14}|[1-9]\d{0,15}\/[^/]{3,100})\/?$/;

/**
 * The request as served on a brand's host. Null for all other paths: a customer's host serves no dashboard, no API, and
 * no other brand's pages.
 */
export function onSite(request: Request, url: URL, { slug }: Site): Request | null {
  const path = url.pathname;
  const own = `/p/${encodeURIComponent(slug)}`;
  if (path === own || path.startsWith(`${own}/`) || SHARED.test(path) || FILES.test(path)) return request;
  const [, short] = SHORT.exec(path) ?? [];
  const target = path === "/" ? own : short ? `/t/${short}` : null;
  return target === null ? null : new Request(`${url.origin}${target}${url.search}`, request);
}
