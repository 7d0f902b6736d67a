import { defaultSlug, freeSlug, overPlan } from "../../campaigns/brands/brand";
import * as store from "../../campaigns/brands/brand-store";
import { type Website, website } from "../../campaigns/brands/website";
import type { MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { AppError } from "../../lib/errors";

export type Line =
  | { url: string; result: "made" | "there"; id: number; domain: string }
  | { url: string; result: "refused"; why: string };

type Read = { url: string; site?: Website; why?: string };

/** Another request may take a slug between our read and our write. */
const TRIES = 3;

/**
 * Creates a brand for each website that is new to the account, as far as the plan allows. An invalid line does not
 * affect the others.
 */
export async function createBrands(ctx: MemberCtx, urls: string[]): Promise<Line[]> {
  const { memberId } = ctx.actor;
  const lines = urls.map(readLine);
  const sites = new Map(lines.flatMap(({ site }) => (site ? [[site.domain, site] as const] : [])));
  const [own] = await ctx.db.batch([store.brandsOfDomains(ctx.db, memberId, [...sites.keys()])]);
  const there = new Map(own.map(({ id, domain }) => [domain, id]));
  const wanted = [...sites.values()].filter(({ domain }) => !there.has(domain));
  const { made, most } = await insertAll(ctx, wanted);

  const seen = new Set<string>();
  return lines.map(({ url, site, why = "" }): Line => {
    if (!site) return { url, result: "refused", why };
    const { domain } = site;
    const isAgain = seen.has(domain);
    seen.add(domain);
    const id = there.get(domain) ?? made.get(domain);
    if (id !== undefined) return { url, result: made.has(domain) && !isAgain ? "made" : "there", id, domain };
    return { url, result: "refused", why: most === undefined ? "Try this one again." : overPlan(most) };
  });
}

function readLine(url: string): Read {
  try {
    return { url, site: website(url) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { url, why: `This ${error.details?.[0]?.message ?? "is not a website"}.` };
  }
}

type Added = {
  /** The IDs of the created brands, by domain. */
  made: Map<string, number>;
  /** The plan's limit, if it was reached. */
  most?: number;
};

/** Inserts in the given order, so if the plan lacks room, the first websites win. */
async function insertAll(ctx: MemberCtx, sites: Website[]): Promise<Added> {
  const { memberId } = ctx.actor;
  const made = new Map<string, number>();
  for (let tried = 0; tried < TRIES; tried++) {
    const rest = sites.filter(({ domain }) => !made.has(domain));
    if (rest.length === 0) break;
    const [[quota], ...slugs] = await ctx.db.batch([
      store.brandQuota(ctx.db, memberId, ctx.now()),
      ...rest.map(({ domain }) => store.slugsLike(ctx.db, defaultSlug(domain))),
    ]);
    if (!quota?.has_room) return { made, most: quota?.allowed ?? 0 };
    const taken = new Set(slugs.flat().map(({ slug }) => slug));
    const [insert, ...inserts] = rest.map((site) => {
      const slug = freeSlug(defaultSlug(site.domain), taken);
      taken.add(slug);
      return store.insertBrandIfItMay(ctx.db, { ...site, slug, member_id: memberId, date_added: ctx.now() });
    });
    if (!insert) break;
    const results = await commit(ctx, insert, ...inserts);
    for (const [i, [row]] of results.entries()) {
      const site = rest[i];
      if (row && site) made.set(site.domain, row.id);
    }
  }
  return { made };
}
