import { isbot } from "isbot";
import { type Env, secret } from "../../lib/env";
import { keyedHash } from "../../lib/keyed-hash";

/** What a click came with. */
export type Visit = {
  method: string;
  userAgent: string;
  address: string;
  header: (name: string) => string | undefined;
};

const SPECULATIVE = /prefetch|preview|prerender/i;

/** A person who follows the link now: no bot, no link preview, no browser that fetches ahead. */
export function isPerson(visit: Visit) {
  if (visit.method !== "GET" || visit.userAgent === "" || isbot(visit.userAgent)) return false;
  return !["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].some((name) => SPECULATIVE.test(visit.header(name) ?? ""));
}

/** The same for the same visitor of the same participant, and useless for anything else. No address or browser is kept. */
export const visitorHash = (env: Env, participantId: number, visit: Visit) =>
  keyedHash(secret(env, "CODE_SECRET"), "visitor", `${participantId}:${visit.address}:${visit.userAgent}`);
