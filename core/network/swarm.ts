import type NoiseSecretStream from "@hyperswarm/secret-stream";
import HyperDHT from "hyperdht";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { createSerial } from "#core/base/serial.ts";
import { createState } from "#core/base/state.ts";
import { createDhtParking } from "./dht-parking.ts";
import { inspectInternet } from "./inspect-internet.ts";
import { watchInterfaces } from "./interfaces.ts";
import type { Address, Line, Network } from "./port.ts";
import { openRelay, type Relay } from "./relay.ts";
import { openRunning, type Running } from "./running.ts";
import type { Pace } from "./topics.ts";

export interface SwarmOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Nodes to enter the DHT by. Left out: the library's public ones. Empty: none. */
  readonly bootstrap?: readonly Address[];
  /** Bind to this address alone: 127.0.0.1 for tests. */
  readonly host?: string;
}

/**
 * Meets over HyperDHT (ME1), with a key of its own for each topic: nodes of the
 * DHT cannot tell by what is sent that two topics are of one device (ME2). The
 * keys live as long as this adapter. Nothing exists before a topic is wanted
 * (ME8), and nothing is left once none is.
 */
export function createSwarmNetwork(options: SwarmOptions): Network {
  const { clock, random, logger, host } = options;
  /** Makes the keys of all topics; told to nobody. */
  const secret = random.bytes(32);
  /** What lines of this run are known by, inside. */
  const keyPair: NoiseSecretStream.KeyPair = HyperDHT.keyPair(random.bytes(32));
  const interfaces = watchInterfaces({ clock, host });
  const serial = createSerial();
  let onLine: (line: Line) => void = (line) => {
    line.close();
  };
  const helperKey = createState<Buffer | null>(null);
  const parking = createDhtParking();
  let wanted = new Map<string, Pace>();
  let helpers: readonly Buffer[] = [];
  let isHelper = false;
  let relay: Relay | null = null;
  let running: Running | null = null;
  let isClosed = false;

  async function follow(): Promise<void> {
    if (wanted.size === 0) return stop();
    running ??= openRunning({
      ...options,
      secret,
      keyPair,
      helperFor,
      onLine(line) {
        if (wanted.size === 0) line.close();
        else onLine(line);
      },
    });
    parking.use(running.dht);
    running.follow(wanted);
    if (isHelper && relay === null) {
      relay = await openRelay({ dht: running.dht, random, logger });
      helperKey.set(relay.publicKey);
    } else if (!isHelper) await stopHelping();
  }

  async function stopHelping(): Promise<void> {
    const ended = relay;
    relay = null;
    helperKey.set(null);
    await ended?.close();
  }

  /** A helper where no direct line came about; never ourselves. */
  function helperFor(isNeeded: boolean, dht: HyperDHT): Buffer | null {
    if (!isNeeded && !dht.randomized) return null;
    const own = helperKey.peek();
    return helpers.find((key) => own === null || !key.equals(own)) ?? null;
  }

  async function stop(): Promise<void> {
    if (running === null) return;
    parking.use(null);
    await stopHelping();
    const ended = running;
    running = null;
    await ended.close();
  }

  function want(always: readonly Buffer[], rarely: readonly Buffer[]): void {
    wanted = new Map();
    for (const topic of rarely) wanted.set(topic.toString("hex"), "rarely");
    for (const topic of always) {
      // The most urgent come first.
      wanted.delete(topic.toString("hex"));
      wanted.set(topic.toString("hex"), "always");
    }
    logger.background("swarm follow", serial(follow));
  }

  return {
    addresses: createState<readonly Address[]>([]),
    helperKey,
    parking,
    async inspect() {
      const dht = running?.dht;
      const internet = dht === undefined ? null : await inspectInternet(dht);
      return { internet, local: null };
    },
    online: interfaces.online,
    onLine(listener) {
      onLine = listener;
    },
    want({ topics, rarely = [], reach, ...wish }) {
      if (isClosed) return;
      helpers = wish.helpers ?? [];
      isHelper = wish.isHelper ?? false;
      if (reach === "this-network") want([], []);
      else want(topics, rarely);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      want([], []);
      await serial(follow);
      await interfaces.close();
    },
  };
}
