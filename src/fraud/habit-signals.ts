import type { Circle, Friend } from "./memory.ts";
import type { Found, ReasonCode } from "./reasons.ts";
import type { Arrival } from "./sight.ts";

const DAY_MS = 86_400_000;
const step = (weights: number[], n: number) => weights[Math.min(n, weights.length - 1)] ?? 0;
const ids = (friends: Friend[]) => friends.map(({ participant }) => participant);

/** What the inviter's friends do, and do not do, whoever's network and mailbox they have. */
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

/** The inviter's own name in another mailbox. */
function inviters(arrival: Arrival, { own }: Circle) {
  const stem = own && arrival.as(own.week)?.stem;
  return stem !== undefined && stem !== null && stem === own?.stem;
}

const EVEN_AMONG = 6;
/** People take very different times for a form, and programs that pretend to type take about one. */
function evenForms(arrival: Arrival, recent: Friend[]): [ReasonCode, number, Friend[]?] {
  const timed = recent.filter(({ took }) => took !== null).slice(-EVEN_AMONG - 2);
  const times = [...timed.map(({ took }) => took ?? 0), arrival.took ?? 0];
  if (arrival.took === null || timed.length < EVEN_AMONG) return ["even_forms", 0];
  const mean = times.reduce((sum, took) => sum + took, 0) / times.length;
  const spread = Math.sqrt(times.reduce((sum, took) => sum + (took - mean) ** 2, 0) / times.length) / mean;
  return ["even_forms", spread < 0.22 ? 0.4 : spread < 0.3 ? 0.25 : 0, timed];
}

/** Hardly two friends of one country: whoever hires addresses takes the next one in the list. */
function manyCountries(arrival: Arrival, recent: Friend[]): [ReasonCode, number, Friend[]?] {
  const known = recent.filter(({ country }) => country);
  const countries = new Set([arrival.country, ...known.map(({ country }) => country)]);
  if (arrival.country === null || known.length < 5) return ["many_countries", 0];
  const share = countries.size / (known.length + 1);
  return ["many_countries", share >= 0.6 ? 0.2 : 0, known];
}

/** Hidden addresses are a good habit of many. On one device, they are one person's. */
function relayMailboxes(arrival: Arrival, recent: Friend[]): [ReasonCode, number, Friend[]?] {
  if (!arrival.is_relay) return ["relay_mailboxes", 0];
  const device = (friend: Friend) => arrival.as(friend.week)?.device;
  const same = recent.filter((friend) => friend.is_relay && friend.device !== null && friend.device === device(friend));
  const isMost = same.length >= 0.6 * recent.length;
  return ["relay_mailboxes", isMost ? step([0, 0, 0.05, 0.15, 0.3, 0.45, 0.55], same.length) : 0, same];
}

/** How many of any friends share their own link within some days. A careful guess. */
const COMES_BACK = 0.2;
const NEVER_AMONG = 8;
/** Friends who did nothing more since they signed up, though they had days for it. */
function neverBack(arrival: Arrival, { friends }: Circle): [ReasonCode, number, Friend[]?] {
  const settled = friends.slice(-12).filter(({ at }) => arrival.at - at > 2 * DAY_MS);
  if (settled.length < NEVER_AMONG || settled.some(({ is_back }) => is_back)) return ["never_back", 0];
  return ["never_back", Math.min(0.3, 0.18 * -Math.log10((1 - COMES_BACK) ** settled.length)), settled];
}
