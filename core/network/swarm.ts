import type NoiseSecretStream from "@hyperswarm/secret-stream";
import HyperDHT from "hyperdht";
import Hyperswarm from "hyperswarm";
import { deadline, type Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { createSerial } from "#core/base/serial.ts";
import { createState } from "#core/base/state.ts";
import { watchBacklog, type BacklogWatch } from "./backlog.ts";
import { createDhtParking } from "./dht-parking.ts";
import { capFrames } from "./frame-cap.ts";
import { inspectInternet } from "./inspect-internet.ts";
import { watchInterfaces } from "./interfaces.ts";
import { openLine } from "./line.ts";
import type { Address, Line, Network } from "./port.ts";
import { RelayAwareDht } from "./relay-aware.ts";
import { openRelay, type Relay } from "./relay.ts";
import { createTopics, type Topics } from "./topics.ts";

export interface SwarmOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Nodes to enter the DHT by. Left out: the library's public ones. Empty: none. */
  readonly bootstrap?: readonly Address[];
  /** Bind to this address alone: 127.0.0.1 for tests. */
  readonly host?: string;
}

/** Taking announcements back is a courtesy: with the network gone nobody waits for it. */
const FAREWELL_MS = 2_000;

/**
 * An app that ended without a farewell (a crash, a flat battery) is named by the
 * DHT for twenty minutes under each key it had, and each takes seconds to be given
 * up. With three at a time whoever is there waited half a minute behind six of them.
 */
const ATTEMPTS = 24;

/** The DHT node and swarm of one stretch of wanting something. */
interface Running {
  readonly dht: RelayAwareDht;
  readonly swarm: Hyperswarm;
  readonly topics: Topics;
  readonly streams: Set<NoiseSecretStream>;
  readonly backlog: BacklogWatch;
}

/**
 * Hyperswarm over the DHT (ME1). The key pair is made here and lives as long as
 * this adapter (ME2). Nothing exists before a topic is wanted (ME8), and nothing
 * is left once none is.
 */
export function createSwarmNetwork(options: SwarmOptions): Network {
  const { clock, random, logger, host } = options;
  const keyPair = HyperDHT.keyPair(random.bytes(32));
  const interfaces = watchInterfaces({ clock, host });
  const serial = createSerial();
  let onLine: (line: Line) => void = (line) => {
    line.close();
  };
  const helperKey = createState<Buffer | null>(null);
  const parking = createDhtParking();
  let wanted = new Map<string, Buffer>();
  let helpers: readonly Buffer[] = [];
  let isHelper = false;
  let relay: Relay | null = null;
  let running: Running | null = null;
  let isClosed = false;

  async function follow(): Promise<void> {
    if (wanted.size === 0) return stop();
    running ??= start();
    parking.use(running.dht);
    running.topics.follow(wanted);
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
  function helperFor(force: boolean, dht: HyperDHT): Buffer | null {
    if (!force && !dht.randomized) return null;
    const own = helperKey.peek();
    return helpers.find((key) => own === null || !key.equals(own)) ?? null;
  }

  function start(): Running {
    const dht = new RelayAwareDht({
      ...(options.bootstrap === undefined
        ? {}
        : { bootstrap: options.bootstrap }),
      ...(host === undefined ? {} : { host }),
      keyPair,
    });
    const swarm = new Hyperswarm({
      dht,
      keyPair,
      maxParallel: ATTEMPTS,
      relayThrough: (force) => helperFor(force, dht),
    });
    const streams = new Set<NoiseSecretStream>();
    const backlog = watchBacklog(clock);
    const topics = createTopics({ swarm, clock, random, logger });
    swarm.on("connection", (stream) => {
      streams.add(stream);
      stream.on("close", () => streams.delete(stream));
      capFrames(stream, "started");
      backlog.add(stream);
      logger.background("swarm line", accept(dht, stream));
    });
    return { dht, swarm, topics, streams, backlog };
  }

  async function accept(
    dht: RelayAwareDht,
    stream: NoiseSecretStream,
  ): Promise<void> {
    const line = await openLine(stream, () => {
      const helper = dht.helperOf(stream);
      const transport = helper === null ? "internet" : "helper";
      return { transport, helper, remote: null };
    });
    if (line === null) return;
    if (wanted.size === 0) line.close();
    else onLine(line);
  }

  async function stop(): Promise<void> {
    if (running === null) return;
    parking.use(null);
    await stopHelping();
    const { dht, swarm, topics, streams, backlog } = running;
    running = null;
    backlog.stop();
    topics.stop();
    for (const stream of streams) stream.destroy();
    const farewell = swarm.destroy();
    try {
      await deadline(clock, FAREWELL_MS, farewell, () => new Error());
    } catch {
      // Closing its sockets fails all that the farewell still waits for.
      await dht.destroy({ force: true });
      await Promise.allSettled([farewell]);
    }
  }

  function want(next: readonly Buffer[]): void {
    wanted = new Map(next.map((topic) => [topic.toString("hex"), topic]));
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
    want({ topics, reach, ...wish }) {
      if (isClosed) return;
      helpers = wish.helpers ?? [];
      isHelper = wish.isHelper ?? false;
      want(reach === "this-network" ? [] : topics);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      want([]);
      await serial(follow);
      await interfaces.close();
    },
  };
}
