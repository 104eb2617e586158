import {
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sodium from "sodium-universal";
import { parse } from "valibot";
import { afterEach, beforeEach, expect, test } from "vitest";
import z32 from "z32";
import { systemClock } from "#core/base/clock.ts";
import { systemRandom } from "#core/base/random.ts";
import { testPhrase } from "#core/testing/test-identity.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { LockChoice } from "#core/contract/methods.ts";
import { phraseWords } from "./phrase.ts";
import { seal, sealedSchema, unseal } from "./secret-box.ts";
import { encodeSecrets } from "./secrets-encoding.ts";
import { makeSecrets, type Secrets } from "./secrets.ts";
import { readVaultFile, writeVaultFile } from "./vault-file.ts";
import { createVault, type Keyring, type Vault } from "./vault.ts";

const PASSWORD = "correct horse é";
const password: LockChoice = { kind: "password", password: PASSWORD };
const unlocked: LockChoice = { kind: "unlocked" };

let folder: string;
let path: string;
let now: number;
let secrets: Secrets;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vault-"));
  path = join(folder, "vault.json");
  now = 0;
  // Fixed words, none of which is also a name in the file ("memory" is one of the list).
  secrets = await makeSecrets(systemRandom, testPhrase("ana"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function vaultWith(keyring: Keyring | null): Vault {
  const clock = { ...systemClock, monotonic: () => now };
  return createVault(path, { clock, random: systemRandom, keyring });
}

/** A secret store that works as long as its master key stays. */
function createKeyring(): Keyring & { change(): void } {
  let master = systemRandom.bytes(32);
  return {
    seal: (secret) =>
      Promise.resolve(
        Buffer.from(
          JSON.stringify(seal(systemRandom, master, Buffer.from(secret))),
        ),
      ),
    unseal(sealed) {
      const box: unknown = JSON.parse(Buffer.from(sealed).toString());
      const secret = unseal(master, parse(sealedSchema, box));
      return secret === null
        ? Promise.reject(new Error("the keyring has changed"))
        : Promise.resolve(secret);
    },
    change() {
      master = systemRandom.bytes(32);
    },
  };
}

/** Turns an unlocked vault into one with a password that is quick to try. */
async function lockCheaply(password: string): Promise<void> {
  const file = await readVaultFile(path);
  if (file?.lock.kind !== "unlocked") throw new Error("not unlocked");
  const [operations, memoryBytes] = [1, 8192];
  const salt = systemRandom.bytes(16);
  const stretched = Buffer.alloc(32);
  await sodium.crypto_pwhash_async(
    stretched,
    Buffer.from(password.normalize("NFC")),
    salt,
    operations,
    memoryBytes,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
  const key = seal(
    systemRandom,
    stretched,
    Buffer.from(file.lock.key, "base64"),
  );
  const lock = {
    kind: "password" as const,
    salt: salt.toString("base64"),
    operations,
    memoryBytes,
    key,
  };
  await writeVaultFile(path, { ...file, lock });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    return isCoreError(error) ? error.code : `threw ${String(error)}`;
  }
}

/** Every form of a secret that must not be found on disk. */
function formsOf(secret: Buffer): Buffer[] {
  // The middle of the base64 is the same at one of three alignments.
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), secret])
      .toString("base64")
      .slice(4, -4),
  );
  const texts = [secret.toString("hex"), z32.encode(secret), ...base64];
  return [secret, ...texts.map((text) => Buffer.from(text))];
}

async function scan(): Promise<string[]> {
  const parts = secrets.reveal();
  const found: string[] = [];
  const words = phraseWords(parts.entropy);
  const hidden: [string, Buffer][] = [
    ["entropy", parts.entropy],
    ["device seed", parts.deviceSeed],
    ["store key", parts.storeKey],
    ["self key", parts.selfKey],
    ["all", encodeSecrets(secrets).subarray(0, 170)],
    ["password", Buffer.from(PASSWORD)],
  ];
  for (const name of await readdir(folder)) {
    const content = await readFile(join(folder, name));
    for (const [what, secret] of hidden)
      for (const form of formsOf(secret))
        if (content.includes(form)) found.push(`${what} in ${name}`);
    // Words of four letters and more: a short one may turn up in base64 by chance.
    for (const word of words)
      if (word.length > 4 && content.includes(word)) found.push(word);
  }
  return found;
}

test("nothing there is a state, not an error", async () => {
  expect(await vaultWith(null).state()).toEqual({ stage: "none" });
  expect(await codeOf(vaultWith(null).open(""))).toBe("not-ready");
});

test("ID4: a password opens what it locked, in a file for its owner only", async () => {
  await vaultWith(null).create(secrets, password);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const vault = vaultWith(null);
  expect(await vault.state()).toEqual({ stage: "closed", lock: "password" });
  // The same letters from another keyboard.
  const opened = await vault.open(PASSWORD.normalize("NFD"));
  expect(opened.reveal()).toEqual(secrets.reveal());
  // What one guess costs: half a second here, and memory that many guesses at once lack.
  const file = await readVaultFile(path);
  expect(file?.lock).toMatchObject({
    kind: "password",
    operations: 4,
    memoryBytes: 256 * 1024 * 1024,
  });
});

test("ID4: under a password or a keyring no secret is on disk in any form", async () => {
  const vault = vaultWith(createKeyring());
  await vault.create(secrets, password);
  expect(await scan()).toEqual([]);
  await vault.changeLock(secrets, { kind: "keyring" });
  expect(await scan()).toEqual([]);
  // The scan does find what is there.
  const { storeKey } = secrets.reveal();
  await writeFile(join(folder, "leak"), `x${storeKey.toString("base64")}`);
  expect(await scan()).toEqual(["store key in leak"]);
});

test("ID4: a keyring opens what it locked; one that changed says so and the words still open", async () => {
  const keyring = createKeyring();
  const vault = vaultWith(keyring);
  await vault.create(secrets, { kind: "keyring" });
  expect(await vault.state()).toEqual({ stage: "closed", lock: "keyring" });
  expect((await vault.open("")).reveal()).toEqual(secrets.reveal());

  keyring.change();
  expect(await codeOf(vault.open(""))).toBe("lock-unavailable");
  expect(await codeOf(vaultWith(null).open(""))).toBe("lock-unavailable");
  const words = phraseWords(secrets.reveal().entropy).join(" ");
  const opened = await vaultWith(null).openWithWords(words);
  expect(opened.reveal()).toEqual(secrets.reveal());
});

test("words of another person do not open it", async () => {
  await vaultWith(null).create(secrets, unlocked);
  const other = (await makeSecrets(systemRandom, null)).reveal();
  const words = phraseWords(other.entropy).join(" ");
  expect(await codeOf(vaultWith(null).openWithWords(words))).toBe("not-found");
  expect(await codeOf(vaultWith(null).openWithWords("zoo"))).toBe(
    "phrase-wrong",
  );
});

test("no keyring and a short password leave nothing behind", async () => {
  const vault = vaultWith(null);
  const short: LockChoice = { kind: "password", password: "1234567" };
  const emoji: LockChoice = { kind: "password", password: "🐈".repeat(7) };
  expect(await codeOf(vault.create(secrets, { kind: "keyring" }))).toBe(
    "lock-unavailable",
  );
  expect(await codeOf(vault.create(secrets, short))).toBe("password-short");
  expect(await codeOf(vault.create(secrets, emoji))).toBe("password-short");
  expect(await readdir(folder)).toEqual([]);
});

test("a vault that is there is never made anew", async () => {
  await vaultWith(null).create(secrets, unlocked);
  const other = await makeSecrets(systemRandom, null);
  expect(await codeOf(vaultWith(null).create(other, unlocked))).toBe(
    "already-started",
  );
  const opened = await vaultWith(null).open("");
  expect(opened.reveal()).toEqual(secrets.reveal());
});

test("wrong passwords wait longer each time, also when tried at once", async () => {
  const vault = vaultWith(null);
  await vault.create(secrets, unlocked);
  await lockCheaply(PASSWORD);
  const tries = await Promise.allSettled(
    Array.from({ length: 5 }, () => vault.open("wrong password")),
  );
  const waits = tries.map((tried) =>
    tried.status === "rejected" && isCoreError(tried.reason, "password-wrong")
      ? tried.reason.details.retryInMs
      : null,
  );
  // The last two were not even looked at.
  expect(waits).toEqual([0, 0, 1_000, 1_000, 1_000]);
  now += 999;
  expect(await codeOf(vault.open(PASSWORD))).toBe("password-wrong");
  now += 1;
  expect(await codeOf(vault.open(PASSWORD))).toBe("done");
  expect(await codeOf(vault.open("wrong password"))).toBe("password-wrong");
  expect(await codeOf(vault.open(PASSWORD))).toBe("done");
});

test("a new lock shuts the old one out", async () => {
  const vault = vaultWith(null);
  await vault.create(secrets, unlocked);
  const before = await readVaultFile(path);
  await vault.changeLock(secrets, password);
  expect(await vault.state()).toEqual({ stage: "closed", lock: "password" });
  expect(await codeOf(vault.open(""))).toBe("password-wrong");
  expect((await vault.open(PASSWORD)).reveal()).toEqual(secrets.reveal());
  // The key that lay open in the old file opens nothing in the new one.
  const after = await readVaultFile(path);
  if (before === null || after === null) throw new Error("no vault");
  await writeVaultFile(path, { ...after, lock: before.lock });
  expect(await codeOf(vault.open(""))).toBe("store-damaged");
});
