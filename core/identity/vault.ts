import sodium from "sodium-universal";
import type { Clock } from "#core/base/clock.ts";
import type { Random } from "#core/base/random.ts";
import { createSerial } from "#core/base/serial.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { LockChoice } from "#core/contract/methods.ts";
import type { LockKind } from "#core/contract/models.ts";
import { createPasswordWait } from "./password-wait.ts";
import { readPhrase } from "./phrase.ts";
import { seal, unseal } from "./secret-box.ts";
import { decodeSecrets, encodeSecrets } from "./secrets-encoding.ts";
import type { Secrets } from "./secrets.ts";
import {
  DAMAGED,
  readVaultFile,
  writeVaultFile,
  type VaultFile,
} from "./vault-file.ts";
import { unwrapKey, wrapKey, type Keyring } from "./vault-lock.ts";

export type { Keyring };

export type VaultState =
  | { readonly stage: "none" }
  | { readonly stage: "closed"; readonly lock: LockKind };

/**
 * The one file that holds the secrets of this device (ID4): sealed under a
 * random vault key, which the keyring or a password wraps, or nothing, on the
 * person's explicit choice. Every method throws `store-newer` for a file of a
 * newer version and `store-damaged` for one that cannot be read.
 */
export interface Vault {
  state(): Promise<VaultState>;
  /** Throws `already-started`, `password-short`, `lock-unavailable`, `disk-full`. */
  create(secrets: Secrets, choice: LockChoice): Promise<void>;
  /** `password` is looked at under a password lock only. Throws `not-ready` when there is none yet, `password-wrong`, `lock-unavailable`. */
  open(password: string): Promise<Secrets>;
  /** For a lost password or keyring. Throws `phrase-wrong`, `not-found` when they are another person's words. */
  openWithWords(phrase: string): Promise<Secrets>;
  /** Seals the secrets anew, under a new vault key. Throws as `create` does. */
  changeLock(secrets: Secrets, choice: LockChoice): Promise<void>;
}

export interface VaultTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly keyring: Keyring | null;
}

const VAULT_KEY_BYTES = 32;
/** On disk, inside the key under the words, since 0.1. */
const WORDS_CONTEXT = Buffer.from("commonplace/1/vault-words");

/** The vault in the file at `path`, there or not. Calls run one after another. */
export function createVault(path: string, tools: VaultTools): Vault {
  const { random, keyring } = tools;
  const serial = createSerial();
  const wait = createPasswordWait(tools.clock);

  async function write(secrets: Secrets, choice: LockChoice): Promise<void> {
    const key = random.bytes(VAULT_KEY_BYTES);
    const { entropy } = secrets.reveal();
    const file: VaultFile = {
      lock: await wrapKey(key, choice, random, keyring),
      words: seal(random, wordsKey(entropy), key),
      secrets: seal(random, key, encodeSecrets(secrets)),
    };
    sodium.sodium_memzero(key);
    await writeVaultFile(path, file);
  }

  async function read(): Promise<VaultFile> {
    const file = await readVaultFile(path);
    if (file === null) throw new CoreError("not-ready", {});
    return file;
  }

  async function open(password: string): Promise<Secrets> {
    const file = await read();
    const guards = file.lock.kind === "password";
    if (guards && wait.left() > 0) throw wrongPassword();
    const key = await unwrapKey(file.lock, password, keyring);
    if (key === null) {
      wait.miss();
      throw wrongPassword();
    }
    wait.reset();
    return openSecrets(file, key);
  }

  function wrongPassword(): CoreError {
    return new CoreError("password-wrong", { retryInMs: wait.left() });
  }

  return {
    async state() {
      const file = await readVaultFile(path);
      return file === null
        ? { stage: "none" }
        : { stage: "closed", lock: file.lock.kind };
    },
    create: (secrets, choice) =>
      serial(async () => {
        if ((await readVaultFile(path)) !== null)
          throw new CoreError("already-started", {});
        await write(secrets, choice);
      }),
    open: (password) => serial(() => open(password)),
    openWithWords: (phrase) =>
      serial(async () => {
        const entropy = readPhrase(phrase);
        const file = await read();
        const key = unseal(wordsKey(entropy), file.words);
        if (key === null)
          throw new CoreError("not-found", { what: "identity" });
        return openSecrets(file, key);
      }),
    changeLock: (secrets, choice) => serial(() => write(secrets, choice)),
  };
}

function openSecrets(file: VaultFile, key: Buffer): Secrets {
  const bytes = unseal(key, file.secrets);
  if (bytes === null) throw new CoreError("store-damaged", DAMAGED);
  try {
    return decodeSecrets(bytes);
  } catch (error) {
    throw new CoreError("store-damaged", DAMAGED, error);
  } finally {
    sodium.sodium_memzero(key);
    sodium.sodium_memzero(bytes);
  }
}

/** The words are 256 bits strong, so that nothing need slow guessing down. */
function wordsKey(entropy: Buffer): Buffer {
  const key = Buffer.alloc(32);
  sodium.crypto_generichash(key, WORDS_CONTEXT, entropy);
  return key;
}
