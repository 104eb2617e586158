import sodium from "sodium-universal";
import type { PersonId } from "#core/contract/ids.ts";
import { keyBytes } from "./key-text.ts";

/** Bytes that sealing adds. */
export const SEAL_BYTES = 48;

/** A key pair to seal to, X25519; both parts are 32 bytes. */
export interface BoxKeyPair {
  readonly publicKey: Buffer;
  readonly secretKey: Buffer;
}

/** The key pair to seal to that a 32-byte seed stands for. */
export function boxKeyPairOf(seed: Buffer): BoxKeyPair {
  const publicKey = Buffer.alloc(32);
  const secretKey = Buffer.alloc(32);
  sodium.crypto_box_seed_keypair(publicKey, secretKey, seed);
  return { publicKey, secretKey };
}

/** The key under which only the devices of this person can open; null where the id is no key. */
export function boxKeyOf(person: PersonId): Buffer | null {
  const key = Buffer.alloc(32);
  try {
    sodium.crypto_sign_ed25519_pk_to_curve25519(key, keyBytes(person));
    return key;
  } catch {
    return null;
  }
}

/** The other half of `boxKeyOf`, from the person's signing key. */
export function boxKeyPairFrom(signing: BoxKeyPair): BoxKeyPair {
  const publicKey = Buffer.alloc(32);
  const secretKey = Buffer.alloc(32);
  sodium.crypto_sign_ed25519_pk_to_curve25519(publicKey, signing.publicKey);
  sodium.crypto_sign_ed25519_sk_to_curve25519(secretKey, signing.secretKey);
  return { publicKey, secretKey };
}

/**
 * Seals as libsodium's sealed box does, so that `crypto_box_seal_open` opens it.
 * The seed is secret and for this content alone: the same content sealed again
 * with it gives the same bytes, so that a note can be told apart from a stranger's.
 */
export function sealNote(to: Buffer, plain: Buffer, seed: Buffer): Buffer {
  const once = boxKeyPairOf(seed);
  const nonce = Buffer.alloc(24);
  sodium.crypto_generichash(nonce, Buffer.concat([once.publicKey, to]));
  const box = Buffer.alloc(plain.length + SEAL_BYTES - 32);
  sodium.crypto_box_easy(box, plain, nonce, to, once.secretKey);
  sodium.sodium_memzero(once.secretKey);
  return Buffer.concat([once.publicKey, box]);
}

/** Opens what was sealed; null for anything else. */
export function openNote(note: Buffer, keys: BoxKeyPair): Buffer | null {
  if (note.length < SEAL_BYTES) return null;
  const plain = Buffer.alloc(note.length - SEAL_BYTES);
  const { publicKey, secretKey } = keys;
  return sodium.crypto_box_seal_open(plain, note, publicKey, secretKey)
    ? plain
    : null;
}
