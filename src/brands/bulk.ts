import type { MemberCtx } from "../ctx";
import { commit } from "../lib/db";
import { AppError } from "../lib/errors";
import { defaultSlug, freeSlug } from "./brand";
import * as store from "./store";
import { type Website, website } from "./website";

/** What became of a line. */
export type Line =
  | { url: string; result: "made" | "there"; id: number; domain: string }
  | { url: string; result: "refused"; why: string };

type Read = { url: string; site?: Website; why?: string };

/** Others may take a slug between our look and our write. */
const TRIES = 3;

/** Makes a brand of every website that is not one yet, as far as the plan allows. What is wrong with one line stops no other. */
export async function createBrands(ctx: MemberCtx, urls: string[]): Promise<Line[]> {
  const { memberId } = ctx.actor;
  const lines = urls.map(readLine);
  const sites = new Map(lines.flatMap(({ site }) => (site ? [[site.domain, site] as const] : [])));
  const [[quota], own] = await ctx.db.batch([
    store.brandQuota(ctx.db, memberId, ctx.now()),
    store.brandsOfDomains(ctx.db, memberId, [...sites.keys()]),
  ]);
  const there = new Map(own.map(({ id, domain }) => [domain, id]));
  const wanted = [...sites.values()].filter(({ domain }) => !there.has(domain));
  const allowed = quota?.allowed ?? 0;
  const room = quota && allowed === 0 ? wanted.length : Math.max(0, allowed - (quota?.used ?? 0));
  const made = await insertAll(ctx, wanted.slice(0, room));

  const seen = new Set<string>();
  return lines.map(({ url, site, why = "" }): Line => {
    if (!site) return { url, result: "refused", why };
    const { domain } = site;
    const isAgain = seen.has(domain);
    seen.add(domain);
    const id = there.get(domain) ?? made.get(domain);
    if (id !== undefined) return { url, result: made.has(domain) && !isAgain ? "made" : "there", id, domain };
    const isOver = wanted.indexOf(site) >= room;
    return { url, result: "refused", why: isOver ? overPlan(allowed) : "Please try this one again." };
  });
}

const overPlan = (allowed: number) => `Your plan allows ${allowed} ${allowed === 1 ? "brand" : "brands"}.`;

function readLine(url: string): Read {
  try {
    return { url, site: website(url) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { url, why: `This ${error.details?.[0]?.message ?? "is not a website"}.` };
  }
}

/** @returns the ids of the brands that are made, by domain. */
async function insertAll(ctx: MemberCtx, sites: Website[]): Promise<Map<string, number>> {
  const made = new Map<string, number>();
  for (let tried = 0; tried < TRIES; tried++) {
    const rest = sites.filter(({ domain }) => !made.has(domain));
    const [first, ...others] = rest.map(({ domain }) => store.slugsLike(ctx.db, defaultSlug(domain)));
    if (!first) break;
    const taken = new Set((await ctx.db.batch([first, ...others])).flat().map(({ slug }) => slug));
    const rows = rest.map((site) => {
      const slug = freeSlug(defaultSlug(site.domain), taken);
      taken.add(slug);
      return { ...site, slug, member_id: ctx.actor.memberId, date_added: ctx.now() };
    });
    const [insert, ...inserts] = rows.map((row) => store.insertBrandIfFree(ctx.db, row));
    if (!insert) break;
    const results = await commit(ctx, insert, ...inserts);
    for (const [i, [row]] of results.entries()) {
      const site = rest[i];
      if (row && site) made.set(site.domain, row.id);
    }
  }
  return made;
}
