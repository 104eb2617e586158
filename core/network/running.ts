import type NoiseSecretStream from "@hyperswarm/secret-stream";
import type HyperDHT from "hyperdht";
import { deadline, type Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { openAnswering } from "./answering.ts";
import { watchBacklog } from "./backlog.ts";
import { createCalls } from "./calls.ts";
import { unpackAddresses } from "./dht-wire.ts";
import { capFrames } from "./frame-cap.ts";
import { introduce } from "./introduction.ts";
import { readLargely } from "./large-reads.ts";
import { openLine } from "./line.ts";
import { createNotices, placeAt, type Place } from "./notices.ts";
import { createOneEach } from "./one-each.ts";
import type { Address, Line } from "./port.ts";
import { RelayAwareDht } from "./relay-aware.ts";
import { rendezvousOf } from "./rendezvous.ts";
import { createTopics, type Pace } from "./topics.ts";
import { openWaypoints } from "./waypoints.ts";

/** Taking notices back is a courtesy: with the network gone nobody waits for it. */
const FAREWELL_MS = 2_000;
/** As many as that time is enough for. */
const FAREWELLS = 128;
/** Lines that may come in, beside those called. */
const LINES_IN = 512;

export interface RunningOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly bootstrap?: readonly Address[];
  readonly host?: string;
  /** Makes the keys of the topics. */
  readonly secret: Buffer;
  /** What all lines of this device are known by to their other ends. */
  readonly keyPair: NoiseSecretStream.KeyPair;
  /** A helper to go through: always where none is reached without, else when it `isNeeded`. */
  readonly helperFor: (isNeeded: boolean, dht: HyperDHT) => Buffer | null;
  readonly onLine: (line: Line) => void;
}

/** The DHT node of one stretch of wanting something, and all that meets over it. */
export interface Running extends Resource {
  readonly dht: HyperDHT;
  /** Secrets in hexadecimal, the most urgent first. */
  follow(wanted: ReadonlyMap<string, Pace>): void;
}

export function openRunning(options: RunningOptions): Running {
  const { clock, random, logger, bootstrap, host, onLine } = options;
  const dht = new RelayAwareDht({
    ...(bootstrap === undefined ? {} : { bootstrap }),
    ...(host === undefined ? {} : { host }),
  });
  const places = new Map<string, Place>();
  const streams = new Set<NoiseSecretStream>();
  /** Whose lines stand, and how many. */
  const met = new Map<string, number>();
  const backlog = watchBacklog(clock);
  const waypoints = openWaypoints({
    dht,
    clock,
    random,
    logger,
    onWay: lookAnew,
  });
  const oneEach = createOneEach(clock, (line) => {
    onLine(line);
  });
  const answering = openAnswering({
    dht,
    waypoints,
    isFull: () => streams.size >= LINES_IN,
    helper: () => options.helperFor(false, dht),
    onStream: take,
  });
  const calls = createCalls({
    clock,
    random,
    call: ({ place, peer, needsHelper }) =>
      answering.call(place, peer, options.helperFor(needsHelper, dht)),
    onStream: take,
    lines: () => streams.size,
    isMet: (whose) => met.has(whose),
  });
  const notices = createNotices({
    clock,
    dht,
    waypoints,
    onFound: (place, others) => {
      calls.found(place, others);
    },
  });
  const topics = createTopics({
    clock,
    random,
    logger,
    work: {
      async post(key) {
        const known = places.get(key);
        const place = known ?? open(key);
        return await notices.post(place);
      },
      async glance(key) {
        const place = places.get(key);
        if (place !== undefined) await notices.glance(place);
      },
      leave(key) {
        const place = places.get(key);
        if (place === undefined) return;
        places.delete(key);
        place.isLeft = true;
        answering.remove(place);
        calls.leave(place);
      },
    },
  });

  function open(key: string): Place {
    const secret = Buffer.from(key, "hex");
    const place = placeAt(rendezvousOf(secret, options.secret));
    places.set(key, place);
    answering.add(place);
    return place;
  }

  /** Called right after a stream has a raw stream, before bytes arrive. */
  function take(stream: NoiseSecretStream): void {
    streams.add(stream);
    stream.on("close", () => streams.delete(stream));
    capFrames(stream, "started");
    readLargely(stream, clock);
    backlog.add(stream);
    logger.background("swarm line", accept(stream));
  }

  async function accept(stream: NoiseSecretStream): Promise<void> {
    const line = await openLine(stream, () => {
      const helper = dht.helperOf(stream);
      const transport = helper === null ? "internet" : "helper";
      return { transport, helper, remote: null };
    });
    if (line === null) return;
    const other = await introduce(stream, options.keyPair, clock);
    if (other === null || stream.destroying) {
      line.close();
      return;
    }
    count(stream, other.toString("hex"));
    const { publicKey } = options.keyPair;
    oneEach.add(line, { publicKey, remotePublicKey: other });
  }

  function count(stream: NoiseSecretStream, whose: string): void {
    calls.belongs(stream.remotePublicKey, whose);
    met.set(whose, (met.get(whose) ?? 0) + 1);
    stream.once("close", () => {
      const left = (met.get(whose) ?? 1) - 1;
      if (left > 0) {
        met.set(whose, left);
        return;
      }
      met.delete(whose);
      calls.lost(whose);
    });
  }

  /** Notices that name a node which is gone are renewed. */
  function renewLost(): void {
    topics.hurry((key) => {
      const place = places.get(key);
      if (place === undefined) return false;
      const through = unpackAddresses(place.waypoints);
      return (
        through.length === 0 || through.some((one) => !waypoints.isRelay(one))
      );
    });
  }

  function lookAnew(): void {
    topics.comeBack();
    calls.hurry();
  }

  function renewAll(): void {
    if (dht.online) lookAnew();
  }

  const endWatch = waypoints.version.subscribe(renewLost);
  dht.on("network-change", renewAll);
  let wasOnline = true;
  dht.on("network-update", () => {
    if (dht.online && !wasOnline) renewAll();
    wasOnline = dht.online;
  });

  async function farewell(): Promise<void> {
    const first = [...places.values()].slice(0, FAREWELLS);
    await Promise.allSettled(first.map((place) => notices.withdraw(place)));
    await answering.close();
    await dht.destroy();
  }

  return {
    dht,
    follow(wanted) {
      topics.follow(wanted);
    },
    async close() {
      endWatch();
      topics.stop();
      calls.stop();
      backlog.stop();
      waypoints.stop();
      for (const place of places.values()) place.isLeft = true;
      for (const stream of streams) stream.destroy();
      const ending = farewell();
      try {
        await deadline(clock, FAREWELL_MS, ending, () => new Error());
      } catch {
        // Closing its sockets fails all that the farewell still waits for.
        await dht.destroy({ force: true });
        await Promise.allSettled([ending]);
      }
    },
  };
}
