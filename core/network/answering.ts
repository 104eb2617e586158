import type NoiseSecretStream from "@hyperswarm/secret-stream";
import type HyperDHT from "hyperdht";
import type { Place } from "./notices.ts";
import type { Waypoints } from "./waypoints.ts";

/** Answers calls for many keys, and makes calls from them. */
export interface Answering {
  /** Answers calls for the key of this topic from now on. */
  add(place: Place): void;
  remove(place: Place): void;
  /** Calls a key that was found at a topic. */
  call(
    place: Place,
    to: HyperDHT.Peer,
    helper: Buffer | null,
  ): NoiseSecretStream;
  close(): Promise<void>;
}

export interface AnsweringOptions {
  readonly dht: HyperDHT;
  readonly waypoints: Waypoints;
  /** Whether no more lines may come in. */
  readonly isFull: () => boolean;
  /** The helper to go through when we are the ones called; null for none. */
  readonly helper: () => Buffer | null;
  readonly onStream: (stream: NoiseSecretStream) => void;
}

/**
 * A server of the library stands for one key, with nodes of its own that are
 * called every three seconds: a thousand of them would never be quiet. Here one
 * server answers for all. What it is given beside what the library promises (the
 * way to it, and the nodes that pass on) is tried by `swarm.net.test.ts`, and behind
 * routers by `relay.net.test.ts`.
 */
export function openAnswering(options: AnsweringOptions): Answering {
  const { dht, waypoints, isFull, helper, onStream } = options;
  /** For which topic the handshake is that begins in this moment. */
  let called: Place | null = null;
  const server = dht.createServer(
    {
      firewall: isFull,
      relayThrough: helper,
      createHandshake(keyPair, remotePublicKey) {
        return called === null
          ? begin(keyPair, remotePublicKey)
          : beginAt(called, remotePublicKey);
      },
    },
    onStream,
  );
  const begin = dht.createServer(() => undefined).createHandshake;
  Reflect.set(server, "_announcer", waypoints);

  function beginAt(
    { rendezvous }: Place,
    remotePublicKey: Buffer | null,
  ): HyperDHT.Handshake {
    const made = begin(rendezvous.keyPair, remotePublicKey);
    made.handshake.mixHash(rendezvous.proof);
    return made;
  }

  return {
    add(place) {
      dht._router.set(place.rendezvous.self, {
        relay: null,
        record: Buffer.concat([
          place.rendezvous.keyPair.publicKey,
          Buffer.from([0]),
        ]),
        onpeerhandshake(message: object, request: object) {
          // The library begins the handshake before it returns.
          called = place;
          const answer = server._onpeerhandshake(message, request);
          called = null;
          return answer;
        },
        onpeerholepunch: (message: object, request: object) =>
          server._onpeerholepunch(message, request),
      });
    },
    remove(place) {
      dht._router.delete(place.rendezvous.self);
    },
    call(place, { publicKey, relayAddresses }, through) {
      return dht.connect(publicKey, {
        keyPair: place.rendezvous.keyPair,
        relayAddresses,
        relayThrough: through,
        createHandshake: (_, remotePublicKey) =>
          beginAt(place, remotePublicKey),
      });
    },
    async close() {
      await server.suspend();
      await server.close();
    },
  };
}
