import ipaddr from "ipaddr.js";
import type { Sight } from "../../fraud/sight.ts";

/** The shortest prefixes that a list accepts: a larger network has too many people. */
export const PREFIX_MIN = { ipv4: 16, ipv6: 32 } as const;

/** An address's network with this prefix length, normalized. Null if the address is invalid. */
export function networkIn(address: string, bits: number): string | null {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  const most = parsed.kind() === "ipv4" ? 32 : 64;
  const cidr = `${parsed}/${Math.min(bits, most)}`;
  const first =
    parsed.kind() === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${first}/${Math.min(bits, most)}`;
}

/** The keys of list entries that would match a signup: `domain:acme.com`. */
export function listedKeys(email: string, { address, asn, country }: Sight, referrer: number): string[] {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  const plain = address?.replace(/\/\d+$/, "") ?? null;
  const isV6 = plain?.includes(":") === true;
  const [from, to] = isV6 ? [PREFIX_MIN.ipv6, 64] : [PREFIX_MIN.ipv4, 32];
  const networks = plain === null ? [] : Array.from({ length: to - from + 1 }, (_, i) => networkIn(plain, from + i));
  return [
    `email:${email}`,
    `domain:${domain}`,
    `referrer:${referrer}`,
    ...(asn === null ? [] : [`asn:${asn}`]),
    ...(country === null ? [] : [`country:${country}`]),
    ...networks.flatMap((network) => (network === null ? [] : `network:${network}`)),
  ];
}
