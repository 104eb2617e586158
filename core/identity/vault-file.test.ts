import type * as fs from "node:fs/promises";
import {
  access,
  mkdtemp,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { systemRandom } from "#core/base/random.ts";
import { isCoreError } from "#core/contract/errors.ts";
import { phraseWords } from "./phrase.ts";
import { makeSecrets, type Secrets } from "./secrets.ts";
import { createVault, type Vault } from "./vault.ts";

// The disk, with a rename that can be made to fail before or after it happened.
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof fs>();
  return { ...real, rename: vi.fn<typeof fs.rename>(real.rename) };
});

let folder: string;
let path: string;
let secrets: Secrets;
let vault: Vault;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vault-"));
  path = join(folder, "vault.json");
  secrets = await makeSecrets(systemRandom, null);
  const tools = { clock: systemClock, random: systemRandom, keyring: null };
  vault = createVault(path, tools);
});

afterEach(async () => {
  vi.mocked(rename).mockClear();
  await rm(folder, { recursive: true });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    return isCoreError(error) ? error.code : `threw ${String(error)}`;
  }
}

async function personInside(): Promise<string> {
  return (await vault.open("")).reveal().person;
}

test("ID4: each changed byte in what opening reads is refused", async () => {
  await vault.create(secrets, { kind: "unlocked" });
  const whole = await readFile(path);
  const unread = whole.indexOf('"words":{');
  const end = whole.indexOf('"secrets":{');
  let refused = 0;
  for (let at = 0; at < whole.length; at += 1) {
    if (at >= unread + 10 && at < end - 2) continue;
    const changed = Buffer.from(whole);
    changed.writeUInt8((changed[at] ?? 0) ^ (1 + (at % 7)), at);
    await writeFile(path, changed);
    expect(await codeOf(vault.open("")), `byte ${String(at)}`).toMatch(
      /^store-(damaged|newer)$/,
    );
    refused += 1;
  }
  expect(refused).toBeGreaterThan(600);
  await writeFile(path, whole);
  expect(await codeOf(vault.open(""))).toBe("done");
});

test("ID4: each changed byte in what the words open is refused", async () => {
  await vault.create(secrets, { kind: "unlocked" });
  const words = phraseWords(secrets.reveal().entropy).join(" ");
  const whole = await readFile(path);
  const start = whole.indexOf('"words":{');
  const end = whole.indexOf('"secrets":{');
  expect(end - start).toBeGreaterThan(100);
  for (let at = start; at < end; at += 1) {
    const changed = Buffer.from(whole);
    changed.writeUInt8((changed[at] ?? 0) ^ (1 + (at % 7)), at);
    await writeFile(path, changed);
    expect(await codeOf(vault.openWithWords(words))).toMatch(
      /^(store-damaged|not-found)$/,
    );
  }
});

test("a half-written, empty, foreign or huge file is damage, and stays where it is", async () => {
  await vault.create(secrets, { kind: "unlocked" });
  const whole = await readFile(path, "utf8");
  for (const content of [
    "",
    "null",
    "[]",
    "{}",
    whole.slice(0, whole.length / 2),
    whole.slice(0, -1),
    whole + whole,
    " ".repeat(100_000) + whole,
    JSON.stringify({ version: 1 }),
  ]) {
    await writeFile(path, content);
    expect(await codeOf(vault.state())).toBe("store-damaged");
    expect(await codeOf(vault.open(""))).toBe("store-damaged");
    // Damage is never taken for "no identity yet".
    expect(await codeOf(vault.create(secrets, { kind: "unlocked" }))).toBe(
      "store-damaged",
    );
    expect(await readFile(path, "utf8")).toBe(content);
  }
});

test("a file of a newer version is told apart from a damaged one", async () => {
  await writeFile(path, JSON.stringify({ version: 2, anything: true }));
  await expect(vault.state()).rejects.toMatchObject({
    code: "store-newer",
    details: { version: 2 },
  });
  expect(await codeOf(vault.open(""))).toBe("store-newer");
});

test("a crash before the rename leaves the old vault, one after it the new", async () => {
  await vault.create(secrets, { kind: "unlocked" });
  const old = secrets.reveal().person;
  const next = await makeSecrets(systemRandom, null);

  vi.mocked(rename).mockRejectedValueOnce(new Error("crash"));
  await expect(vault.changeLock(next, { kind: "unlocked" })).rejects.toThrow();
  await access(`${path}.new`); // Written whole, never put in place.
  expect(await personInside()).toBe(old);

  const { rename: real } = await vi.importActual<typeof fs>("node:fs/promises");
  vi.mocked(rename).mockImplementationOnce(async (from, to) => {
    await real(from, to);
    throw new Error("crash");
  });
  await expect(vault.changeLock(next, { kind: "unlocked" })).rejects.toThrow();
  expect(await personInside()).toBe(next.reveal().person);
});

test("a crash at the very first write leaves no identity, and the next try works", async () => {
  vi.mocked(rename).mockRejectedValueOnce(new Error("crash"));
  await expect(vault.create(secrets, { kind: "unlocked" })).rejects.toThrow();
  expect(await vault.state()).toEqual({ stage: "none" });
  await vault.create(secrets, { kind: "unlocked" });
  expect(await personInside()).toBe(secrets.reveal().person);
});

test("DU4: a full disk is said in words and leaves the old vault", async () => {
  await vault.create(secrets, { kind: "unlocked" });
  const full = Object.assign(new Error("full"), { code: "ENOSPC" });
  vi.mocked(rename).mockRejectedValueOnce(full);
  const next = await makeSecrets(systemRandom, null);
  expect(await codeOf(vault.changeLock(next, { kind: "unlocked" }))).toBe(
    "disk-full",
  );
  expect(await personInside()).toBe(secrets.reveal().person);
});
