import { inspect } from "node:util";
import { expect, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { personIdSchema, spaceIdSchema } from "#core/contract/ids.ts";
import { parse } from "valibot";
import { deviceIdOf } from "./key-text.ts";
import { verifyDevice, verifySignature } from "./device.ts";
import { Identity } from "./identity.ts";
import { makeSecrets } from "./secrets.ts";

const FIRST_SPACE = parse(spaceIdSchema, "y".repeat(52));
const SECOND_SPACE = parse(spaceIdSchema, `b${"y".repeat(51)}`);

test("ID2: an identity carries a proof that the person stands behind the device", async () => {
  const identity = new Identity(await makeSecrets(systemRandom, null));
  expect(verifyDevice(identity.attestation, identity)).toBe(true);
});

test("a device's signature verifies for its own context, message and device only", async () => {
  const identity = new Identity(await makeSecrets(systemRandom, null));
  const other = new Identity(await makeSecrets(systemRandom, null));
  const message = Buffer.from("handshake");
  const signature = identity.signAsDevice("meet", message);
  const verify = verifySignature;
  expect(verify("meet", message, signature, identity.device)).toBe(true);
  expect(verify("header", message, signature, identity.device)).toBe(false);
  expect(
    verify("meet", Buffer.from("Handshake"), signature, identity.device),
  ).toBe(false);
  expect(verify("meet", message, signature, other.device)).toBe(false);
});

test("SP3: the key of a log is fixed by device and space", async () => {
  const secrets = await makeSecrets(systemRandom, null);
  const words = new Identity(secrets).words().join(" ");
  const here = new Identity(secrets).writer(FIRST_SPACE).publicKey;
  const again = new Identity(secrets).writer(FIRST_SPACE).publicKey;
  const elsewhere = new Identity(secrets).writer(SECOND_SPACE).publicKey;
  expect(again).toEqual(here);
  expect(elsewhere).not.toEqual(here);

  const restored = new Identity(await makeSecrets(systemRandom, words));
  expect(restored.writer(FIRST_SPACE).publicKey).not.toEqual(here);
  expect(deviceIdOf(here)).not.toBe(restored.device);
});

test("ID5: the words bring back the person on a new device with a new self space", async () => {
  const identity = new Identity(await makeSecrets(systemRandom, null));
  const words = identity.words();
  expect(words).toHaveLength(24);
  const restored = new Identity(
    await makeSecrets(systemRandom, words.join(" ")),
  );
  expect(restored.person).toBe(identity.person);
  expect(restored.words()).toEqual(words);
  expect(restored.device).not.toBe(identity.device);
  expect(restored.selfKey).not.toEqual(identity.selfKey);
  expect(restored.selfNonce).not.toEqual(identity.selfNonce);
});

test("ID4: no secret shows up in JSON, in a copy, in an inspection or in the names of fields", async () => {
  const secrets = await makeSecrets(systemRandom, null);
  const identity = new Identity(secrets);
  const parts = secrets.reveal();
  const hidden = [
    parts.entropy,
    parts.deviceSeed,
    parts.storeKey,
    parts.selfKey,
  ];
  const shown = [
    JSON.stringify(secrets),
    JSON.stringify(identity),
    JSON.stringify({ ...identity, ...secrets }),
    JSON.stringify(structuredClone({ ...identity })),
    inspect(secrets, { depth: 9, showHidden: true }),
    inspect(identity, { depth: 9, showHidden: true, maxArrayLength: 999 }),
  ].join("\n");
  for (const secret of hidden) {
    expect(shown).not.toContain(secret.toString("hex"));
    expect(shown).not.toContain(secret.toString("base64"));
    expect(shown).not.toContain(JSON.stringify([...secret]));
    expect(shown).not.toContain(inspect(secret).slice(8, 40));
  }
  expect(Object.keys(identity).sort()).toEqual([
    "attestation",
    "device",
    "person",
  ]);
  expect(parse(personIdSchema, identity.person)).toBe(identity.person);
});
