import { getDomain, parse } from "tldts";
import { limit } from "../../auth/limit";
import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { DAY_MS } from "../../lib/day";
import { breaksUnique, commit } from "../../lib/db";
import { type Env, secret } from "../../lib/env";
import { AppError, invalid, notFound } from "../../lib/errors";
import { keyedHash } from "../../lib/keyed-hash";
import { textsOf } from "../../outbox/webhooks/dns";
import { brandById } from "../brands/brand-store";
import { isTrusted } from "../proof/trusted-domain";
import { type Asked, createHostname, deleteHostname, hostnameById, isIssuing } from "./custom-hostname";
import type { Domain } from "./domain-schema";
import * as store from "./domain-store";
import { forgetSites } from "./site";

const DOMAINS_MAX = 5;
const CHECKED_EVERY_MS = DAY_MS;
const PENDING_EVERY_MS = 60_000;
const CHECKS_PER_RUN = 10;
/** The number of consecutive failed checks, a day apart, that end a verification. */
const FAILURES_MAX = 2;
const [LABEL, VALUE] = ["_referrals", "referrals-host="];

const ownHost = ({ PUBLIC_URL }: Env) => (PUBLIC_URL ? new URL(PUBLIC_URL).hostname : "");

/** The TXT record that verifies a host for a member. Its value belongs to one member, brand, and host. */
async function recordOf(env: Env, { member_id, brand_id, hostname }: store.DomainRow) {
  const token = await keyedHash(secret(env, "SEAL_SECRET"), "host", `${member_id}:${brand_id}:${hostname}`);
  return { type: "TXT" as const, name: `${LABEL}.${hostname}`, value: `${VALUE}${token}` };
}

async function asDomain(env: Env, row: store.DomainRow): Promise<Domain> {
  const { member_id: _, proven_at: __, cf_id: ___, failures: ____, ...shown } = row;
  const target = env.CUSTOM_DOMAIN_TARGET || ownHost(env);
  const records = [
    await recordOf(env, row),
    ...(target ? [{ type: "CNAME" as const, name: row.hostname, value: target }] : []),
  ];
  return { ...shown, records };
}

/** @throws 400 unless the host is a subdomain that a member may use */
function hostnameIn(env: Env, text: string) {
  const url = URL.parse(`https://${text.replace(/^https?:\/\//i, "").replace(/\/$/, "")}`);
  const hostname = url?.hostname.replace(/\.$/, "") ?? "";
  const { isIp, domain, subdomain } = parse(hostname);
  if (url?.pathname !== "/" || url.port || url.username || isIp || !domain)
    throw invalid("hostname", "must be a host name, like refer.acme.com");
  if (!subdomain)
    throw invalid("hostname", "must be a subdomain, like refer.acme.com: an apex domain cannot have a CNAME");
  const own = ownHost(env);
  if (
    hostname === own ||
    getDomain(hostname, { allowPrivateDomains: true }) === getDomain(own || "-", { allowPrivateDomains: true })
  )
    throw invalid("hostname", "belongs to this installation");
  return hostname;
}

/** The hosts of a brand, as an unrun query, and their form. */
export const storedDomains = (ctx: MemberCtx, brandId: number) =>
  store.domainsOf(ctx.db, ctx.actor.memberId, brandId, DOMAINS_MAX);
export const asDomains = (ctx: MemberCtx, rows: store.DomainRow[]) =>
  Promise.all(rows.map((row) => asDomain(ctx.env, row)));

/** @throws 404 for another member's brand */
export async function brandDomains(ctx: MemberCtx, brandId: number): Promise<Domain[]> {
  const [rows, [brand]] = await ctx.db.batch([
    storedDomains(ctx, brandId),
    brandById(ctx.db, ctx.actor.memberId, brandId),
  ]);
  if (!brand) throw notFound("brand");
  return asDomains(ctx, rows);
}

/** @throws 400, 404 if the brand is another member's or has the maximum number of hosts */
export async function addDomain(ctx: MemberCtx, brandId: number, text: string): Promise<Domain> {
  const hostname = hostnameIn(ctx.env, text);
  const { memberId } = ctx.actor;
  const [[added]] = await commit(ctx, store.insertDomain(ctx.db, memberId, brandId, hostname, ctx.now(), DOMAINS_MAX));
  if (!added) throw notFound("brand");
  return domainOf(ctx, added.id);
}

/** @throws 404 */
export async function domainOf(ctx: MemberCtx, id: number): Promise<Domain> {
  return asDomain(ctx.env, await rowOf(ctx, id));
}

async function rowOf(ctx: MemberCtx, id: number) {
  const [[row]] = await ctx.db.batch([store.domainById(ctx.db, ctx.actor.memberId, id)]);
  if (!row) throw notFound("domain");
  return row;
}

/**
 * Checks the TXT record, then requests the certificate. We send Cloudflare no host without our TXT record in its DNS,
 * so nobody can take over a host through a leftover CNAME.
 * @throws 404, 429; 409 if another account has verified the host
 */
export async function verifyDomain(ctx: MemberCtx, id: number): Promise<Domain> {
  await limit(ctx, "sign_in", `host ${ctx.actor.memberId}`);
  const row = await rowOf(ctx, id);
  const found = await hasRecord(ctx.env, row);
  if (!found) {
    const error =
      found === null ? "The DNS server did not respond. Try again in a minute." : "We did not find the TXT record yet.";
    await commit(ctx, store.noteCheck(ctx.db, id, { ...row, error, checked_at: ctx.now(), isLost: false }));
    return domainOf(ctx, id);
  }
  const { memberId } = ctx.actor;
  // The verification is stored first, so only one of two accounts gets to request the host at Cloudflare.
  const waiting = {
    state: isIssuing(ctx.env) ? ("pending" as const) : ("active" as const),
    ssl_state: row.ssl_state,
    error: null,
  };
  try {
    await commit(
      ctx,
      store.markProven(ctx.db, memberId, id, { ...waiting, cf_id: row.cf_id }, ctx.now()),
      store.settleHost(ctx.db, row.brand_id),
    );
  } catch (error) {
    if (breaksUnique(error, "domains.hostname"))
      throw new AppError("conflict", "Another account uses this host. It must be removed there first.");
    throw error;
  }
  if (isIssuing(ctx.env)) await standAt(ctx, { ...row, ...waiting });
  forgetSites();
  return domainOf(ctx, id);
}

async function hasRecord(env: Env, row: store.DomainRow): Promise<boolean | null> {
  if (isTrusted(env, row.hostname)) return true;
  const { name, value } = await recordOf(env, row);
  const texts = await textsOf(env, name);
  return texts === null ? null : texts.includes(value);
}

/** Reads a verified host's status from Cloudflare and stores it. */
async function standAt(ctx: Pick<JobCtx, "db" | "env" | "now">, row: store.DomainRow) {
  const known = row.cf_id ? await hostnameById(ctx.env, row.cf_id) : null;
  const asked: Asked = known && !("gone" in known) ? known : await createHostname(ctx.env, row.hostname);
  const host = "host" in asked ? asked.host : null;
  const standing = host
    ? { state: host.state, ssl_state: host.ssl, error: host.error, cf_id: host.id }
    : {
        state: row.state,
        ssl_state: row.ssl_state,
        error: "unknown" in asked ? asked.unknown : null,
        cf_id: row.cf_id,
      };
  await ctx.db.batch([
    store.noteCheck(ctx.db, row.id, {
      ...standing,
      checked_at: nextCheck(ctx, standing.state),
      failures: 0,
      isLost: false,
    }),
    store.settleHost(ctx.db, row.brand_id),
  ]);
}

/** Pending hosts are checked every minute, all others once a day. */
const nextCheck = ({ now }: Pick<JobCtx, "now">, state: store.DomainRow["state"]) =>
  new Date(now().getTime() - (state === "pending" ? CHECKED_EVERY_MS - PENDING_EVERY_MS : 0));

/**
 * Removes a host. Cloudflare comes first, so none of our certificates is left for it.
 * @throws 404; 503 if Cloudflare does not respond
 */
export async function removeDomain(ctx: MemberCtx, id: number) {
  const row = await rowOf(ctx, id);
  if (row.cf_id && isIssuing(ctx.env) && !(await deleteHostname(ctx.env, row.cf_id)))
    throw new AppError("overloaded", "Cloudflare did not remove the host. Try again in a minute.");
  const [[deleted]] = await commit(
    ctx,
    store.deleteDomain(ctx.db, ctx.actor.memberId, id),
    store.settleHost(ctx.db, row.brand_id),
  );
  if (!deleted) throw notFound("domain");
  forgetSites();
  return { id, deleted: true as const };
}

/**
 * Follows pending hosts, and checks daily that the others still have their TXT record. After two checks without it, a
 * host is removed from Cloudflare, and others may claim it. A check without an answer from the DNS server changes
 * nothing.
 */
export async function checkDomains(ctx: JobCtx): Promise<void> {
  const now = ctx.now();
  const [rows] = await ctx.db.batch([store.due(ctx.db, new Date(now.getTime() - CHECKED_EVERY_MS), CHECKS_PER_RUN)]);
  for (const row of rows) {
    const found = row.state === "pending" ? true : await hasRecord(ctx.env, row);
    if (found === true && isIssuing(ctx.env)) await standAt(ctx, row);
    else if (found !== false)
      await ctx.db.batch([store.noteCheck(ctx.db, row.id, { ...row, checked_at: now, isLost: false })]);
    else await lose(ctx, row);
  }
}

async function lose(ctx: JobCtx, row: store.DomainRow) {
  const failures = row.failures + 1;
  const isLost =
    failures >= FAILURES_MAX && (!row.cf_id || !isIssuing(ctx.env) || (await deleteHostname(ctx.env, row.cf_id)));
  const lost = isLost
    ? {
        state: "failed" as const,
        ssl_state: null,
        cf_id: null,
        error: "The TXT record is gone. Publish it again, then check the host.",
      }
    : row;
  await ctx.db.batch([
    store.noteCheck(ctx.db, row.id, { ...row, ...lost, failures, checked_at: ctx.now(), isLost }),
    store.settleHost(ctx.db, row.brand_id),
  ]);
}
