import { isbot } from "isbot";
import { hmac, toBase64Url } from "../../lib/crypto";
import { type Env, secret } from "../../lib/env";

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

/** Alike for the same visitor of the same participant, and useless for anything else. No address or browser is kept. */
export const visitorHash = async (env: Env, participantId: number, visit: Visit) =>
  toBase64Url(
    (await hmac(secret(env, "CODE_SECRET"), `visitor:${participantId}:${visit.address}:${visit.userAgent}`)).subarray(
      0,
      16,
    ),
  );
