import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { Env } from "../../lib/env";

/**
 * The result of resolving a host: all addresses are public, at least one is not, there are none (`missing`), or the
 * resolver did not answer (`unknown`). A Worker cannot pin the address it then connects to, so this is a second barrier
 * besides the platform's own.
 */
export type Addresses = "public" | "private" | "missing" | "unknown";

const TIMEOUT_MS = 2_000;
const [NO_ERROR, NO_SUCH_NAME] = [0, 3];
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

const Answer = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).default([]),
});

/**
 * Resolves over HTTPS (RFC 8484's JSON form), first IPv4 and then IPv6, to use one of the few connections a Worker can
 * have open.
 */
export async function addressesOf(env: Env, host: string): Promise<Addresses> {
  if (!env.DOH_URL) return "public";
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const found: string[] = [];
  try {
    for (const [name, type] of [
      ["A", 1],
      ["AAAA", 28],
    ] as const) {
      const question = new URL(env.DOH_URL);
      question.searchParams.set("name", host);
      question.searchParams.set("type", name);
      const response = await fetch(question.href, { headers: { accept: "application/dns-json" }, signal });
      if (!response.ok) return "unknown";
      const answer = Answer.parse(await response.json());
      if (answer.Status !== NO_ERROR && answer.Status !== NO_SUCH_NAME) return "unknown";
      found.push(...answer.Answer.filter((record) => record.type === type).map((record) => record.data));
    }
  } catch {
    return "unknown";
  }
  if (found.length === 0) return "missing";
  return found.every(isPublic) ? "public" : "private";
}

/** Whether an address is global unicast: not private, local, reserved, translated, or tunneled. */
export function isPublic(text: string) {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  return address.range() === "unicast" && (address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6));
}
