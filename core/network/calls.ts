import type NoiseSecretStream from "@hyperswarm/secret-stream";
import type HyperDHT from "hyperdht";
import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import { jittered } from "./jittered.ts";
import type { Place } from "./notices.ts";

/**
 * An app that ended without a farewell is named by the DHT for twenty minutes,
 * and each such key takes seconds to be given up. With three at a time whoever is
 * there waited half a minute behind six of them.
 */
const ATTEMPTS = 24;
/**
 * A key that one node alone names may be made up: calls to those wait for each
 * other, and for whoever several nodes name, as they do of everybody who is there.
 */
const DOUBTFUL = 4;
/** Lines up to which others are called; whoever calls us is let in beyond it. */
const LINES = 64;
/** Pauses after a call that nobody answered, the first short: a node may be slow once. Then not before the key is found again. */
const PAUSES_MS = [1_000, 5_000, 15_000, 60_000] as const;
/** After a line that was up. */
const BROKEN_MS = 1_000;
/** Of two who may find each other at the same moment, the one with the smaller key waits. */
const COURTESY_MS = 1_000;
/** Keys to remember, of one topic and in all: whoever floods a topic gets no further. */
const FOUND_AT_ONE = 64;
const FOUND_MOST = 4_096;

const NEEDS_HELPER = new Set([
  "HOLEPUNCH_ABORTED",
  "HOLEPUNCH_DOUBLE_RANDOMIZED_NATS",
  "CANNOT_HOLEPUNCH",
  "REMOTE_NOT_HOLEPUNCHABLE",
]);

/** A key that was found at a topic. */
export interface Found {
  readonly place: Place;
  peer: HyperDHT.Peer;
  /** How often it was named; each node names it once in a search. */
  named: number;
  tries: number;
  needsHelper: boolean;
  isBusy: boolean;
  /** Whose it is, once that was said on a line. */
  whose: string | null;
  /** Whether it is called again after a pause. */
  isDue: boolean;
  cancel: () => void;
}

/** Calls whoever was found, again after pauses, and never somebody there is a line to. */
export interface Calls {
  found(place: Place, others: readonly HyperDHT.Peer[]): void;
  /** What was said on a line to or from a key of a topic. */
  belongs(publicKey: Buffer, whose: string): void;
  /** The last line to somebody is gone. */
  lost(whose: string): void;
  leave(place: Place): void;
  /** The network changed: all pauses end. */
  hurry(): void;
  stop(): void;
}

export interface CallsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly call: (found: Found) => NoiseSecretStream;
  readonly onStream: (stream: NoiseSecretStream) => void;
  readonly lines: () => number;
  readonly isMet: (whose: string) => boolean;
}

export function createCalls(options: CallsOptions): Calls {
  const { clock, random, call, onStream, lines, isMet } = options;
  const known = new Map<string, Found>();
  const counts = new Map<Place, number>();
  const waiting = new Set<Found>();
  let busy = 0;
  let doubtful = 0;
  let isStopped = false;

  function pump(): void {
    const certain = [...waiting].filter(({ named }) => named > 1);
    for (const one of new Set([...certain, ...waiting])) {
      const isDoubtful = one.named === 1;
      if (isDoubtful && doubtful >= DOUBTFUL) continue;
      if (busy >= ATTEMPTS || lines() + busy >= LINES || isStopped) return;
      waiting.delete(one);
      if (!isWorthIt(one)) continue;
      dial(one);
    }
  }

  function isWorthIt(one: Found): boolean {
    const isKnown = one.whose !== null && isMet(one.whose);
    return !one.isBusy && !one.place.isLeft && !isKnown;
  }

  function dial(one: Found): void {
    const isDoubtful = one.named === 1;
    busy += 1;
    if (isDoubtful) doubtful += 1;
    one.isBusy = true;
    let isOpen = false;
    const stream = call(one);
    function settle(): void {
      busy -= 1;
      if (isDoubtful) doubtful -= 1;
      pump();
    }
    stream.on("error", (error: unknown) => {
      const code: unknown =
        error instanceof Error ? Reflect.get(error, "code") : undefined;
      if (isOpen || typeof code !== "string" || !NEEDS_HELPER.has(code)) return;
      // At once, and only the first time.
      if (!one.needsHelper) one.tries = -1;
      one.needsHelper = true;
    });
    stream.once("open", () => {
      isOpen = true;
      settle();
      onStream(stream);
    });
    stream.once("close", () => {
      one.isBusy = false;
      if (isOpen) one.tries = -1;
      else settle();
      later(one, isOpen);
    });
  }

  function later(one: Found, wasOpen: boolean): void {
    one.tries += 1;
    const ms = wasOpen ? BROKEN_MS : pauseOf(one);
    if (ms === null) return;
    enqueueAfter(one, jittered(ms, random) + (wasOpen ? courtesy(one) : 0));
  }

  function enqueueAfter(one: Found, ms: number): void {
    if (isStopped || one.place.isLeft) return;
    one.cancel();
    one.isDue = true;
    one.cancel = clock.after(ms, () => {
      enqueue(one);
    });
  }

  /** Before our own notice is there nobody can have found us. */
  function courtesy({ place, peer }: Found): number {
    const { publicKey } = place.rendezvous.keyPair;
    return place.hasNotice && publicKey.compare(peer.publicKey) < 0
      ? COURTESY_MS
      : 0;
  }

  function pauseOf({ tries, needsHelper }: Found): number | null {
    if (tries === 0 && needsHelper) return 0;
    return PAUSES_MS[tries - 1] ?? null;
  }

  function enqueue(one: Found): void {
    one.cancel();
    one.isDue = false;
    waiting.add(one);
    pump();
  }

  function remember(place: Place, peer: HyperDHT.Peer): void {
    const name = peer.publicKey.toString("hex");
    const old = known.get(name);
    if (old !== undefined) {
      old.peer = peer;
      old.named += 1;
      if (waiting.has(old)) pump();
      const isSoon = old.isDue && old.tries === 0;
      if (old.isBusy || waiting.has(old) || isSoon) return;
      old.tries = 0;
      enqueue(old);
      return;
    }
    const count = counts.get(place) ?? 0;
    if (count >= FOUND_AT_ONE || known.size >= FOUND_MOST) return;
    counts.set(place, count + 1);
    const one: Found = {
      place,
      peer,
      named: 1,
      tries: 0,
      needsHelper: false,
      isBusy: false,
      isDue: false,
      whose: null,
      cancel: () => undefined,
    };
    known.set(name, one);
    const ms = courtesy(one);
    if (ms === 0) enqueue(one);
    else enqueueAfter(one, ms);
  }

  return {
    found(place, others) {
      if (isStopped || place.isLeft) return;
      for (const peer of others)
        if (peer.relayAddresses.length > 0) remember(place, peer);
    },
    belongs(publicKey, whose) {
      const one = known.get(publicKey.toString("hex"));
      if (one !== undefined) one.whose = whose;
    },
    lost(whose) {
      for (const one of known.values()) {
        if (one.whose !== whose || one.isBusy) continue;
        one.tries = -1;
        later(one, true);
      }
    },
    leave(place) {
      counts.delete(place);
      for (const [name, one] of known) {
        if (one.place !== place) continue;
        one.cancel();
        waiting.delete(one);
        known.delete(name);
      }
    },
    hurry() {
      for (const one of known.values()) {
        if (one.isBusy) continue;
        one.tries = 0;
        enqueue(one);
      }
    },
    stop() {
      isStopped = true;
      waiting.clear();
      for (const one of known.values()) one.cancel();
    },
  };
}
