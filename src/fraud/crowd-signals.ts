import type { Crowd, Neighbor } from "./memory.ts";
import type { Found, ReasonCode } from "./reasons.ts";
import { type Arrival, HASTE_MS } from "./sight.ts";

const clamp = (n: number) => Math.max(0, Math.min(1, n));
const step = (weights: number[], n: number) => weights[Math.min(n, weights.length - 1)] ?? 0;

/** What a network shows: whether many people share it, and how common the arrival's device is in it. */
export type Surroundings = { hub: number; deviceShare: number; office: number; isColleague: boolean; found: Found[] };

/** `inviter` is the arrival's inviter. `crowds` are those of the arrival's network. */
export function crowdSignals(arrival: Arrival, inviter: number, crowds: Crowd[]): Surroundings {
  const all = crowds.flatMap((crowd) => {
    const marks = arrival.as(crowd.week);
    return marks ? crowd.neighbors.map((neighbor) => ({ neighbor, marks })) : [];
  });
  const neighbors = all.map(({ neighbor }) => neighbor);
  const hub = hubOf(neighbors);
  const found: Found[] = [];
  const add = (code: ReasonCode, weight: number, list: Neighbor[] = []) => {
    if (weight >= 0.05) found.push({ code, weight, with: list.map(({ participant }) => participant) });
  };
  const isSame = (one: string | null, other: string | null) => one !== null && one === other;

  const twins = all
    .filter(({ neighbor, marks }) => isSame(neighbor.address, marks.address) && isSame(neighbor.device, marks.device))
    .map(({ neighbor }) => neighbor);
  const company = companyOf(neighbors);
  const isColleague = company !== null && all.some(({ marks }) => marks.domain === company);
  const office = company === null ? 1 : isColleague ? 0.15 : 0.25;
  const trust = (1 - hub) * (arrival.origin === "mobile" ? 0.6 : 1) * office;
  add("one_device_here", step([0, 0.06, 0.13, 0.24, 0.4, 0.56, 0.68], twins.length) * trust, twins);

  const own = all.find(({ neighbor }) => neighbor.participant === inviter);
  if (own && isSame(own.neighbor.address, own.marks.address))
    add("inviters_address", (isSame(own.neighbor.device, own.marks.device) ? 0.08 : 0.05) * trust);

  // In a family, one or two people invite the others.
  const members = new Set(neighbors.map(({ participant }) => participant));
  const inner = neighbors.filter((neighbor) => members.has(neighbor.inviter));
  const inviters = new Set([...inner.map((neighbor) => neighbor.inviter), ...(members.has(inviter) ? [inviter] : [])]);
  const alike = twins.length / neighbors.length;
  add("ring", step([0, 0, 0, 0.25, 0.45, 0.6], inviters.size) * Math.min(1, 2 * alike) * trust, inner);
  const deviceShare =
    neighbors.length < 4
      ? 0
      : hub * (all.filter(({ neighbor, marks }) => isSame(neighbor.device, marks.device)).length / all.length);
  return { hub, deviceShare, office, isColleague, found };
}

/**
 * The hashed private domain where people in a network have their mailboxes, which makes them colleagues. Colleagues use
 * several devices or take their time with the form. Somebody who invents mailboxes does neither.
 */
function companyOf(neighbors: Neighbor[]): string | null {
  for (const [domain, own] of Map.groupBy(neighbors, (neighbor) => neighbor.domain)) {
    if (domain === null || own.length < 2 || own.length < 0.3 * neighbors.length) continue;
    const devices = new Set(own.map(({ device }) => device));
    const slow = own.filter(({ took }) => took !== null && took > HASTE_MS);
    if ((devices.size >= 2 && devices.size >= 0.25 * own.length) || slow.length >= 0.5 * own.length) return domain;
  }
  return null;
}

/**
 * The probability that many people share a network: an office, a campus, a conference, a carrier. In a shared network,
 * devices vary, or the inviters are outside the network. A farm reuses a few phones.
 */
function hubOf(neighbors: Neighbor[]): number {
  const devices = neighbors.flatMap(({ device }) => device ?? []);
  const counts = new Map<string, number>();
  for (const device of devices) counts.set(device, (counts.get(device) ?? 0) + 1);
  const top = devices.length === 0 ? 1 : Math.max(...counts.values()) / devices.length;
  const few = Math.max(2, 0.3 * Math.min(devices.length, 30));
  const byDevices = clamp((counts.size - few) / Math.max(2, 0.1 * devices.length)) * clamp((0.8 - top) / 0.25);
  const members = new Set(neighbors.map(({ participant }) => participant));
  const outside = new Set(neighbors.flatMap(({ inviter }) => (inviter === 0 || members.has(inviter) ? [] : inviter)));
  const byInviters = clamp((outside.size - 2) / 3);
  return Math.max(byDevices, byInviters);
}
