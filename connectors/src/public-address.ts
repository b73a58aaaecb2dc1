import { BlockList, isIP } from "node:net";

/**
 * Whether an address is somebody's on the open internet. What is not (this machine, the networks behind it, the cloud's
 * metadata service) must not be reachable through an address that a person typed in as a store's (SSRF).
 *
 * @param address as the resolver or a URL has it; a name is no address, and not public
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function isPublicAddress(address: string): boolean {
  const plain = address.startsWith("[") && address.endsWith("]") ? address.slice(1, -1) : address;
  const family = isIP(plain);
  if (family === 4) return !closed.check(plain, "ipv4");
  // An IPv4 address in IPv6's clothes is checked as what it is: BlockList looks through the mapped form itself.
  return family === 6 && !closed.check(plain, "ipv6");
}

const closed = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  closed.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  closed.addSubnet(network, prefix, "ipv6");
}
