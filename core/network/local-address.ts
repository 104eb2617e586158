import { BlockList, isIP } from "node:net";
import type { Address } from "./port.ts";

const local = new BlockList();
local.addSubnet("127.0.0.0", 8, "ipv4");
local.addSubnet("10.0.0.0", 8, "ipv4");
local.addSubnet("172.16.0.0", 12, "ipv4");
local.addSubnet("192.168.0.0", 16, "ipv4");
local.addSubnet("169.254.0.0", 16, "ipv4");
local.addAddress("::1", "ipv6");
local.addSubnet("fc00::", 7, "ipv6");
local.addSubnet("fe80::", 10, "ipv6");

const MAPPED = "::ffff:";

/** `fe80::1%eth0` and `::ffff:10.0.0.1` as `fe80::1` and `10.0.0.1`. */
export function plainHost(host: string): string {
  const bare = host.split("%", 1)[0] ?? host;
  const tail = bare.toLowerCase().startsWith(MAPPED)
    ? bare.slice(MAPPED.length)
    : bare;
  return isIP(tail) === 4 ? tail : bare;
}

/** Whether an address lies on this computer or its own network (ME6, ME7). Names do not. */
export function isLocalHost(host: string): boolean {
  const plain = plainHost(host);
  const version = isIP(plain);
  if (version === 0) return false;
  return local.check(plain, version === 4 ? "ipv4" : "ipv6");
}

/** Whether an IPv6 address means something only together with an interface. */
export function isLinkLocalV6(host: string): boolean {
  return isIP(host) === 6 && /^fe[89ab]/i.test(host);
}

/** A host as it can be dialled: link-local IPv6 means nothing without its interface. */
export function dialHost(host: string): string {
  return isLinkLocalV6(host) ? host : plainHost(host);
}

export function addressKey(address: Address): string {
  return `${address.host} ${String(address.port)}`;
}

/** Whether an address may be dialled: on our own network, with a real port (ME6). */
export function canDial(address: Address): boolean {
  const { host, port } = address;
  return (
    Number.isInteger(port) && port > 0 && port < 65_536 && isLocalHost(host)
  );
}
