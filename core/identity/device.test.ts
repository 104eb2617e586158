import { createPrivateKey, sign as signDirectly } from "node:crypto";
import * as fc from "fast-check";
import IdentityKey from "keet-identity-key";
import { beforeAll, expect, test } from "vitest";
import type { DeviceId, PersonId } from "#core/contract/ids.ts";
import {
  attestDevice,
  keyPairOf,
  sign,
  verifyDevice,
  verifySignature,
  type KeyPair,
} from "./device.ts";
import { deviceIdOf, keyBytes, personIdOf } from "./key-text.ts";
import { openIdentityKey } from "./phrase.ts";

/** What stands before a seed in a PKCS #8 file. */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

const laptop = keyPairOf(Buffer.alloc(32, 1));
const phone = keyPairOf(Buffer.alloc(32, 2));
const tablet = keyPairOf(Buffer.alloc(32, 3));
const idOf = (keys: KeyPair): DeviceId => deviceIdOf(keys.publicKey);

let ana: IdentityKey;
let mallory: IdentityKey;
let person: PersonId;
/** Ana stands behind the laptop. */
let proof: Buffer;

beforeAll(async () => {
  ana = await openIdentityKey(Buffer.alloc(32, 0xa1));
  mallory = await openIdentityKey(Buffer.alloc(32, 0xbd));
  person = personIdOf(ana.identityPublicKey);
  proof = await attestDevice(ana, idOf(laptop));
});

test("ID2: a person stands behind a device, directly or through one other", () => {
  expect(proof).toHaveLength(139);
  expect(verifyDevice(proof, { person, device: idOf(laptop) })).toBe(true);
  const second = IdentityKey.attestDevice(phone.publicKey, laptop, proof);
  expect(verifyDevice(second, { person, device: idOf(phone) })).toBe(true);
  // The device in between is not the one it is for.
  expect(verifyDevice(second, { person, device: idOf(laptop) })).toBe(false);
});

test("ID2: a chain of three is refused, though the package takes it", () => {
  const second = IdentityKey.attestDevice(phone.publicKey, laptop, proof);
  const third = IdentityKey.attestDevice(tablet.publicKey, phone, second);
  const expected = {
    expectedIdentity: keyBytes(person),
    expectedDevice: tablet.publicKey,
  };
  expect(IdentityKey.verify(third, null, expected)).not.toBeNull();
  expect(verifyDevice(third, { person, device: idOf(tablet) })).toBe(false);
});

test("ID3: another device and another person are refused", () => {
  const other = personIdOf(mallory.identityPublicKey);
  expect(verifyDevice(proof, { person, device: idOf(phone) })).toBe(false);
  expect(verifyDevice(proof, { person: other, device: idOf(laptop) })).toBe(
    false,
  );
});

test("ID3: a self-made root is refused, whatever name it bears", async () => {
  const forged = await attestDevice(mallory, idOf(laptop));
  expect(verifyDevice(forged, { person, device: idOf(laptop) })).toBe(false);
  // Ana's name written over Mallory's: the signature no longer holds.
  const renamed = Buffer.from(forged);
  keyBytes(person).copy(renamed, 9);
  expect(verifyDevice(renamed, { person, device: idOf(laptop) })).toBe(false);
  // A device that nobody stands behind attests another.
  const chained = IdentityKey.attestDevice(tablet.publicKey, phone, forged);
  expect(verifyDevice(chained, { person, device: idOf(tablet) })).toBe(false);
});

test("ID3: the option as the package's README spells it checks nothing; ours does", async () => {
  const forged = await attestDevice(mallory, idOf(laptop));
  const asInReadme = {
    expectedIndentity: keyBytes(person),
    expectedDevice: laptop.publicKey,
  };
  const verify: unknown = Reflect.get(IdentityKey, "verify");
  if (typeof verify !== "function") throw new Error("no such function");
  const args = [forged, null, asInReadme];
  const verified: unknown = Reflect.apply(verify, IdentityKey, args);
  expect(verified).toMatchObject({
    identityPublicKey: mallory.identityPublicKey,
  });
  expect(verifyDevice(forged, { person, device: idOf(laptop) })).toBe(false);
});

test("ID3: an identity without a chain is no device", () => {
  const bare = Buffer.concat([proof.subarray(0, 41), Buffer.from([0, 0])]);
  const self = deviceIdOf(ana.identityPublicKey);
  expect(
    IdentityKey.verify(bare, null, {
      expectedIdentity: ana.identityPublicKey,
      expectedDevice: ana.identityPublicKey,
    }),
  ).not.toBeNull();
  expect(verifyDevice(bare, { person, device: self })).toBe(false);
});

test("ID3: a proof over data, on which the package throws, is refused", () => {
  const data = IdentityKey.attestData(Buffer.from("x"), laptop, proof);
  expect(() =>
    IdentityKey.verify(data, null, {
      expectedIdentity: keyBytes(person),
      expectedDevice: laptop.publicKey,
    }),
  ).toThrow();
  expect(verifyDevice(data, { person, device: idOf(laptop) })).toBe(false);
});

test("ID3: cut, extended and empty proofs are refused", () => {
  const device = idOf(laptop);
  for (let length = 0; length < proof.length; length += 1)
    expect(verifyDevice(proof.subarray(0, length), { person, device })).toBe(
      false,
    );
  const longer = Buffer.concat([proof, Buffer.alloc(1)]);
  expect(verifyDevice(longer, { person, device })).toBe(false);
});

test("ID3: garbage is refused and never throws", () => {
  const device = idOf(laptop);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(verifyDevice(bytes, { person, device })).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("ID3: each of 500 changed proofs is refused", () => {
  const device = idOf(laptop);
  const at = fc.nat(proof.length - 1);
  fc.assert(
    fc.property(at, fc.integer({ min: 1, max: 255 }), (place, flip) => {
      const changed = Buffer.from(proof);
      changed.writeUInt8((changed[place] ?? 0) ^ flip, place);
      expect(verifyDevice(changed, { person, device })).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("a signature holds for one context, one message and one device", () => {
  const message = Buffer.from("handshake");
  const signature = sign("meet", message, laptop.secretKey);
  const device = idOf(laptop);
  expect(verifySignature("meet", message, signature, device)).toBe(true);
  expect(verifySignature("mee", message, signature, device)).toBe(false);
  expect(verifySignature("meet", message, signature, idOf(phone))).toBe(false);
  const moved = Buffer.from("thandshake");
  expect(verifySignature("mee", moved, signature, device)).toBe(false);
  const cut = signature.subarray(1);
  expect(verifySignature("meet", message, cut, device)).toBe(false);
  fc.assert(
    fc.property(fc.nat(63), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(signature);
      changed.writeUInt8((changed[at] ?? 0) ^ flip, at);
      expect(verifySignature("meet", message, changed, device)).toBe(false);
    }),
  );
});

test("what a device signs is fixed since format 1", () => {
  const message = Buffer.from("handshake");
  // Anybody else's Ed25519 agrees: prefix, context, a zero byte each, message.
  const signed = Buffer.from("commonplace/1/device\0meet\0handshake");
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, Buffer.alloc(32, 1)]),
    format: "der",
    type: "pkcs8",
  });
  expect(sign("meet", message, laptop.secretKey)).toEqual(
    signDirectly(null, signed, key),
  );
});

test("a signing context is a plain word", () => {
  for (const context of ["", "Meet", "a b", "a\0b", "x".repeat(65)])
    expect(() => sign(context, Buffer.alloc(1), laptop.secretKey)).toThrow(
      RangeError,
    );
});

test("a device's signature cannot attest another device", () => {
  // What the laptop would sign to attest the phone, smuggled in as a message.
  const message = Buffer.concat([
    Buffer.from([0]),
    proof.subarray(1, 41),
    phone.publicKey,
  ]);
  const signature = sign("meet", message, laptop.secretKey);
  const forged = Buffer.concat([
    proof.subarray(0, 41),
    Buffer.from([2]),
    proof.subarray(42, 138),
    phone.publicKey,
    signature,
    Buffer.from([0]),
  ]);
  const honest = IdentityKey.attestDevice(phone.publicKey, laptop, proof);
  expect(honest).toHaveLength(forged.length);
  expect(verifyDevice(honest, { person, device: idOf(phone) })).toBe(true);
  expect(verifyDevice(forged, { person, device: idOf(phone) })).toBe(false);
});
