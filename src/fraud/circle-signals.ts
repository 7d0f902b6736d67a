import type { Surroundings } from "./crowd-signals.ts";
import type { Circle, Friend } from "./memory.ts";
import type { Found, ReasonCode } from "./reasons.ts";
import { type Arrival, HASTE_MS } from "./sight.ts";

const MINUTE_MS = 60_000;
const step = (weights: number[], n: number) => weights[Math.min(n, weights.length - 1)] ?? 0;
const ids = (friends: Friend[]) => friends.map(({ participant }) => participant);

/** A friend and what they share with the arrival. */
type Link = {
  friend: Friend;
  mailbox: boolean;
  stem: boolean;
  domain: boolean;
  address: boolean;
  network: boolean;
  device: boolean;
};

function linksOf(arrival: Arrival, circle: Circle): Link[] {
  return circle.friends.flatMap((friend) => {
    const marks = arrival.as(friend.week);
    if (!marks) return [];
    const same = (key: "mailbox" | "stem" | "domain" | "address" | "network" | "device") =>
      marks[key] !== null && marks[key] === friend[key];
    return [
      {
        friend,
        mailbox: same("mailbox"),
        stem: same("stem"),
        domain: same("domain"),
        address: same("address"),
        network: same("network"),
        device: same("device"),
      },
    ];
  });
}

/** Signals from the arrival and the inviter's earlier friends together, weighed against their surroundings. */
export function circleSignals(
  arrival: Arrival,
  circle: Circle,
  { hub, deviceShare, office, isColleague }: Surroundings,
): Found[] {
  const links = linksOf(arrival, circle);
  const found: Found[] = [];
  const add = (code: ReasonCode, weight: number, friends: Friend[] = []) => {
    if (weight >= 0.05) found.push({ code, weight, with: ids(friends) });
  };
  const those = (key: Exclude<keyof Link, "friend">) => links.filter((link) => link[key]).map(({ friend }) => friend);

  add("same_mailbox", those("mailbox").length > 0 ? 0.9 : 0);
  add("disposable_mailbox", arrival.is_disposable ? 0.75 : 0);
  add("numbered_mailboxes", step([0, 0.2, 0.5, 0.7, 0.85], those("stem").length), those("stem"));

  const recent = circle.friends.slice(-9);
  const generated = recent.filter((friend) => friend.is_generated);
  if (arrival.is_generated && generated.length >= 2 && generated.length + 1 >= 0.6 * (recent.length + 1))
    add("generated_mailboxes", step([0, 0, 0.3, 0.45, 0.55, 0.65], generated.length) * (1 - hub / 2), generated);

  // Colleagues use several devices. Somebody who invents mailboxes at their own domain uses one or two.
  const domain = links.filter((link) => link.domain);
  const oneHand = domain.filter(({ device }) => device).length / Math.max(1, domain.length);
  const at = domain.map(({ friend }) => friend);
  add(
    "one_private_domain",
    step([0, 0.05, 0.12, 0.24, 0.36, 0.46], at.length) *
      (arrival.is_generated ? 0.5 + oneHand / 2 : 0.5) *
      (1 - hub) *
      (isColleague ? 0.3 : 1),
    at,
  );

  const trust = (1 - hub) * (arrival.origin === "mobile" ? 0.5 : 1) * office;
  const here = those("address");
  add("one_address", step([0, 0.08, 0.14, 0.21, 0.33, 0.46, 0.56, 0.64], here.length) * trust, here);
  const near = links.filter((link) => link.network && !link.address).map(({ friend }) => friend);
  add("one_network", step([0, 0.05, 0.12, 0.22, 0.32, 0.4], near.length) * trust, near);

  add(...oneDevice(arrival, links, office === 1 ? deviceShare : Math.max(deviceShare, 0.6)));
  add(...dataCenters(arrival, recent));

  const foreign = recent.filter((friend) => friend.is_foreign);
  if (arrival.is_foreign && foreign.length >= 2 && foreign.length + 1 >= 0.6 * (recent.length + 1))
    add("foreign_languages", step([0, 0, 0.15, 0.22, 0.3], foreign.length), foreign);

  // Sharing a hub's address or a common device does not link people.
  const bound = links.filter(
    ({ stem, domain, address, network, device, friend }) =>
      stem ||
      (hub < 0.2 && office === 1 && (address || network)) ||
      (device && !isColleague && (domain || arrival.commonness < 0.25)) ||
      (arrival.is_generated && friend.is_generated),
  );
  const inARow = bound.filter(({ friend }) => arrival.at - friend.at < 60 * MINUTE_MS).map(({ friend }) => friend);
  add("in_a_row", step([0, 0, 0, 0.2, 0.3, 0.4], inARow.length), inARow);
  add(...evenPace(arrival, circle));
  add(...hasty(arrival, circle));
  const isLike = ({ friend, stem, device, address, network }: Link) =>
    friend.is_held && (stem || (device && (address || network || arrival.commonness < 0.25)));
  const held = bound.filter(isLike).slice(-5);
  add("like_held", 0.08 * held.length);
  return found;
}

/** The probability that at least `k` of `n` people share a trait by chance, if a share `q` of all people has it. */
function chance(n: number, k: number, q: number): number {
  let term = q ** n;
  let sum = 0;
  for (let i = n; i >= k; i--) {
    sum += term;
    term = (term * i * (1 - q)) / ((n - i + 1) * q);
  }
  return Math.min(1, sum);
}

/**
 * More friends share one device than chance explains. `share` is how many people in the arrival's network have that
 * device, if the network is a hub.
 */
function oneDevice(arrival: Arrival, links: Link[], share: number): [ReasonCode, number, Friend[]?] {
  const latest = links.slice(-11).filter(({ friend }) => friend.device !== null);
  const same = latest.filter(({ device }) => device).map(({ friend }) => friend);
  // A company buys laptops of one kind.
  const isOfCompany = !arrival.is_generated && latest.filter(({ domain }) => domain).length >= 0.5 * same.length;
  const q = Math.min(0.95, Math.max(arrival.commonness, share, isOfCompany ? 0.6 : 0));
  if (same.length < 3 || q >= 0.95) return ["one_device", 0];
  const surprise = -Math.log10(chance(latest.length + 1, same.length + 1, q));
  return ["one_device", surprise < 1.5 ? 0 : Math.min(0.48, 0.15 * surprise), same];
}

function dataCenters(arrival: Arrival, recent: Friend[]): [ReasonCode, number, Friend[]?] {
  const centers = recent.filter(({ origin }) => origin === "data_center");
  if (arrival.origin !== "data_center") return ["data_center", 0];
  const isMost = centers.length > 0 && centers.length + 1 >= 0.5 * (recent.length + 1);
  return isMost
    ? ["data_centers", step([0, 0.3, 0.42, 0.5, 0.58, 0.64], centers.length), centers]
    : ["data_center", 0.2];
}

const GAPS = 7;
/** Random gaps vary about as much as their mean. */
function evenPace(arrival: Arrival, circle: Circle): [ReasonCode, number, Friend[]?] {
  const latest = circle.friends.slice(-GAPS);
  if (latest.length < GAPS) return ["even_pace", 0];
  const times = [...latest.map(({ at }) => at), arrival.at];
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / GAPS;
  // A batch arrives all at once and has no pace.
  if (mean === 0) return ["even_pace", 0];
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / GAPS) / mean;
  return ["even_pace", spread < 0.3 ? 0.35 : spread < 0.42 ? 0.2 : 0, latest];
}

/** The share of forms completed within `HASTE_MS`. Some people's browsers fill in forms for them. */
const [OF_PRACTICED, OF_OTHERS] = [0.78, 0.4];

/** How much likelier the speed of the inviter's latest forms is for practiced hands than for ordinary visitors. */
function hasty(arrival: Arrival, circle: Circle): [ReasonCode, number, Friend[]?] {
  const { took } = arrival;
  if (took === null || took > HASTE_MS) return ["hasty_forms", 0];
  const latest = circle.friends.slice(-19).filter((friend) => friend.took !== null);
  const fast = latest.filter((friend) => (friend.took ?? 0) <= HASTE_MS);
  const slow = latest.length - fast.length;
  const likelihood =
    (fast.length + 1) * Math.log(OF_PRACTICED / OF_OTHERS) + slow * Math.log((1 - OF_PRACTICED) / (1 - OF_OTHERS));
  return ["hasty_forms", likelihood < 3 ? 0 : Math.min(0.6, 0.08 * likelihood), fast];
}
