import type { DeviceId, PersonId, SpaceId } from "#core/contract/ids.ts";
import { keyPairOf, sign, type KeyPair } from "./device.ts";
import { deviceIdOf } from "./key-text.ts";
import { openIdentityKey, phraseWords } from "./phrase.ts";
import { boxKeyPairFrom, openNote } from "./sealed-note.ts";
import {
  purposeKey,
  writerKeyPair,
  type SecretParts,
  type Secrets,
} from "./secrets.ts";

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

  /** A secret of this device, 32 bytes, always the same for one purpose and subject. */
  secretFor(purpose: string, subject: Buffer): Buffer {
    return purposeKey(this.#parts.storeKey, purpose, subject);
  }

  /** Opens notes that were sealed to this person (`boxKeyOf`); null for each that was not. */
  async openSealed(
    notes: readonly Buffer[],
  ): Promise<readonly (Buffer | null)[]> {
    const key = await openIdentityKey(this.#parts.entropy);
    try {
      const keys = boxKeyPairFrom(key.identityKeyPair);
      const opened = notes.map((note) => openNote(note, keys));
      keys.secretKey.fill(0);
      return opened;
    } finally {
      key.clear();
    }
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
