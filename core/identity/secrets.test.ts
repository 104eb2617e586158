import { parse } from "valibot";
import { expect, test } from "vitest";
import { systemRandom, type Random } from "#core/base/random.ts";
import { spaceIdSchema } from "#core/contract/ids.ts";
import { keyPairOf, sign, verifySignature } from "./device.ts";
import { deviceIdOf } from "./key-text.ts";
import { decodeSecrets, encodeSecrets } from "./secrets-encoding.ts";
import { makeSecrets, Secrets, writerKeyPair } from "./secrets.ts";

const PHRASE = `${"zoo ".repeat(23)}vote`;
const space = parse(spaceIdSchema, "y".repeat(52));

/** Bytes that count up, each call another. */
function counting(): Random {
  let call = 0;
  return {
    bytes(size) {
      call += 1;
      return Buffer.alloc(size, call);
    },
  };
}

test("ID2: every secret is drawn on its own", async () => {
  const { deviceSeed, storeKey, selfKey, selfNonce, entropy } = (
    await makeSecrets(counting(), null)
  ).reveal();
  const drawn = [entropy, deviceSeed, storeKey, selfKey, selfNonce];
  expect(drawn.map((bytes) => bytes.length)).toEqual([32, 32, 32, 32, 16]);
  expect(new Set(drawn.map((bytes) => bytes[0])).size).toBe(5);
});

test("ID1, ID5: one phrase is one person on many devices", async () => {
  const first = (await makeSecrets(systemRandom, PHRASE)).reveal();
  const second = (await makeSecrets(systemRandom, PHRASE)).reveal();
  expect(first.person).toBe(
    "zsfc7kca3mpfcjsut9iuijejem48retiu818jsx649ym6i5ehfmo",
  );
  expect(second.person).toBe(first.person);
  expect(second.deviceSeed).not.toEqual(first.deviceSeed);
  expect(second.storeKey).not.toEqual(first.storeKey);
});

test("a wrong phrase makes nothing", async () => {
  await expect(makeSecrets(systemRandom, "zoo zoo")).rejects.toMatchObject({
    code: "phrase-wrong",
    details: { words: 2, unknown: [] },
  });
});

test("secrets that do not belong together are refused", async () => {
  const ours = (await makeSecrets(systemRandom, null)).reveal();
  const theirs = (await makeSecrets(systemRandom, null)).reveal();
  expect(() => new Secrets(ours)).not.toThrow();
  for (const wrong of [
    { person: theirs.person },
    { deviceSeed: theirs.deviceSeed },
    { attestation: theirs.attestation },
    { storeKey: Buffer.alloc(31) },
    { selfNonce: Buffer.alloc(17) },
  ])
    expect(() => new Secrets({ ...ours, ...wrong })).toThrow();
});

test("secrets come out of their form as they went in, and only whole", async () => {
  const secrets = await makeSecrets(systemRandom, null);
  const bytes = encodeSecrets(secrets);
  expect(decodeSecrets(bytes).reveal()).toEqual(secrets.reveal());
  for (const cut of [0, 1, 40, bytes.length - 1])
    expect(() => decodeSecrets(bytes.subarray(0, cut))).toThrow();
  expect(() => decodeSecrets(Buffer.concat([bytes, bytes]))).toThrow();
  expect(() => decodeSecrets(Buffer.from([2, ...bytes.subarray(1)]))).toThrow();
});

test("SP3: the key pair of a log is fixed since format 1", () => {
  const keys = writerKeyPair(Buffer.alloc(32, 9), space);
  expect(deviceIdOf(keys.publicKey)).toBe(
    "j8qh655utwn7gsmufg49t19s9qwknpxd7h8pa1f4tig3ydrzosto",
  );
  const message = Buffer.from("block");
  const signature = sign("test", message, keys.secretKey);
  const device = deviceIdOf(keys.publicKey);
  expect(verifySignature("test", message, signature, device)).toBe(true);
  expect(keyPairOf(keys.secretKey.subarray(0, 32))).toEqual(keys);
});
