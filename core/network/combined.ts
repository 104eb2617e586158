import { createState, type State } from "#core/base/state.ts";
import type { Inspection, Network } from "./port.ts";

/**
 * Several networks as one: each is told all that is wanted and takes what it
 * can do. Closing it closes them all.
 */
export function combineNetworks(networks: readonly Network[]): Network {
  const [addresses, endAddresses] = join(
    networks.map((one) => one.addresses),
    (all) => all.flat(),
  );
  const [online, endOnline] = join(
    networks.map((one) => one.online),
    (all) => all.includes(true),
  );
  const helping = networks.flatMap(({ helperKey }) => helperKey ?? []);
  const [helperKey, endHelperKey] = join(
    helping,
    (all) => all.find((key) => key !== null) ?? null,
  );
  const heard = networks.flatMap(({ nearby }) => nearby ?? []);
  const [nearby, endNearby] = join(heard, (all) => Math.max(0, ...all));
  async function inspect(): Promise<Inspection> {
    const all = await Promise.all(
      networks.flatMap((network) => network.inspect?.() ?? []),
    );
    return {
      internet: all.find(({ internet }) => internet !== null)?.internet ?? null,
      local: all.find(({ local }) => local !== null)?.local ?? null,
    };
  }
  const parking = networks.find((one) => one.parking !== undefined)?.parking;
  return {
    addresses,
    online,
    helperKey,
    nearby,
    ...(parking === undefined ? {} : { parking }),
    inspect,
    onLine(listener) {
      for (const network of networks) network.onLine(listener);
    },
    want(wanted) {
      for (const network of networks) network.want(wanted);
    },
    async close() {
      await Promise.all(networks.map((network) => network.close()));
      endAddresses();
      endOnline();
      endHelperKey();
      endNearby();
    },
  };
}

/** A state computed from others, and how to let go of them. */
function join<T, U>(
  states: readonly State<T>[],
  compute: (values: readonly T[]) => U,
): readonly [State<U>, () => void] {
  const read = (): U => compute(states.map((state) => state.peek()));
  const joined = createState(read());
  const ends = states.map((state) =>
    state.subscribe(() => {
      joined.set(read());
    }),
  );
  return [
    joined,
    () => {
      for (const end of ends) end();
    },
  ];
}
