import type { Circle, Friend } from "./memory.ts";
import type { Found, ReasonCode } from "./reasons.ts";
import type { Arrival } from "./sight.ts";

const DAY_MS = 86_400_000;
const step = (weights: number[], n: number) => weights[Math.min(n, weights.length - 1)] ?? 0;
const ids = (friends: Friend[]) => friends.map(({ participant }) => participant);

/** Signals from the habits of the inviter's friends, independent of network and mailbox. */
export function habitSignals(arrival: Arrival, circle: Circle): Found[] {
  const recent = circle.friends.slice(-9);
  const found: Found[] = [];
  const add = (code: ReasonCode, weight: number, friends: Friend[] = []) => {
    if (weight >= 0.05) found.push({ code, weight, with: ids(friends) });
  };
  add(
    "inviters_name",
    inviters(arrival, circle) ? (arrival.has_full_name || circle.own?.has_full_name ? 0.55 : 0.2) : 0,
  );
  add(...evenForms(arrival, recent));
  add(...manyCountries(arrival, recent));
  add(...relayMailboxes(arrival, recent));
  add(...neverBack(arrival, circle));
  const gone = circle.gone?.length ?? 0;
  const share = gone / Math.max(1, circle.friends.length + gone);
  add(
    "erased_friends",
    share > 0.8 ? step([0, 0, 0.5, 0.65], gone) : share >= 0.3 ? step([0, 0, 0.25, 0.5, 0.65], gone) : 0,
  );
  return found;
}

/** Whether the friend's mailbox has the inviter's own name. */
function inviters(arrival: Arrival, { own }: Circle) {
  const stem = own && arrival.as(own.week)?.stem;
  return stem !== undefined && stem !== null && stem === own?.stem;
}

const EVEN_AMONG = 6;
/**
 * People take very different times to fill in a form. A program that pretends to type takes about the same time every
 * time.
 */
function evenForms(arrival: Arrival, recent: Friend[]): [ReasonCode, number, Friend[]?] {
  const timed = recent.filter(({ took }) => took !== null).slice(-EVEN_AMONG - 2);
  const times = [...timed.map(({ took }) => took ?? 0), arrival.took ?? 0];
  if (arrival.took === null || timed.length < EVEN_AMONG) return ["even_forms", 0];
  const mean = times.reduce((sum, took) => sum + took, 0) / times.length;
  const spread = Math.sqrt(times.reduce((sum, took) => sum + (took - mean) ** 2, 0) / times.length) / mean;
  return ["even_forms", spread < 0.22 ? 0.4 : spread < 0.3 ? 0.25 : 0, timed];
}

/**
 * Almost every friend comes from a different country. Somebody who rents IP addresses takes the next one on the list.
 */
function manyCountries(arrival: Arrival, recent: Friend[]): [ReasonCode, number, Friend[]?] {
  const known = recent.filter(({ country }) => country);
  const countries = new Set([arrival.country, ...known.map(({ country }) => country)]);
  if (arrival.country === null || known.length < 5) return ["many_countries", 0];
  const share = countries.size / (known.length + 1);
  return ["many_countries", share >= 0.6 ? 0.2 : 0, known];
}

/**
 * Many people hide their email addresses for good reasons. Several hidden addresses on one device belong to one person.
 */
function relayMailboxes(arrival: Arrival, recent: Friend[]): [ReasonCode, number, Friend[]?] {
  if (!arrival.is_relay) return ["relay_mailboxes", 0];
  const device = (friend: Friend) => arrival.as(friend.week)?.device;
  const same = recent.filter((friend) => friend.is_relay && friend.device !== null && friend.device === device(friend));
  const isMost = same.length >= 0.6 * recent.length;
  return ["relay_mailboxes", isMost ? step([0, 0, 0.05, 0.15, 0.3, 0.45, 0.55], same.length) : 0, same];
}

/** The share of ordinary friends who share their own link within a few days. A conservative estimate. */
const COMES_BACK = 0.2;
const NEVER_AMONG = 8;
/** Friends who did nothing else after signing up, although they had days to do it. */
function neverBack(arrival: Arrival, { friends }: Circle): [ReasonCode, number, Friend[]?] {
  const settled = friends.slice(-12).filter(({ at }) => arrival.at - at > 2 * DAY_MS);
  if (settled.length < NEVER_AMONG || settled.some(({ is_back }) => is_back)) return ["never_back", 0];
  return ["never_back", Math.min(0.3, 0.18 * -Math.log10((1 - COMES_BACK) ** settled.length)), settled];
}
