import HyperDHT from "hyperdht";
import { createState, type State } from "#core/base/state.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { COMMAND, nodeId } from "./dht-wire.ts";
import { addressKey } from "./local-address.ts";
import type { Address } from "./port.ts";
import { prompt, PROMPT_MS } from "./prompt.ts";

/** Routers forget a far end after half a minute; a node that went should be noticed sooner. */
const LOOK_MS = 5_000;
const WAYPOINTS = 8;
/** How often a node that takes long to find its way is looked at. */
const PEEK_MS = 250;
/** Of one key: more would only cost, one could go. */
const OF_ONE_KEY = 2;

/** A node, and where it sees us. */
interface Waypoint {
  readonly relayAddress: Address;
  readonly peerAddress: Address;
}

/**
 * Nodes of the DHT that pass first calls on to us, all keys together: behind a
 * router each needs a packet every few seconds to stay in reach, so there cannot
 * be some for every topic. Each key goes by two of eight, so that no node hears
 * of all keys.
 */
export interface Waypoints {
  /** Once the first were looked for, found or not. */
  readonly ready: Promise<void>;
  /** Grows with each change. */
  readonly version: State<number>;
  /** The nodes for a key, always the same ones while they stand. */
  of(key: Buffer): readonly Address[];
  stop(): void;
  // What the library's server asks of whoever announces it.
  readonly relays: readonly Waypoint[];
  readonly relayAddresses: readonly Address[];
  isRelay(address: Address): boolean;
  suspend(): Promise<void>;
}

export interface WaypointsOptions {
  readonly dht: HyperDHT;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Called when somebody answers after nobody was known. */
  readonly onWay: () => void;
}

export function openWaypoints(options: WaypointsOptions): Waypoints {
  const { dht, clock, random, logger, onWay } = options;
  const standing = new Map<string, Waypoint>();
  const version = createState(0);
  let isLooking = false;
  let isStopped = false;

  /** Keeps those that answer, and finds others in place of those that do not. */
  async function look(): Promise<void> {
    if (isLooking || isStopped) return;
    isLooking = true;
    await lookForWay();
    const known = [...standing.values()].map((one) => one.relayAddress);
    const answers = await Promise.all(known.map(ping));
    const before = standing.size;
    for (const [index, one] of known.entries())
      if (answers[index] !== true) standing.delete(addressKey(one));
    const hasLost = standing.size < before;
    const hasFound = await fill();
    isLooking = false;
    if (!isStopped && (hasLost || hasFound))
      version.update((count) => count + 1);
  }

  /**
   * Our node gives up when nobody answers at its start, as behind a page to sign in
   * at, and forgets those it knew while there is no network: then whoever the network
   * is entered by is asked again and again.
   */
  async function lookForWay(): Promise<void> {
    if (dht.toArray().length > 0) return;
    const answers = await prompt(clock, dht.bootstrapNodes.map(ask));
    if (answers.length > 0 && !isStopped) onWay();
  }

  function ask(address: Address): Promise<HyperDHT.Reply> {
    return dht.ping(address);
  }

  async function fill(): Promise<boolean> {
    const missing = WAYPOINTS - standing.size;
    if (missing === 0 || isStopped) return false;
    const others = dht
      .toArray()
      .filter((one) => !standing.has(addressKey(one)));
    const chosen = shuffled(others).slice(0, missing);
    const answers = await prompt(clock, chosen.map(probe));
    return answers.includes(true);
  }

  /** Not every node that answers passes calls on: those that the network is entered by do not. */
  async function probe(address: Address): Promise<boolean> {
    try {
      const target = nodeId(address);
      const command = COMMAND.findPeer;
      const { error, token } = await dht.request({ command, target }, address);
      return error === 0 && token !== null && (await ping(address));
    } catch {
      return false;
    }
  }

  async function ping(address: Address): Promise<boolean> {
    try {
      const { to } = await dht.ping(address);
      standing.set(addressKey(address), {
        relayAddress: address,
        peerAddress: to,
      });
      return true;
    } catch {
      return false;
    }
  }

  function shuffled(addresses: readonly Address[]): readonly Address[] {
    return addresses
      .map((address) => ({ address, at: random.bytes(4).readUInt32BE(0) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ address }) => address);
  }

  /**
   * Waits until our node found its way. With bad nodes around that takes the library
   * ten seconds and more, and those it knows by then are enough.
   */
  async function foundWay(): Promise<void> {
    let isTired = false;
    let stopPeeking = (): void => undefined;
    const knowsEnough = new Promise<void>((resolve) => {
      stopPeeking = clock.every(PEEK_MS, () => {
        if (isTired && dht.toArray().length >= WAYPOINTS) resolve();
      });
    });
    const cancel = clock.after(PROMPT_MS, () => {
      isTired = true;
    });
    try {
      await Promise.race([dht.fullyBootstrapped(), knowsEnough]);
    } finally {
      cancel();
      stopPeeking();
    }
  }

  async function begin(): Promise<void> {
    try {
      await foundWay();
    } catch (error) {
      // An app that ends at once does so before its node knows others.
      if (isStopped) return;
      throw error;
    }
    await look();
  }

  const ready = begin();
  logger.background("waypoints", ready);
  const stop = clock.every(LOOK_MS, () => {
    logger.background("waypoints", look());
  });

  const all = () => [...standing.values()];
  return {
    ready,
    version,
    of(key) {
      const ranked = all().map(({ relayAddress }) => ({
        relayAddress,
        rank: HyperDHT.hash(
          Buffer.concat([key, Buffer.from(addressKey(relayAddress))]),
        ),
      }));
      return ranked
        .toSorted((a, b) => a.rank.compare(b.rank))
        .slice(0, OF_ONE_KEY)
        .map(({ relayAddress }) => relayAddress);
    },
    get relays() {
      return all();
    },
    // Told to whoever calls, for the next call; records name those that matter.
    relayAddresses: [],
    isRelay: (address) => standing.has(addressKey(address)),
    suspend: () => Promise.resolve(),
    stop() {
      isStopped = true;
      stop();
    },
  };
}
