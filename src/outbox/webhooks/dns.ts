import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { Env } from "../../lib/env";

/**
 * The result of resolving a host: all addresses are public, at least one is not, there are none (`missing`), or the
 * resolver did not respond (`unknown`). A Worker cannot pin the address that it then connects to, so this only adds to
 * the platform's own protection.
 */
export type Addresses = "public" | "private" | "missing" | "unknown";

const TIMEOUT_MS = 2_000;
const [NO_ERROR, NO_SUCH_NAME] = [0, 3];
/** The numbers of the record types that we query. */
const TYPES = { A: 1, AAAA: 28, TXT: 16 } as const;
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

const Answer = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).default([]),
});

/**
 * Resolves over HTTPS (RFC 8484's JSON form). IPv4 comes first and then IPv6, to use only one of the few connections
 * that a Worker can have open.
 */
export async function addressesOf(env: Env, host: string): Promise<Addresses> {
  if (!env.DOH_URL) return "public";
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const found: string[] = [];
  for (const type of ["A", "AAAA"] as const) {
    const records = await recordsOf(env, host, type, signal);
    if (records === null) return "unknown";
    found.push(...records);
  }
  if (found.length === 0) return "missing";
  return found.every(isPublic) ? "public" : "private";
}

/** The TXT records of a name. Null if the resolver did not respond, or there are none. */
export async function textsOf(env: Env, name: string): Promise<string[] | null> {
  if (!env.DOH_URL) return null;
  const records = await recordsOf(env, name, "TXT", AbortSignal.timeout(TIMEOUT_MS));
  // A record consists of quoted parts of up to 255 characters each (RFC 1035 §3.3.14), or has no quotes.
  return records?.map((data) => [...data.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join("") || data) ?? null;
}

/** The records of a name. Null if the resolver did not respond. */
async function recordsOf(env: Env, name: string, type: keyof typeof TYPES, signal: AbortSignal) {
  try {
    const question = new URL(env.DOH_URL);
    question.searchParams.set("name", name);
    question.searchParams.set("type", type);
    const response = await fetch(question.href, { headers: { accept: "application/dns-json" }, signal });
    if (!response.ok) return null;
    const answer = Answer.parse(await response.json());
    if (answer.Status !== NO_ERROR && answer.Status !== NO_SUCH_NAME) return null;
    return answer.Answer.filter((record) => record.type === TYPES[type]).map((record) => record.data);
  } catch {
    return null;
  }
}

/** Whether an address is global unicast: not private, local, reserved, translated, or tunneled. */
export function isPublic(text: string) {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  return address.range() === "unicast" && (address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6));
}
