import { commonnessOf, deviceOf } from "./device.ts";
import { patternOf } from "./mailbox-pattern.ts";
import { isForeign, type Origin, originOf } from "./origin.ts";

/** What a request shows of the person who signs up. Null is unknown. It is compared, and only hashes of it are kept. */
export type Sight = {
  /** Milliseconds since the epoch. */
  at: number;
  /** The canonical email address. */
  mailbox: string;
  is_disposable: boolean;
  /** The IPv4 address, or the /64 network in IPv6, and what is around it: the /24 or /48. */
  address: string | null;
  network: string | null;
  agent: string | null;
  languages: string | null;
  /** The version of TLS. That of HTTP differs from visit to visit. */
  protocol: string | null;
  asn: number | null;
  country: string | null;
  /** Milliseconds from the page to its form. */
  took: number | null;
};

/** Hashes of a sight, with the key of a week. Equal ones mean equal facts within that week only. */
export type Marks = {
  mailbox: string;
  stem: string | null;
  domain: string | null;
  address: string | null;
  network: string | null;
  device: string | null;
};

/** A keyed hash, with the key of a week. Null if that key was destroyed. */
export type Hash = (week: number, text: string) => string | null;

/** Practiced hands have filled in a form by then. */
export const HASTE_MS = 12_000;

const WEEK_MS = 7 * 24 * 3_600_000;
export const weekOf = (at: number) => Math.floor(at / WEEK_MS);

/** The coarse facts of a sight, which tell nobody apart. */
export type Facts = {
  at: number;
  origin: Origin;
  is_disposable: boolean;
  is_generated: boolean;
  is_private: boolean;
  is_foreign: boolean;
  /** The mailbox is a service's, which hides the person's own. */
  is_relay: boolean;
  /** The mailbox has a first and a last name, or about as many letters. */
  has_full_name: boolean;
  country: string | null;
  /** How many people have about this device. */
  commonness: number;
  took: number | null;
  /** Whether it shows anything of the visitor. A server that signs people up shows nothing. */
  is_seen: boolean;
};

/** Someone who signs up, as the engine sees them. */
export type Arrival = Facts & { week: number; as: (week: number) => Marks | null };

export function arrivalOf(sight: Sight, hash: Hash): Arrival {
  const pattern = patternOf(sight.mailbox);
  const device = deviceOf(sight.agent, sight.languages, sight.protocol);
  const origin = originOf(sight.asn);
  // Neighbors of a relay have nothing in common, and a carrier moves phones between all of its addresses.
  const network = origin === "relay" || origin === "mobile" ? null : sight.network;
  const address = origin === "relay" ? null : sight.address;
  const known = new Map<number, Marks | null>();
  const marksOf = (week: number): Marks | null => {
    const own = (kind: string, text: string | null) => (text === null ? null : hash(week, `${kind}:${text}`));
    const mailbox = own("mailbox", sight.mailbox);
    if (mailbox === null) return null;
    return {
      mailbox,
      stem: own("stem", pattern.stem),
      domain: own("domain", pattern.is_private ? pattern.domain : null),
      address: own("address", address),
      network: own("network", network),
      device: own("device", device),
    };
  };
  return {
    at: sight.at,
    week: weekOf(sight.at),
    origin,
    is_disposable: sight.is_disposable,
    is_generated: pattern.is_generated,
    is_private: pattern.is_private,
    is_foreign: isForeign(sight.country, sight.languages),
    is_relay: pattern.is_relay,
    has_full_name: pattern.has_full_name,
    country: sight.country,
    commonness: commonnessOf(sight.agent),
    took: sight.took,
    is_seen: sight.address !== null || device !== null,
    as: (week) => {
      const marks = known.get(week) ?? (known.has(week) ? null : marksOf(week));
      known.set(week, marks);
      return marks;
    },
  };
}
