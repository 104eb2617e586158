import sodium from "sodium-universal";
import z32 from "z32";

/** BLAKE2b over the parts in order, optionally keyed. */
export function blake2b(
  bytes: number,
  parts: readonly Buffer[],
  key?: Buffer,
): Buffer {
  const output = Buffer.alloc(bytes);
  sodium.crypto_generichash_batch(output, parts, key);
  return output;
}

/** A 32-byte value as text, the same everywhere. */
export function toText(bytes: Buffer): string {
  return z32.encode(bytes);
}

/** The bytes of a z-base-32 text; throws on any other text. */
export function toBytes(text: string): Buffer {
  return Buffer.from(z32.decode(text));
}
