import IdentityKey from "keet-identity-key";
import sodium from "sodium-universal";
import type { DeviceId, PersonId } from "#core/contract/ids.ts";
import { keyBytes } from "./key-text.ts";

/** An Ed25519 key pair; the secret key is 64 bytes. */
export interface KeyPair {
  readonly publicKey: Buffer;
  readonly secretKey: Buffer;
}

export const SEED_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** The fixed form of an attestation: version, epoch, identity, count, (device, signature) × count, flags. */
const PROOF_VERSION = 1;
const COUNT_AT = 1 + 8 + 32;
const CHAIN_AT = COUNT_AT + 1;
const LINK_BYTES = 32 + 64;
/** ID2: attested by the identity, or through one device that is. */
const CHAIN_MOST = 2;

/** Put before everything a device signs, so that no signature can stand for anything else. */
const SIGNING_PREFIX = Buffer.from("commonplace/1/device\0");
const CONTEXT = /^[a-z0-9-]{1,64}$/;

/** The key pair that a 32-byte seed stands for. */
export function keyPairOf(seed: Buffer): KeyPair {
  if (seed.length !== SEED_BYTES) throw new RangeError("a seed is 32 bytes");
  const publicKey = Buffer.alloc(32);
  const secretKey = Buffer.alloc(64);
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed);
  return { publicKey, secretKey };
}

/** A proof, 139 bytes, that the identity stands behind this device (ID2). */
export function attestDevice(
  identity: IdentityKey,
  device: DeviceId,
): Promise<Buffer> {
  return identity.bootstrap(keyBytes(device));
}

/**
 * Whether `proof` shows that this person stands behind this device (ID2, ID3).
 * Never throws: whatever is wrong with the proof is a refusal.
 */
export function verifyDevice(
  proof: Uint8Array,
  expected: { readonly person: PersonId; readonly device: DeviceId },
): boolean {
  try {
    if (!isWholeProof(proof)) return false;
    const expectedIdentity = keyBytes(expected.person);
    const expectedDevice = keyBytes(expected.device);
    const verified = IdentityKey.verify(Buffer.from(proof), null, {
      expectedIdentity,
      expectedDevice,
    });
    // Compared again: an option the package does not know is ignored without
    // a word, and then any self-made identity verifies.
    return (
      verified !== null &&
      expectedIdentity.equals(verified.identityPublicKey) &&
      expectedDevice.equals(verified.devicePublicKey)
    );
  } catch {
    return false;
  }
}

/**
 * Signs `message` for one purpose. `context` names the purpose in lower-case
 * letters, digits and hyphens, and belongs to the protocol: a signature made
 * for one context verifies for no other.
 */
export function sign(
  context: string,
  message: Uint8Array,
  secretKey: Buffer,
): Buffer {
  const signature = Buffer.alloc(SIGNATURE_BYTES);
  sodium.crypto_sign_detached(signature, signable(context, message), secretKey);
  return signature;
}

/** Whether `device` signed `message` for `context`. Never throws on bad bytes. */
export function verifySignature(
  context: string,
  message: Uint8Array,
  signature: Uint8Array,
  device: DeviceId,
): boolean {
  const signed = signable(context, message);
  if (signature.length !== SIGNATURE_BYTES) return false;
  try {
    return sodium.crypto_sign_verify_detached(
      Buffer.from(signature),
      signed,
      keyBytes(device),
    );
  } catch {
    return false;
  }
}

function signable(context: string, message: Uint8Array): Buffer {
  if (!CONTEXT.test(context)) throw new RangeError("not a signing context");
  return Buffer.concat([SIGNING_PREFIX, Buffer.from(`${context}\0`), message]);
}

/** One proof has one form: no bytes after it, no data in it, one or two links. */
function isWholeProof(proof: unknown): proof is Uint8Array {
  if (!(proof instanceof Uint8Array)) return false;
  const links = proof[COUNT_AT] ?? 0;
  return (
    proof[0] === PROOF_VERSION &&
    links >= 1 &&
    links <= CHAIN_MOST &&
    proof.length === CHAIN_AT + links * LINK_BYTES + 1 &&
    proof[proof.length - 1] === 0
  );
}
