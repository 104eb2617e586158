import * as c from "compact-encoding";
import { keyBytes, personIdOf } from "./key-text.ts";
import { Secrets } from "./secrets.ts";

/** The form of the secrets inside the vault's box. On disk since 0.1. */
const FORM = 1;

/** The secrets as bytes, for a sealed box and nothing else. */
export function encodeSecrets(secrets: Secrets): Buffer {
  const parts = secrets.reveal();
  return Buffer.concat([
    Buffer.from([FORM]),
    keyBytes(parts.person),
    parts.entropy,
    parts.deviceSeed,
    parts.storeKey,
    parts.selfKey,
    parts.selfNonce,
    parts.attestation,
  ]);
}

/** Reads them back. Throws when they are not whole or do not belong together. */
export function decodeSecrets(bytes: Buffer): Secrets {
  const state = c.state(0, bytes.length, bytes);
  if (c.uint8.decode(state) !== FORM) throw new Error("secrets of no form");
  const take = (size: number) => Buffer.from(c.fixed(size).decode(state));
  return new Secrets({
    person: personIdOf(take(32)),
    entropy: take(32),
    deviceSeed: take(32),
    storeKey: take(32),
    selfKey: take(32),
    selfNonce: take(16),
    attestation: Buffer.from(bytes.subarray(state.start)),
  });
}
