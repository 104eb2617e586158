import sodium from "sodium-universal";
import * as v from "valibot";
import type { Random } from "#core/base/random.ts";
import { CoreError } from "#core/contract/errors.ts";
import { PASSWORD_CHARACTERS } from "#core/contract/limits.ts";
import type { LockChoice } from "#core/contract/methods.ts";
import { base64Schema, seal, sealedSchema, unseal } from "./secret-box.ts";

/** The computer's own secret store, handed in by the shell; null where there is none that counts (ID4). */
export interface Keyring {
  /** Wraps a secret so that only this person on this computer can unwrap it. */
  seal(secret: Uint8Array): Promise<Uint8Array>;
  /** Rejects when the store has changed or is locked. */
  unseal(sealed: Uint8Array): Promise<Uint8Array>;
}

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const salt = v.pipe(
  base64Schema,
  v.check(
    (text) =>
      Buffer.from(text, "base64").length === sodium.crypto_pwhash_SALTBYTES,
  ),
);

/** How the vault key is wrapped, as it stands in the file (ID4). On disk since 0.1. */
export const lockSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("keyring"), sealed: base64Schema }),
  v.strictObject({
    kind: v.literal("password"),
    salt,
    // Bounded: a file from elsewhere must not take all memory or an hour.
    operations: whole(1, 64),
    memoryBytes: whole(2 ** 13, 2 ** 30),
    key: sealedSchema,
  }),
  v.strictObject({ kind: v.literal("unlocked"), key: base64Schema }),
]);
export type Lock = v.InferOutput<typeof lockSchema>;

/** Wraps the vault key. Throws `password-short`, `lock-unavailable`. */
export async function wrapKey(
  key: Buffer,
  choice: LockChoice,
  random: Random,
  keyring: Keyring | null,
): Promise<Lock> {
  switch (choice.kind) {
    case "keyring": {
      const sealed = await throughKeyring(keyring, (ring) => ring.seal(key));
      return { kind: "keyring", sealed: sealed.toString("base64") };
    }
    case "password":
      return wrapWithPassword(key, choice.password, random);
    case "unlocked":
      return { kind: "unlocked", key: key.toString("base64") };
  }
}

/** Unwraps the vault key; null with a wrong password. Throws `lock-unavailable`. */
export async function unwrapKey(
  lock: Lock,
  password: string,
  keyring: Keyring | null,
): Promise<Buffer | null> {
  switch (lock.kind) {
    case "keyring": {
      const sealed = Buffer.from(lock.sealed, "base64");
      return throughKeyring(keyring, (ring) => ring.unseal(sealed));
    }
    case "password": {
      const { operations, memoryBytes } = lock;
      const salt = Buffer.from(lock.salt, "base64");
      const key = await stretch(password, salt, operations, memoryBytes);
      return unseal(key, lock.key);
    }
    case "unlocked":
      return Buffer.from(lock.key, "base64");
  }
}

async function wrapWithPassword(
  key: Buffer,
  password: string,
  random: Random,
): Promise<Lock> {
  if (Array.from(password).length < PASSWORD_CHARACTERS)
    throw new CoreError("password-short", { minimum: PASSWORD_CHARACTERS });
  const salt = random.bytes(sodium.crypto_pwhash_SALTBYTES);
  // One pass more than "moderate", so that a guess costs half a second here too.
  const operations = sodium.crypto_pwhash_OPSLIMIT_MODERATE + 1;
  const memoryBytes = sodium.crypto_pwhash_MEMLIMIT_MODERATE;
  const stretched = await stretch(password, salt, operations, memoryBytes);
  return {
    kind: "password",
    salt: salt.toString("base64"),
    operations,
    memoryBytes,
    key: seal(random, stretched, key),
  };
}

/** Argon2id, in a thread of its own: about a second. */
async function stretch(
  password: string,
  salt: Buffer,
  operations: number,
  memoryBytes: number,
): Promise<Buffer> {
  const key = Buffer.alloc(32);
  await sodium.crypto_pwhash_async(
    key,
    // Two keyboards may write one letter in two ways.
    Buffer.from(password.normalize("NFC")),
    salt,
    operations,
    memoryBytes,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
  return key;
}

async function throughKeyring(
  keyring: Keyring | null,
  use: (ring: Keyring) => Promise<Uint8Array>,
): Promise<Buffer> {
  if (keyring === null)
    throw new CoreError("lock-unavailable", { lock: "keyring" });
  try {
    return Buffer.from(await use(keyring));
  } catch (error) {
    throw new CoreError("lock-unavailable", { lock: "keyring" }, error);
  }
}
