import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Clock } from "#core/base/clock.ts";
import type { Resource } from "#core/base/resource.ts";
import { createState, type State } from "#core/base/state.ts";
import { isLinkLocalV6, isLocalHost, plainHost } from "./local-address.ts";

/** Asking costs well under a millisecond; a cable pulled is noticed soon enough. */
const POLL_MS = 5_000;

/** Names that the usual programs for private networks give their interfaces. */
const VPN = /^(tun|tap|wg|utun|ppp|ipsec|nordlynx|tailscale|zt|proton)/i;

/** One address of one network interface of this computer. */
export interface InterfaceAddress {
  readonly interface: string;
  readonly host: string;
  readonly isLoopback: boolean;
  /** The network it stands on, as `192.168.1.7/24`; null where the system does not say. */
  readonly network?: string | null;
}

export interface Interfaces extends Resource {
  /** Local hosts where this computer can be dialled, the most useful first. */
  readonly hosts: State<readonly string[]>;
  /** Whether there is any network beside the computer itself. */
  readonly online: State<boolean>;
  /** Interfaces over which a link-local IPv6 address may be reached. */
  zones(): readonly string[];
  /** Whether one of them leads into a private network of somebody. */
  isVpn(): boolean;
  /** Whether a host is this computer itself, by an address it has now. */
  isOwn(host: string): boolean;
  /** Whether a host is reached without any router: on a network of ours, or this computer (ME7). */
  isOnLink(host: string): boolean;
}

export interface InterfacesOptions {
  readonly clock: Clock;
  /** Only this host is used: it alone is reported, and counts as online. */
  readonly host?: string | undefined;
  readonly read?: (() => readonly InterfaceAddress[]) | undefined;
}

/** Watches the computer's own addresses; sends nothing. */
export function watchInterfaces(options: InterfacesOptions): Interfaces {
  const { clock, host, read = readInterfaces } = options;
  const hosts = createState<readonly string[]>([]);
  const online = createState(false);
  let zones: readonly string[] = [];
  let found: readonly InterfaceAddress[] = [];

  function look(): void {
    found = read();
    zones = found
      .filter((one) => !one.isLoopback && isLinkLocalV6(one.host))
      .map((one) => one.interface);
    const next = host === undefined ? localHosts(found) : [host];
    if (JSON.stringify(next) !== JSON.stringify(hosts.peek())) hosts.set(next);
    online.set(host !== undefined || found.some((one) => !one.isLoopback));
  }

  look();
  const stop = clock.every(POLL_MS, look);
  return {
    hosts,
    online,
    zones: () => zones,
    isVpn: () => found.some((one) => VPN.test(one.interface)),
    isOwn: (one) => one === host || found.some((it) => it.host === one),
    isOnLink: (one) =>
      isLinkLocalV6(one) || onLink(found).check(one, familyOf(one)),
    close() {
      stop();
      return Promise.resolve();
    },
  };
}

/** Routable private addresses, then link-local ones, then the computer itself. */
function localHosts(found: readonly InterfaceAddress[]): readonly string[] {
  const rank = (one: InterfaceAddress): number =>
    one.isLoopback ? 2 : isLinkLocalV6(one.host) ? 1 : 0;
  const hosts = found
    .filter((one) => isLocalHost(one.host))
    .toSorted((a, b) => rank(a) - rank(b))
    .map((one) => one.host);
  return [...new Set(hosts)];
}

/** Our own networks, and this computer itself. */
function onLink(found: readonly InterfaceAddress[]): BlockList {
  const networks = new BlockList();
  networks.addSubnet("127.0.0.0", 8, "ipv4");
  networks.addAddress("::1", "ipv6");
  for (const { network } of found) {
    const [host = "", bits = ""] = (network ?? "").split("/");
    if (isIP(host) !== 0)
      networks.addSubnet(host, Number(bits), familyOf(host));
  }
  return networks;
}

function familyOf(host: string): "ipv4" | "ipv6" {
  return isIP(host) === 6 ? "ipv6" : "ipv4";
}

function readInterfaces(): readonly InterfaceAddress[] {
  const found: InterfaceAddress[] = [];
  for (const [name, addresses] of Object.entries(networkInterfaces()))
    for (const { address, internal, cidr } of addresses ?? [])
      found.push({
        interface: name,
        host: plainHost(address),
        isLoopback: internal,
        network: cidr,
      });
  return found;
}
