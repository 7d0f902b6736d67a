import { commonnessOf, deviceOf } from "./device.ts";
import { patternOf } from "./mailbox-pattern.ts";
import { isForeign, type Origin, originOf } from "./origin.ts";

/**
 * What a request shows about the person signing up. Null means unknown. Sights are compared, and only hashes of them
 * are kept.
 */
export type Sight = {
  /** Milliseconds since the epoch. */
  at: number;
  /** The canonical email address. */
  mailbox: string;
  is_disposable: boolean;
  /** The IPv4 address or the IPv6 /64 network, and the surrounding /24 or /48. */
  address: string | null;
  network: string | null;
  agent: string | null;
  languages: string | null;
  /** The TLS version. The HTTP version changes between visits. */
  protocol: string | null;
  asn: number | null;
  country: string | null;
  /** Milliseconds between opening the page and sending its form. */
  took: number | null;
};

/** Hashes of a sight, keyed by week. Equal hashes mean equal facts only within the same week. */
export type Marks = {
  mailbox: string;
  stem: string | null;
  domain: string | null;
  address: string | null;
  network: string | null;
  device: string | null;
};

/** A hash with a week's key. Null if that key was destroyed. */
export type Hash = (week: number, text: string) => string | null;

/** Practiced hands fill in a form within this time. */
export const HASTE_MS = 12_000;

const WEEK_MS = 7 * 24 * 3_600_000;
export const weekOf = (at: number) => Math.floor(at / WEEK_MS);

/** Coarse facts of a sight, which do not identify anybody. */
export type Facts = {
  at: number;
  origin: Origin;
  is_disposable: boolean;
  is_generated: boolean;
  is_private: boolean;
  is_foreign: boolean;
  /** Whether the mailbox belongs to a service that hides the person's own. */
  is_relay: boolean;
  /** Whether the mailbox has a first and a last name, or about as many letters. */
  has_full_name: boolean;
  country: string | null;
  /** The share of people with a device like this. */
  commonness: number;
  took: number | null;
  /** Whether the request shows anything about the visitor. A server that signs people up shows nothing. */
  is_seen: boolean;
};

/** Somebody signing up, as the engine sees them. */
export type Arrival = Facts & { week: number; as: (week: number) => Marks | null };

export function arrivalOf(sight: Sight, hash: Hash): Arrival {
  const pattern = patternOf(sight.mailbox);
  const device = deviceOf(sight.agent, sight.languages, sight.protocol);
  const origin = originOf(sight.asn);
  // A relay's users have nothing in common, and a carrier moves phones among all of its addresses.
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
