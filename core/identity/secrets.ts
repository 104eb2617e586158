import sodium from "sodium-universal";
import type { Random } from "#core/base/random.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import {
  attestDevice,
  keyPairOf,
  SEED_BYTES,
  verifyDevice,
  type KeyPair,
} from "./device.ts";
import { deviceIdOf, keyBytes, personIdOf } from "./key-text.ts";
import {
  ENTROPY_BYTES,
  makeEntropy,
  openIdentityKey,
  readPhrase,
} from "./phrase.ts";

const STORE_KEY_BYTES = 32;
const SELF_KEY_BYTES = 32;
const SELF_NONCE_BYTES = 16;

/** What a device keeps to itself. The person is public; all else rests only inside the vault (ID4). */
export interface SecretParts {
  readonly person: PersonId;
  /** What the 24 words stand for, 32 bytes. */
  readonly entropy: Buffer;
  /** The seed of the device's key pair, 32 bytes (ID2). */
  readonly deviceSeed: Buffer;
  /** From which the key pairs of this device's logs are derived, 32 bytes (ID2, SP3). */
  readonly storeKey: Buffer;
  /** The read key of the self space, 32 bytes (SP2). */
  readonly selfKey: Buffer;
  /** The nonce in the charter of the self space, 16 bytes (SP1). */
  readonly selfNonce: Buffer;
  /** The proof that the person stands behind the device. */
  readonly attestation: Buffer;
}

/** The secrets of this device. None of them shows up in JSON, in a copy or in an inspection. */
export class Secrets {
  readonly #parts: SecretParts;

  /** Throws when the parts do not belong together. */
  constructor(parts: SecretParts) {
    const lengths =
      parts.entropy.length === ENTROPY_BYTES &&
      parts.deviceSeed.length === SEED_BYTES &&
      parts.storeKey.length === STORE_KEY_BYTES &&
      parts.selfKey.length === SELF_KEY_BYTES &&
      parts.selfNonce.length === SELF_NONCE_BYTES;
    if (!lengths) throw new RangeError("secrets of a wrong length");
    const device = deviceIdOf(keyPairOf(parts.deviceSeed).publicKey);
    if (!verifyDevice(parts.attestation, { person: parts.person, device }))
      throw new Error("the person does not stand behind this device");
    this.#parts = parts;
  }

  /** Hands the secrets out. Only the vault and the identity ask. */
  reveal(): SecretParts {
    return this.#parts;
  }
}

/**
 * Makes what a new device needs: for a new person, or from the recovery words
 * of one. Words bring back the person and never the keys of an earlier device
 * or its logs (ID5). Throws `phrase-wrong`.
 */
export async function makeSecrets(
  random: Random,
  phrase: string | null,
): Promise<Secrets> {
  const entropy = phrase === null ? makeEntropy(random) : readPhrase(phrase);
  const deviceSeed = random.bytes(SEED_BYTES);
  const device = deviceIdOf(keyPairOf(deviceSeed).publicKey);
  const identity = await openIdentityKey(entropy);
  try {
    return new Secrets({
      person: personIdOf(identity.identityPublicKey),
      entropy,
      deviceSeed,
      storeKey: random.bytes(STORE_KEY_BYTES),
      selfKey: random.bytes(SELF_KEY_BYTES),
      selfNonce: random.bytes(SELF_NONCE_BYTES),
      attestation: await attestDevice(identity, device),
    });
  } finally {
    identity.clear();
  }
}

/** On disk, as the keys of logs, since format 1. */
const LOG_CONTEXT = Buffer.from("commonplace/1/log\0");

/**
 * The key pair of this device's log in a space (SP3): always the same on this
 * device, another on every other one, and never written to disk.
 */
export function writerKeyPair(storeKey: Buffer, space: SpaceId): KeyPair {
  const seed = Buffer.alloc(SEED_BYTES);
  sodium.crypto_generichash_batch(
    seed,
    [LOG_CONTEXT, keyBytes(space)],
    storeKey,
  );
  const keyPair = keyPairOf(seed);
  sodium.sodium_memzero(seed);
  return keyPair;
}

/** A 32-byte key of this device for one purpose and subject; nobody else can make it. */
export function purposeKey(
  storeKey: Buffer,
  purpose: string,
  subject: Buffer,
): Buffer {
  const key = Buffer.alloc(32);
  const context = Buffer.from(`commonplace/1/purpose/${purpose}\0`);
  sodium.crypto_generichash_batch(key, [context, subject], storeKey);
  return key;
}
