import ipaddr from "ipaddr.js";

/**
 * The caller's IP address, used only for limits and keyed hashes: an IPv4 address, or the /64 network of an IPv6
 * address, because one customer of an access provider has all addresses in it. IPv4-mapped addresses count as IPv4.
 */
export function addressIn(headers: Headers): string {
  const sent = headers.get("CF-Connecting-IP") ?? "unknown";
  return sent.includes(":") ? within(sent, { ipv4: 32, ipv6: 64 }) : sent;
}

/** The network of a household or an office, from an `addressIn` address. It stays the same for months. */
export const networkOf = (address: string) => within(address.replace(/\/\d+$/, ""), { ipv4: 24, ipv6: 48 });

/** Whether an `addressIn` address is a public internet address, so its location can be looked up. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/\/\d+$/, "");
  return ipaddr.isValid(plain) && ipaddr.process(plain).range() === "unicast";
}

function within(text: string, bits: { ipv4: number; ipv6: number }): string {
  if (!ipaddr.isValid(text)) return text;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6)
    return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits.ipv6}`)}/${bits.ipv6}`;
  if (bits.ipv4 === 32) return address.toString();
  return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits.ipv4}`)}/${bits.ipv4}`;
}
