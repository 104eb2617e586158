import type { DeviceId, PersonId, SpaceId } from "#core/contract/ids.ts";
import { keyPairOf, sign, type KeyPair } from "./device.ts";
import { deviceIdOf } from "./key-text.ts";
import { phraseWords } from "./phrase.ts";
import { writerKeyPair, type SecretParts, type Secrets } from "./secrets.ts";

/**
 * Who I am on this device (ID1, ID2). Public parts are fields; secret ones
 * stay private, so that no JSON, copy or inspection holds them (ID4).
 */
export class Identity {
  readonly person: PersonId;
  readonly device: DeviceId;
  /** The proof, for others, that the person stands behind the device. */
  readonly attestation: Buffer;
  readonly #keyPair: KeyPair;
  readonly #parts: SecretParts;

  constructor(secrets: Secrets) {
    this.#parts = secrets.reveal();
    this.#keyPair = keyPairOf(this.#parts.deviceSeed);
    this.person = this.#parts.person;
    this.device = deviceIdOf(this.#keyPair.publicKey);
    this.attestation = this.#parts.attestation;
  }

  /** A signature of this device, 64 bytes, that holds for `context` only; see `sign`. */
  signAsDevice(context: string, message: Uint8Array): Buffer {
    return sign(context, message, this.#keyPair.secretKey);
  }

  /** The key pair of this device's log in a space (SP3). Never write it to disk. */
  writer(space: SpaceId): KeyPair {
    return writerKeyPair(this.#parts.storeKey, space);
  }

  /** The read key of the self space, 32 bytes (SP2). */
  get selfKey(): Buffer {
    return this.#parts.selfKey;
  }

  /** The nonce in the charter of the self space, 16 bytes (SP1). */
  get selfNonce(): Buffer {
    return this.#parts.selfNonce;
  }

  /** The 24 recovery words, in order. */
  words(): readonly string[] {
    return phraseWords(this.#parts.entropy);
  }
}
