import type HyperDHT from "hyperdht";
import type { Clock } from "#core/base/clock.ts";
import {
  COMMAND,
  compareDistance,
  nodeId,
  packAddresses,
  readPeers,
  signedRecord,
  unpackAddresses,
} from "./dht-wire.ts";
import { addressKey } from "./local-address.ts";
import type { Address } from "./port.ts";
import { prompt } from "./prompt.ts";
import type { Rendezvous } from "./rendezvous.ts";
import type { Waypoints } from "./waypoints.ts";

/**
 * Nodes that keep a notice, and are asked for others'. The library takes twenty;
 * six hold it too when a third of all nodes lie, and are a third of the traffic.
 */
const NEAR = 6;
/** In a search, where many others are asked too, a node is asked twice and not six times. */
const SEARCH_RETRIES = 1;
/** With fewer answers than this, the nodes are looked for anew. */
const ENOUGH = 3;

/** One topic of ours in the DHT. */
export interface Place {
  readonly rendezvous: Rendezvous;
  /** The nodes nearest to it when they were asked last, packed. */
  nodes: Buffer;
  /** Through which nodes calls come, packed. */
  waypoints: Buffer;
  /** Whether others may have found our notice. */
  hasNotice: boolean;
  isLeft: boolean;
}

export function placeAt(rendezvous: Rendezvous): Place {
  const [nodes, waypoints] = [Buffer.alloc(0), Buffer.alloc(0)];
  return { rendezvous, nodes, waypoints, hasNotice: false, isLeft: false };
}

/** Notices in the DHT that say of a key: it is here, call it through these nodes. */
export interface Notices {
  /** Asks who is there, and leaves or renews our notice; false where no node took it. */
  post(place: Place): Promise<boolean>;
  /** Asks a few of the nodes that are known who is there. */
  glance(place: Place): Promise<void>;
  /** Takes our notice back, as far as the nodes are there. */
  withdraw(place: Place): Promise<void>;
}

export interface NoticesOptions {
  readonly clock: Clock;
  readonly dht: HyperDHT;
  readonly waypoints: Pick<Waypoints, "of" | "ready">;
  /** Others at a topic, each as often as it is heard of. */
  readonly onFound: (place: Place, others: readonly HyperDHT.Peer[]) => void;
}

/** A node that answered and can be left something with. */
interface Keeper {
  readonly address: Address;
  readonly id: Buffer;
  readonly token: Buffer;
  readonly reply: HyperDHT.Reply;
}

export function createNotices(options: NoticesOptions): Notices {
  const { clock, dht, waypoints, onFound } = options;

  function report(place: Place, peers: readonly HyperDHT.Peer[]): void {
    const { publicKey } = place.rendezvous.keyPair;
    const others = peers.filter((peer) => !peer.publicKey.equals(publicKey));
    if (others.length > 0 && !place.isLeft) onFound(place, others);
  }

  async function ask(
    place: Place,
    nodes: readonly Address[],
  ): Promise<readonly Keeper[]> {
    const { target } = place.rendezvous;
    const asked = nodes.map(async (node) => {
      const reply = await dht.request(
        { command: COMMAND.lookup, target },
        node,
      );
      report(place, readPeers(reply.value));
      return keeperOf(reply);
    });
    return prompt(clock, asked);
  }

  /** Looks through the whole DHT, as the library does. */
  async function search(place: Place): Promise<readonly Keeper[]> {
    const lookup = dht.lookup(place.rendezvous.target, {
      retries: SEARCH_RETRIES,
    });
    try {
      for await (const { peers } of lookup) report(place, peers);
    } catch {
      // Nobody answers, or the network went.
    }
    return lookup.closestReplies.flatMap((reply) => keeperOf(reply) ?? []);
  }

  /** Asks the nodes that are nearest now: each tells of the nearest it knows itself. */
  async function nearest(place: Place): Promise<readonly Keeper[]> {
    const { target } = place.rendezvous;
    const known = unpackAddresses(place.nodes);
    let found = known.length < ENOUGH ? [] : await ask(place, known);
    if (found.length < ENOUGH) found = await search(place);
    else
      found = [...found, ...(await ask(place, nearer(target, known, found)))];
    const best = sorted(target, found, ({ id }) => id).slice(0, NEAR);
    place.nodes = packAddresses(best.map(({ address }) => address));
    return best;
  }

  /** Has a waypoint pass calls on to the key of a topic. */
  async function passOn(place: Place, waypoint: Address): Promise<Address> {
    const { keyPair, self: target } = place.rendezvous;
    const reply = await dht.request(
      { command: COMMAND.findPeer, target },
      waypoint,
    );
    const keeper = keeperOf(reply);
    if (keeper === null) throw new Error("no node of the DHT");
    await leave(keeper, COMMAND.announce, { target, keyPair, relays: [] });
    return waypoint;
  }

  async function leave(
    { address, id, token }: Keeper,
    command: typeof COMMAND.announce | typeof COMMAND.unannounce,
    { target, keyPair, relays }: Record,
  ): Promise<void> {
    const value = signedRecord(command, keyPair, relays, { target, id, token });
    const request = { command, token, target, value };
    const { error } = await dht.request(request, address);
    if (error !== 0) throw new Error("a node refused a notice");
  }

  async function renew(keeper: Keeper, record: Record): Promise<void> {
    const { publicKey } = record.keyPair;
    const packed = packAddresses(record.relays);
    const isOld = readPeers(keeper.reply.value).some(
      (peer) =>
        peer.publicKey.equals(publicKey) &&
        !packAddresses(peer.relayAddresses).equals(packed),
    );
    // Nodes keep the first of two records of one key.
    if (isOld)
      await leave(keeper, COMMAND.unannounce, { ...record, relays: [] });
    await leave(keeper, COMMAND.announce, record);
  }

  return {
    async post(place) {
      const { target, keyPair, self } = place.rendezvous;
      const keepers = await nearest(place);
      if (keepers.length === 0) return false;
      await waypoints.ready;
      if (place.isLeft) return false;
      const through = waypoints.of(self).map((one) => passOn(place, one));
      const passing = await prompt(clock, through);
      place.waypoints = packAddresses(passing);
      const own = dht.remoteAddress();
      const relays = own === null ? passing : [own, ...passing];
      if (place.isLeft || relays.length === 0) return false;
      const record = { target, keyPair, relays };
      place.hasNotice = true;
      const left = keepers.map(async (keeper) => {
        await renew(keeper, record);
        return keeper;
      });
      return (await prompt(clock, left)).length > 0;
    },
    async glance(place) {
      await ask(place, unpackAddresses(place.nodes).slice(0, ENOUGH));
    },
    async withdraw(place) {
      const { target, keyPair } = place.rendezvous;
      if (!place.hasNotice) return;
      const keepers = await ask(place, unpackAddresses(place.nodes));
      const record = { target, keyPair, relays: [] };
      await Promise.allSettled(
        keepers.map((one) => leave(one, COMMAND.unannounce, record)),
      );
    },
  };
}

interface Record {
  readonly target: Buffer;
  readonly keyPair: Rendezvous["keyPair"];
  readonly relays: readonly Address[];
}

function keeperOf(reply: HyperDHT.Reply): Keeper | null {
  const { from, token, error } = reply;
  if (from.id === null || token === null || error !== 0) return null;
  const address = { host: from.host, port: from.port };
  return { address, id: from.id, token, reply };
}

/** Nodes that were told of and are nearer than the last of those that answered. */
function nearer(
  target: Buffer,
  asked: readonly Address[],
  answered: readonly Keeper[],
): readonly Address[] {
  const best = sorted(target, answered, ({ id }) => id).slice(0, NEAR);
  const last = best.length < NEAR ? null : (best.at(-1)?.id ?? null);
  const seen = new Set(asked.map(addressKey));
  const told: { readonly address: Address; readonly id: Buffer }[] = [];
  for (const { reply } of answered)
    for (const { host, port } of reply.closerNodes ?? []) {
      const address = { host, port };
      if (seen.has(addressKey(address))) continue;
      seen.add(addressKey(address));
      const id = nodeId(address);
      if (last === null || compareDistance(target, id, last) < 0)
        told.push({ address, id });
    }
  return sorted(target, told, ({ id }) => id)
    .slice(0, NEAR)
    .map(({ address }) => address);
}

function sorted<T>(
  target: Buffer,
  all: readonly T[],
  idOf: (one: T) => Buffer,
): readonly T[] {
  return all.toSorted((a, b) => compareDistance(target, idOf(a), idOf(b)));
}
