import { isIPv4 } from "node:net";
import { createState } from "#core/base/state.ts";
import { knock } from "./knock.ts";
import { createNearby } from "./nearby.ts";
import type { Network, Wanted } from "./port.ts";
import { createTcpNetwork, type TcpOptions } from "./tcp.ts";

export interface LanOptions extends TcpOptions {
  /** The UDP port of multicast DNS; another one keeps tests among themselves. */
  readonly multicastPort?: number;
}

/** A few of many tell whether anybody can be reached. */
const KNOCKS = 8;
/** Virtual machines and containers bring interfaces by the dozen. */
const ZONES = 8;

/**
 * TCP with Noise on the local network, with the devices on it found by multicast
 * DNS as well as by wanted addresses (ME1, ME6). Needs no internet at all.
 */
export function createLanNetwork(options: LanOptions): Network {
  const tcp = createTcpNetwork(options);
  const hosts = createState<readonly string[]>([]);
  const nearby = createNearby({ ...options, hosts });
  const heard = createState(0);
  const isOnlyHost = options.host !== undefined;
  let wanted: Wanted = { topics: [], addresses: [] };

  function tell(): void {
    tcp.want({
      ...wanted,
      addresses: [...wanted.addresses, ...nearby.found.peek()],
    });
  }

  /** Speaks where we can be dialled from outside, while there is somebody to meet. */
  function follow(): void {
    const dialled = tcp.addresses.peek().map(({ host }) => host);
    const plain = [...new Set(dialled)].filter(
      (host) => isIPv4(host) && (isOnlyHost || !host.startsWith("127.")),
    );
    const zones = isOnlyHost ? [] : tcp.zones().slice(0, ZONES);
    const spoken = [...plain, ...zones.map((zone) => `::%${zone}`)];
    if (spoken.join() !== hosts.peek().join()) hosts.set(spoken);
    nearby.announce(wanted.topics.length > 0 ? tcp.runPort.peek() : null);
  }

  const ends = [
    tcp.addresses.subscribe(follow),
    tcp.runPort.subscribe(follow),
    nearby.found.subscribe(tell),
    nearby.found.subscribe(() => {
      heard.set(nearby.found.peek().length);
    }),
  ];

  return {
    addresses: tcp.addresses,
    online: tcp.online,
    nearby: heard,
    async inspect() {
      const there = nearby.found.peek();
      const knocked = await Promise.all(there.slice(0, KNOCKS).map(knock));
      return {
        internet: null,
        local: {
          interfaces: hosts.peek().length,
          heard: there.length,
          answering: knocked.filter(Boolean).length,
          isVpn: tcp.isVpn(),
        },
      };
    },
    onLine(listener) {
      tcp.onLine(listener);
    },
    want(next) {
      wanted = next;
      follow();
      tell();
    },
    async close() {
      for (const end of ends) end();
      await nearby.close();
      await tcp.close();
    },
  };
}
