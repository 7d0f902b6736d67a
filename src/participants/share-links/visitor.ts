import { isbot } from "isbot";
import { type Env, secret } from "../../lib/env";
import { keyedHash } from "../../lib/keyed-hash";

export type Visit = {
  method: string;
  userAgent: string;
  address: string;
  header: (name: string) => string | undefined;
};

const SPECULATIVE = /prefetch|preview|prerender/i;

/** Whether a person follows the link now, rather than a bot, a link preview, or a prefetching browser. */
export function isPerson(visit: Visit) {
  if (visit.method !== "GET" || visit.userAgent === "" || isbot(visit.userAgent)) return false;
  return !["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].some((name) => SPECULATIVE.test(visit.header(name) ?? ""));
}

/**
 * A keyed hash that is equal for the same visitor of the same participant. The IP address is not stored. Nothing that
 * a visitor can choose freely, like the user agent, makes them another visitor.
 */
export const visitorHash = (env: Env, participantId: number, visit: Visit) =>
  keyedHash(secret(env, "CODE_SECRET"), "visitor", `${participantId}:${visit.address}`);
