import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { Env } from "../../lib/env";

/**
 * What a host's addresses are: all public; at least one that is not; none (`missing`); or the resolver did not tell (`unknown`).
 * A Worker cannot pin the address it then connects to, so this is a second barrier besides the platform's own.
 */
export type Addresses = "public" | "private" | "missing" | "unknown";

const TIMEOUT_MS = 2_000;
const [NO_ERROR, NO_SUCH_NAME] = [0, 3];
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

const Answer = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).default([]),
});

/** Asks over HTTPS (RFC 8484's JSON form), for IPv4 and then IPv6: one connection, of the few a Worker may have open. */
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

/** Whether an address is global unicast: no private, local, reserved, translated or tunnelled one. */
export function isPublic(text: string) {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  return address.range() === "unicast" && (address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6));
}
