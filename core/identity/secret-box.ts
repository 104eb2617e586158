import sodium from "sodium-universal";
import * as v from "valibot";
import type { Random } from "#core/base/random.ts";

const KEY_BYTES = 32;

/** Bytes in a file as base64, in its one form: a changed character is a change. */
export const base64Schema = v.pipe(
  v.string(),
  v.maxLength(8192),
  v.check((text) => Buffer.from(text, "base64").toString("base64") === text),
);

/** A sealed box as it stands in a file: XSalsa20-Poly1305, nonce and box as base64. */
export const sealedSchema = v.strictObject({
  nonce: base64Schema,
  box: base64Schema,
});
export type Sealed = v.InferOutput<typeof sealedSchema>;

/** Seals bytes under a 32-byte key. */
export function seal(random: Random, key: Buffer, bytes: Buffer): Sealed {
  const nonce = random.bytes(sodium.crypto_secretbox_NONCEBYTES);
  const box = Buffer.alloc(bytes.length + sodium.crypto_secretbox_MACBYTES);
  sodium.crypto_secretbox_easy(box, bytes, nonce, key);
  return { nonce: nonce.toString("base64"), box: box.toString("base64") };
}

/** Opens a box; null with another key or when one bit of it changed. */
export function unseal(key: Buffer, sealed: Sealed): Buffer | null {
  const nonce = Buffer.from(sealed.nonce, "base64");
  const box = Buffer.from(sealed.box, "base64");
  const whole =
    key.length === KEY_BYTES &&
    nonce.length === sodium.crypto_secretbox_NONCEBYTES &&
    box.length >= sodium.crypto_secretbox_MACBYTES;
  if (!whole) return null;
  const bytes = Buffer.alloc(box.length - sodium.crypto_secretbox_MACBYTES);
  return sodium.crypto_secretbox_open_easy(bytes, box, nonce, key)
    ? bytes
    : null;
}
