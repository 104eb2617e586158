import sodium from "sodium-universal";
import type { FileRoot } from "#core/contract/ids.ts";
import { SEALED_PART_BYTES } from "#core/contract/limits.ts";
import { rootBytes } from "#core/files/chunks.ts";
import { blake2b, toText } from "#core/spaces/hash.ts";

const NONCE_BYTES = 24;
const TAG_BYTES = 16;
/** The length of the content stands before it, the padding behind it. */
const LENGTH_BYTES = 4;
/** The least size of what is sealed. */
const LEAST_BYTES = 4096;
/** The most bytes of a sealed part; 12 % is the most that padding adds. */
export const SEALED_BYTES = Math.ceil(SEALED_PART_BYTES * 1.13) + 64;

/** What seals the files of one space; all of it follows from the read key (KE4). */
export interface SealKeys {
  readonly key: Buffer;
  readonly nonce: Buffer;
  readonly label: Buffer;
}

/** What a part is of: the list of a file's hashes, or its bytes. */
export type PartKind = "list" | "bytes";

export function sealKeysOf(readKey: Buffer): SealKeys {
  const from = (what: string): Buffer =>
    blake2b(32, [Buffer.from(`commonplace/1/seal-${what}`)], readKey);
  return { key: from("key"), nonce: from("nonce"), label: from("label") };
}

/** The name under which members find a part; says nothing to others (KE4). */
export function labelOf(
  { label }: SealKeys,
  root: FileRoot,
  kind: PartKind,
  index: number,
): string {
  const place = Buffer.alloc(9);
  place.writeUInt8(kind === "list" ? 0 : 1);
  place.writeBigUInt64BE(BigInt(index), 1);
  return toText(blake2b(32, [rootBytes(root), place], label));
}

/** The hash of sealed bytes: how a keeper proves what it holds (FI10). */
export function sealedName(sealed: Buffer): string {
  return toText(blake2b(32, [sealed]));
}

/**
 * Seals at most SEALED_PART_BYTES (FI10). The nonce follows from the content:
 * the same content seals alike within a space, and differently in every other.
 */
export function seal({ key, nonce }: SealKeys, content: Buffer): Buffer {
  const plain = padded(content);
  const sealed = Buffer.alloc(NONCE_BYTES + plain.length + TAG_BYTES);
  const salt = blake2b(NONCE_BYTES, [plain], nonce);
  salt.copy(sealed);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    sealed.subarray(NONCE_BYTES),
    plain,
    null,
    null,
    salt,
    key,
  );
  return sealed;
}

/** The content of a sealed part; null when it was not sealed with these keys. */
export function unseal({ key }: SealKeys, sealed: Buffer): Buffer | null {
  const bytes = sealed.length - NONCE_BYTES - TAG_BYTES;
  if (bytes < LENGTH_BYTES || sealed.length > SEALED_BYTES) return null;
  const plain = Buffer.alloc(bytes);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      plain,
      null,
      sealed.subarray(NONCE_BYTES),
      null,
      sealed.subarray(0, NONCE_BYTES),
      key,
    );
  } catch {
    return null;
  }
  const length = plain.readUInt32BE();
  if (length > plain.length - LENGTH_BYTES) return null;
  return plain.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
}

/** Bytes of a sealed part with so much content. */
export function sealedSize(content: number): number {
  return NONCE_BYTES + paddedSize(content) + TAG_BYTES;
}

/** Sizes tell little: rounded up so that few are told apart (Padmé). */
function paddedSize(content: number): number {
  const least = Math.max(LEAST_BYTES, content + LENGTH_BYTES);
  const exponent = Math.floor(Math.log2(least));
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(least / step) * step;
}

function padded(content: Buffer): Buffer {
  const plain = Buffer.alloc(paddedSize(content.length));
  plain.writeUInt32BE(content.length);
  content.copy(plain, LENGTH_BYTES);
  return plain;
}
