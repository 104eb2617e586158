import { isIP } from "node:net";
import type NoiseSecretStream from "@hyperswarm/secret-stream";
import type { Resource } from "#core/base/resource.ts";
import type { State } from "#core/base/state.ts";

/** How a line came to be. */
export type Transport =
  /** Both ends in one process (tests). */
  | "memory"
  /** TCP with Noise, to an address on the same network. */
  | "tcp"
  /** Over the DHT. */
  | "internet"
  /** The same, through a helper that cannot read it (ME9). */
  | "helper";

/**
 * One encrypted duplex connection to another device, its Noise handshake done
 * (ME1). Who is at the other end is not known yet: that is the meet protocol's
 * work. The keys of the handshake live for one run and say nothing (ME2).
 */
export interface Line {
  readonly transport: Transport;
  /**
   * Framed and encrypted. An `error` listener is attached already. The first
   * frame may hold MESSAGE_BYTES, later ones a batch of messages and a chunk.
   * Over the internet an end that does not read does not hold the other back: it
   * loses the line at LINE_BUFFER_BYTES. So ask for what is sent, in portions.
   */
  readonly stream: NoiseSecretStream;
  readonly isInitiator: boolean;
  /** The helper it goes through, when it does (ME9). */
  readonly helper?: Buffer | null;
  /** The same 32 or 64 bytes on both ends, and on no other line. */
  readonly handshakeHash: Buffer;
  /** The other end's address where it is known and can be dialled again; else null. */
  readonly remote: Address | null;
  /** The hosts it runs between; null unless it is TCP on one network (`bulk-link.ts`). */
  readonly ends: Ends | null;
  /** Resolves, never rejects, when the line is gone for whatever reason. */
  readonly closed: Promise<void>;
  /** Ends the line at once; what is not yet sent is lost. */
  close(): void;
}

/** IP addresses of the two ends of a line. */
export interface Ends {
  readonly local: string;
  readonly remote: string;
}

export interface Address {
  /** An IP address, never a name: nothing is looked up. */
  readonly host: string;
  readonly port: number;
}

/** Reads `host:port` with an IP address; null for anything else. */
export function readAddress(text: string): Address | null {
  const match = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(text);
  const [, host = "", port = ""] = match ?? [];
  return isIP(host) !== 0 && Number(port) > 0 && Number(port) <= 65_535
    ? { host, port: Number(port) }
    : null;
}

/** How far a device may go: everywhere, or not beyond its own network (ME7). */
export type Reach = "everywhere" | "this-network";

/** All that is wanted of the network at one moment. */
export interface Wanted {
  /** `everywhere` when left out. With `this-network` no packet leaves it, name look-ups included (ME7). */
  readonly reach?: Reach;
  /** Keys of helpers that may be gone through where no direct line comes about (ME9), the most trusted first. */
  readonly helpers?: readonly Buffer[];
  /** Whether to carry lines of contacts that cannot reach each other (ME9). */
  readonly isHelper?: boolean;
  /**
   * 32 bytes each that devices have in common and nobody else knows, to be found by
   * and to look for (ME2), the most urgent first. What others see follows from them.
   */
  readonly topics: readonly Buffer[];
  /** More of them, for which once in an hour is enough. */
  readonly rarely?: readonly Buffer[];
  /** Addresses to hold a line to, tried again with growing pauses. */
  readonly addresses: readonly Address[];
}

/** What an adapter finds out when it is asked to look closely. */
export interface Inspection {
  /** The way out; null where an adapter has nothing to do with it, or may not use it now. */
  readonly internet: {
    /** Whether anybody out there answers. */
    readonly answers: boolean;
    /** Whether something answers in place of whoever was asked: a page to sign in at. */
    readonly isCaptive: boolean;
    /** Whether a way out exists for other kinds of packets than ours. */
    readonly hasOtherWay: boolean;
    /** How others can reach this device: at once, after it called them, or hardly. */
    readonly reach: "open" | "easy" | "strict" | "unknown";
  } | null;
  /** The own network; null where an adapter has nothing to do with it. */
  readonly local: {
    readonly interfaces: number;
    /** Devices with this app that were heard. */
    readonly heard: number;
    /** How many of them take a connection, whoever they are. */
    readonly answering: number;
    /** All traffic seems to go through a private network of somebody. */
    readonly isVpn: boolean;
  } | null;
}

/**
 * Places where a sealed note waits for somebody who is not there now (IN5). A
 * place is 32 secret bytes; who keeps the notes can read neither them nor the
 * place. Whoever knows the place can write over what lies there.
 */
export interface Parking {
  /** Whether there is anybody to leave notes with. */
  readonly ready: State<boolean>;
  /**
   * Leaves a note of at most `PARKED_BYTES`, or leaves the same one again so that
   * it is kept on. False where nobody took it, or another note lies there and
   * `isOver` is false. Kept for two days.
   */
  put(place: Buffer, note: Buffer, isOver: boolean): Promise<boolean>;
  /** What lies there; null for nothing, and for what is larger than a note. */
  take(place: Buffer): Promise<Buffer | null>;
}

/** What the nodes of a DHT keep without a word; a datagram holds it. */
export const PARKED_BYTES = 1000;

/**
 * How devices meet. An adapter does nothing before `want` names something: no
 * socket, no packet (ME8). Every adapter passes `acceptance.ts`.
 */
export interface Network extends Resource {
  /** Called for each new line; set once, before the first `want`. */
  onLine(listener: (line: Line) => void): void;
  /**
   * Replaces what is wanted. Wanting nothing goes quiet: leaves topics, closes
   * listeners and lines. A line that stands stays when only its topic or address
   * is no longer wanted: the meet protocol knows what it still serves.
   */
  want(wanted: Wanted): void;
  /** How many devices with this app are heard on the own network; nobody knows whose. */
  readonly nearby?: State<number>;
  /** Looks closely, within ten seconds; for whoever asks what is wrong. */
  readonly inspect?: () => Promise<Inspection>;
  /** Left out by adapters that know nobody to leave notes with. */
  readonly parking?: Parking;
  /** Where this device can be dialled on its own network; empty while quiet. */
  readonly addresses: State<readonly Address[]>;
  /** What contacts need to go through this device (ME9); null while it helps nobody. Left out by adapters that never do. */
  readonly helperKey?: State<Buffer | null>;
  /** Whether this computer has any network to use. */
  readonly online: State<boolean>;
}
