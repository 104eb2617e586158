import { createSocket } from "node:dgram";
import { isIPv4 } from "node:net";
import openMulticast from "multicast-dns";
import type { Clock } from "#core/base/clock.ts";
import { neverRejects } from "#core/base/never-rejects.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { createState, type State } from "#core/base/state.ts";
import { addressKey } from "./local-address.ts";
import {
  readAnnouncement,
  SERVICE,
  writeAnnouncement,
} from "./mdns-records.ts";
import type { Address } from "./port.ts";

export interface NearbyOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /**
   * The interfaces to speak and listen on, by their IPv4 addresses, and for IPv6 as
   * `::%` and their names; may change.
   */
  readonly hosts: State<readonly string[]>;
  /** The UDP port of multicast DNS; another one keeps tests among themselves. */
  readonly multicastPort?: number;
}

/** Finds devices on the same network without any other machine's help (ME6). */
export interface Nearby extends Resource {
  /** Says that this device can be dialled at `port`, and listens for others; null goes quiet. */
  announce(port: number | null): void;
  /** Where others said they can be dialled, the newest first. */
  readonly found: State<readonly Address[]>;
}

const MULTICAST_DNS_PORT = 5353;
const MULTICAST_V6 = "ff02::fb";
const NAME_BYTES = 8;
/** Others are asked this often; a device that came without a word is found by then. */
const ASK_MS = 30_000;
/** What is said and asked at the start may be lost once, or twice, or be asked of one who just spoke. */
const FIRST_WORDS_MS = [0, 1_000, 3_000];
/** An answer to everybody is enough for all who asked within this time. */
const ANSWER_MS = 1_000;
/** Believed this long after the last word. */
const LIFE_S = 120;
/** One end waits this long for the other to dial: that one may not hear us at all. */
const HESITATE_MS = 2_000;
/** More devices than one network of people who know each other has. */
const FOUND = 128;
/** Apps on one computer. */
const FOUND_PER_HOST = 8;

/** Speaks and listens on one interface. */
interface Voice {
  readonly multicast: ReturnType<typeof openMulticast>;
  spokeAt: number;
}

interface Heard {
  readonly name: string;
  readonly address: Address;
  readonly since: number;
  readonly until: number;
  /** Whether the other end dials first: of two that hear each other one is enough. */
  readonly isTheirs: boolean;
}

/**
 * Multicast DNS with a service record that holds a port and a name made for this
 * run, and nothing else: no person, no device, no space. Where others are is read
 * from where their words come from, so nobody can send us elsewhere.
 */
export function createNearby(options: NearbyOptions): Nearby {
  const { clock, random, logger, hosts } = options;
  const found = createState<readonly Address[]>([]);
  const voices = new Map<string, Voice>();
  const heard = new Map<string, Heard>();
  let own: { readonly name: string; readonly port: number } | null = null;
  let stops: (() => void)[] = [];
  let isClosed = false;
  const closing = new Set<Promise<void>>();
  const unsubscribe = hosts.subscribe(follow);

  function report(): void {
    const now = clock.monotonic();
    const all = [...heard.values()];
    // Who is heard both ways is dialled the plain one.
    const plain = new Set(
      all.filter(({ address }) => isIPv4(address.host)).map(({ name }) => name),
    );
    const next = all
      .filter(
        ({ name, address, isTheirs, since }) =>
          (!isTheirs || now - since > HESITATE_MS / 2) &&
          (isIPv4(address.host) || !plain.has(name)),
      )
      .map(({ address }) => address)
      .reverse();
    const before = found.peek();
    const isSame =
      next.length === before.length &&
      next.every((one) =>
        before.some((other) => addressKey(other) === addressKey(one)),
      );
    if (!isSame) found.set(next);
  }

  function note(name: string, address: Address, seconds: number): void {
    // A device on two of our networks can be dialled on both.
    const key = `${name} ${address.host}`;
    const known = heard.get(key);
    heard.delete(key);
    const isOfHost = ({ address: other }: Heard): boolean =>
      other.host === address.host;
    const here = [...heard.values()].filter(isOfHost).length;
    const hasRoom = heard.size < FOUND && here < FOUND_PER_HOST;
    if (seconds > 0 && hasRoom && own !== null) {
      const now = clock.monotonic();
      const until = now + Math.min(seconds, LIFE_S) * 1_000;
      const isTheirs = name > own.name;
      const since = known?.since ?? now;
      heard.set(key, { name, address, since, until, isTheirs });
    }
    report();
  }

  function forget(): void {
    const now = clock.monotonic();
    for (const [key, { until }] of heard) if (until <= now) heard.delete(key);
    report();
  }

  function say(voice: Voice): void {
    if (own === null) return;
    voice.spokeAt = clock.monotonic();
    voice.multicast.respond(writeAnnouncement(own.name, own.port, LIFE_S));
  }

  function ask(voice: Voice): void {
    voice.multicast.query(SERVICE, "PTR");
  }

  function open(host: string): void {
    const port = options.multicastPort ?? MULTICAST_DNS_PORT;
    const multicast = openMulticast(
      isIPv4(host)
        ? // To the address of an interface no multicast comes.
          { interface: host, bind: "0.0.0.0", port }
        : {
            interface: host,
            type: "udp6",
            ip: MULTICAST_V6,
            bind: "::",
            port,
            // What comes by IPv4 has a voice of its own.
            socket: createSocket({
              type: "udp6",
              reuseAddr: true,
              ipv6Only: true,
            }),
          },
    );
    const voice: Voice = { multicast, spokeAt: -Infinity };
    voices.set(host, voice);
    multicast.on("error", () => {
      logger.warn("finding devices on this network failed");
      shut(host, voice);
    });
    // A network that went away, or words that are none.
    multicast.on("warning", () => undefined);
    multicast.on("query", ({ questions = [] }) => {
      const isForUs = questions.some(
        ({ name, type }) => name.toLowerCase() === SERVICE && type === "PTR",
      );
      if (isForUs && clock.monotonic() - voice.spokeAt >= ANSWER_MS) say(voice);
    });
    multicast.on("response", ({ answers = [] }, { address }) => {
      const read = readAnnouncement(answers);
      if (read === null || read.name === own?.name) return;
      note(read.name, { host: address, port: read.port }, read.seconds);
    });
    multicast.on("ready", () => {
      ask(voice);
      say(voice);
    });
  }

  function shut(host: string, voice: Voice): void {
    if (voices.get(host) === voice) voices.delete(host);
    const { multicast } = voice;
    // The last word is a courtesy: others would find out by themselves.
    const words = own === null ? [] : writeAnnouncement(own.name, own.port, 0);
    const closed = new Promise<void>((resolve) => {
      multicast.respond(words, () => {
        multicast.destroy(resolve);
      });
    }).finally(() => closing.delete(closed));
    closing.add(closed);
    neverRejects(closed);
  }

  /** Has a voice on each interface while there is something to say. */
  function follow(): void {
    const wanted = new Set(own === null ? [] : hosts.peek());
    for (const [host, voice] of voices)
      if (!wanted.has(host)) shut(host, voice);
    for (const host of wanted) if (!voices.has(host)) open(host);
  }

  function quiet(): void {
    for (const stop of stops) stop();
    stops = [];
    for (const [host, voice] of voices) shut(host, voice);
    own = null;
    heard.clear();
    report();
  }

  function start(port: number): void {
    own = { name: random.bytes(NAME_BYTES).toString("hex"), port };
    stops = [
      ...FIRST_WORDS_MS.map((ms) =>
        clock.after(ms, () => {
          for (const voice of voices.values()) {
            say(voice);
            ask(voice);
          }
        }),
      ),
      clock.every(HESITATE_MS, report),
      clock.every(ASK_MS, () => {
        forget();
        // An interface whose voice failed gets another.
        follow();
        for (const voice of voices.values()) ask(voice);
      }),
    ];
  }

  return {
    found,
    announce(port) {
      if (isClosed || port === (own?.port ?? null)) return;
      quiet();
      if (port !== null) start(port);
      follow();
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      unsubscribe();
      quiet();
      await Promise.all(closing);
    },
  };
}
