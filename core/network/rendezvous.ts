import type NoiseSecretStream from "@hyperswarm/secret-stream";
import HyperDHT from "hyperdht";

/**
 * What follows, for this device, from 32 bytes that two devices know and nobody
 * else (ME2). Nodes of the DHT see the target and the public key.
 */
export interface Rendezvous {
  /** Where in the DHT both look. */
  readonly target: Buffer;
  /** Mixed into the handshake: who does not know the secret gets no answer. */
  readonly proof: Buffer;
  /** This device's key for this secret alone. */
  readonly keyPair: NoiseSecretStream.KeyPair;
  /** Where calls for that key are passed on from. */
  readonly self: Buffer;
}

/** `own` are 32 bytes that no other device has: they make the key. */
export function rendezvousOf(secret: Buffer, own: Buffer): Rendezvous {
  const keyPair = HyperDHT.keyPair(hash("key", own, secret));
  return {
    target: hash("target", secret),
    proof: hash("proof", secret),
    keyPair,
    self: HyperDHT.hash(keyPair.publicKey),
  };
}

function hash(what: string, ...parts: readonly Buffer[]): Buffer {
  const label = Buffer.from(`commonplace rendezvous ${what} 1 `);
  return HyperDHT.hash(Buffer.concat([label, ...parts]));
}
