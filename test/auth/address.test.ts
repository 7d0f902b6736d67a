import { describe, expect, it } from "vitest";
import { addressIn, networkOf } from "../../src/auth/address";

const from = (address?: string) => addressIn(new Headers(address ? { "CF-Connecting-IP": address } : {}));

describe("a caller's address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::1", "2001:db8:1:3::/64"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["not:an:address", "not:an:address"],
    [undefined, "unknown"],
  ])("%s counts as %s", (sent, counted) => expect(from(sent)).toBe(counted));

  it.each([
    ["192.0.2.7", "192.0.2.0/24"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
    ["::ffff:192.0.2.7", "192.0.2.0/24"],
    [undefined, "unknown"],
  ])("%s is in the network %s", (sent, network) => expect(networkOf(from(sent))).toBe(network));
});
