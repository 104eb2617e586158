import type { Line, Network, Wanted } from "#core/network/port.ts";

/** A network with a record of what was wanted of it and what came of that. */
export interface WatchedNetwork extends Network {
  /** Each time something was wanted, in order. */
  readonly wants: readonly Wanted[];
  /** Lines that came up. */
  readonly lines: readonly Line[];
}

export function watchNetwork(network: Network): WatchedNetwork {
  const wants: Wanted[] = [];
  const lines: Line[] = [];
  return {
    wants,
    lines,
    addresses: network.addresses,
    online: network.online,
    onLine(listener) {
      network.onLine((line) => {
        lines.push(line);
        listener(line);
      });
    },
    want(wanted) {
      wants.push(wanted);
      network.want(wanted);
    },
    close: () => network.close(),
  };
}
