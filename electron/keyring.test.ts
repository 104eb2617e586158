import { expect, test } from "vitest";
import { openKeyring } from "./keyring.ts";
import type { SafeStorage } from "./keyring.ts";

const turn = (text: string) => [...text].reverse().join("");

const plain: SafeStorage = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(turn(text)),
  decryptString: (sealed) => turn(sealed.toString()),
};
const modern: SafeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(turn(text))),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: turn(sealed.toString()) }),
};

test.each([
  ["plain calls", plain],
  ["promises", modern],
])("a secret comes back as it was, with %s", async (_name, storage) => {
  const keyring = await openKeyring(storage, "darwin");
  const secret = Uint8Array.from([0, 255, 128, 1]);
  const sealed = await keyring?.seal(secret);
  expect(sealed).not.toEqual(secret);
  expect(await keyring?.unseal(sealed ?? secret)).toEqual(Buffer.from(secret));
});

test.each([
  ["basic_text", false],
  ["unknown", false],
  ["gnome_libsecret", true],
  ["kwallet6", true],
])("on Linux the backend %s counts: %s", async (backend, counts) => {
  const storage = { ...modern, getSelectedStorageBackend: () => backend };
  expect((await openKeyring(storage, "linux")) !== null).toBe(counts);
});

test("ID4: a store that is not available, throws or is missing is none", async () => {
  const broken = () => {
    throw new Error("no");
  };
  for (const storage of [
    { ...plain, isEncryptionAvailable: () => false },
    { ...plain, isEncryptionAvailable: broken },
    { ...modern, isAsyncEncryptionAvailable: () => Promise.resolve(false) },
    {},
  ])
    expect(await openKeyring(storage, "win32")).toBeNull();
  expect(await openKeyring(plain, "linux")).toBeNull();
});
