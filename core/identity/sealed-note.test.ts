import { parse } from "valibot";
import { expect, test } from "vitest";
import { personIdSchema } from "#core/contract/ids.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import {
  boxKeyOf,
  boxKeyPairOf,
  openNote,
  SEAL_BYTES,
  sealNote,
} from "./sealed-note.ts";

const plain = Buffer.from("for Ana alone");
const seed = Buffer.alloc(32, 3);

test("what is sealed to a person is opened by their devices, and by nobody else's", async () => {
  const [ana, ben] = [await testIdentity("ana"), await testIdentity("ben")];
  const tablet = await testIdentity("ana", "second");
  const to = boxKeyOf(ana.person);
  if (to === null) throw new Error("no key");
  const note = sealNote(to, plain, seed);
  expect(note.length).toBe(plain.length + SEAL_BYTES);
  expect(await ana.openSealed([note])).toEqual([plain]);
  expect(await tablet.openSealed([note])).toEqual([plain]);
  expect(await ben.openSealed([note])).toEqual([null]);
});

test("a note with one bit changed, cut or empty does not open", () => {
  const keys = boxKeyPairOf(Buffer.alloc(32, 4));
  const note = sealNote(keys.publicKey, plain, seed);
  expect(openNote(note, keys)).toEqual(plain);
  for (let at = 0; at < note.length; at++) {
    const changed = Buffer.from(note);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(openNote(changed, keys)).toBeNull();
    expect(openNote(note.subarray(0, at), keys)).toBeNull();
  }
});

test("a person id that is no key has nothing to seal to", () => {
  expect(boxKeyOf(parse(personIdSchema, "y".repeat(52)))).toBeNull();
});

test("a secret for one purpose and subject is of this device alone", async () => {
  const [ana, ben] = [await testIdentity("ana"), await testIdentity("ben")];
  const subject = Buffer.from("subject");
  const secret = ana.secretFor("reply", subject);
  expect(ana.secretFor("reply", subject)).toEqual(secret);
  expect(ana.secretFor("other", subject)).not.toEqual(secret);
  expect(ana.secretFor("reply", Buffer.from("x"))).not.toEqual(secret);
  expect(ben.secretFor("reply", subject)).not.toEqual(secret);
});
