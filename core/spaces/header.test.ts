import { expect, test } from "vitest";
import { parse } from "valibot";
import { logKeySchema, personIdSchema } from "#core/contract/ids.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import { testIdentity } from "#core/testing/test-identity.ts";
import { readBlockJson, writeBlock } from "./block.ts";
import { inOrder, spaceIdOf } from "./charter.ts";
import type { Charter } from "./charter.ts";
import { HEADER_BYTES, admits, readHeader, writeHeader } from "./header.ts";

const LOG = parse(logKeySchema, "y".repeat(52));
const OTHER_LOG = parse(logKeySchema, `b${"y".repeat(51)}`);
const NONCE = "00".repeat(16);

function feedOf(founder: PersonId): Charter {
  return { v: 1, kind: "feed", founder, nonce: NONCE, audience: "link" };
}

/** A header with some fields of it changed after it was signed. */
function changed(header: Buffer, fields: Record<string, unknown>): Buffer {
  const read = readBlockJson(header);
  if (read.kind !== "json" || typeof read.value !== "object")
    throw new Error("not a header");
  return writeBlock({ ...read.value, ...fields });
}

async function anaAndBen() {
  const [ana, ben] = await Promise.all([
    testIdentity("ana"),
    testIdentity("ben"),
  ]);
  const space = spaceIdOf(feedOf(ana.person));
  return { ana, ben, space };
}

test("SP4: a header says whose log of which space it is", async () => {
  const { ana, space } = await anaAndBen();
  expect(readHeader(writeHeader(ana, space, LOG), LOG)).toEqual({
    space,
    person: ana.person,
    device: ana.device,
  });
});

test("SP4: a header counts for its own log only", async () => {
  const { ana, space } = await anaAndBen();
  expect(readHeader(writeHeader(ana, space, LOG), OTHER_LOG)).toBeNull();
});

test("SP4: a header with another space, person, device or signature is refused", async () => {
  const { ana, ben, space } = await anaAndBen();
  const header = writeHeader(ana, space, LOG);
  const signature = Buffer.alloc(64, 1).toString("base64");
  const lies: readonly Record<string, unknown>[] = [
    { space: spaceIdOf(feedOf(ben.person)) },
    { person: ben.person },
    { person: ben.person, attestation: ben.attestation.toString("base64") },
    { device: ben.device },
    { device: ben.device, attestation: ben.attestation.toString("base64") },
    { signature },
    { signature: "" },
    { attestation: "" },
    { attestation: "not base64" },
    { more: true },
    { space: "a feed" },
  ];
  for (const lie of lies)
    expect(readHeader(changed(header, lie), LOG)).toBeNull();
  expect(readHeader(changed(header, {}), LOG)).not.toBeNull();
});

test("SP4: no byte of a header can change", async () => {
  const { ana, space } = await anaAndBen();
  const header = writeHeader(ana, space, LOG);
  const whole = readHeader(header, LOG);
  for (let at = 0; at < header.length; at++) {
    const bent = Buffer.from(header);
    bent[at] = (bent[at] ?? 0) ^ 1;
    // The last letter of a base64 text may carry bits that mean nothing.
    const read = readHeader(bent, LOG);
    if (read !== null) expect(read).toEqual(whole);
  }
});

test("HO1: what is no header is refused, however large or strange", async () => {
  const { ana, space } = await anaAndBen();
  const header = writeHeader(ana, space, LOG);
  const strange = [
    Buffer.alloc(0),
    Buffer.from([1]),
    Buffer.from([2, ...header.subarray(1)]),
    header.subarray(0, -1),
    writeBlock(null),
    writeBlock([]),
    Buffer.concat([header, Buffer.alloc(HEADER_BYTES, 32)]),
    Buffer.from(`\u0001${"[".repeat(4000)}`),
  ];
  for (const block of strange) expect(readHeader(block, LOG)).toBeNull();
});

const { device: DEVICE } = await testIdentity("ana");

/** Whether a space takes in a log whose header, already checked, says this. */
function takesIn(
  charter: Charter,
  person: PersonId,
  space: SpaceId = spaceIdOf(charter),
): boolean {
  return admits(charter, { space, person, device: DEVICE });
}

test("SP5: by their charter alone, self, feeds and collections take in their founder's logs", async () => {
  const { ana, ben } = await anaAndBen();
  const base = { v: 1, founder: ana.person, nonce: NONCE } as const;
  const charters: readonly Charter[] = [
    { ...base, kind: "self" },
    { ...base, kind: "feed", audience: "contacts" },
    { ...base, kind: "collection", policy: "closed" },
  ];
  for (const charter of charters) {
    expect(takesIn(charter, ana.person)).toBe(true);
    expect(takesIn(charter, ben.person)).toBe(false);
  }
});

test("SP5: a conversation takes in its members' logs, and nobody else's", async () => {
  const { ana, ben } = await anaAndBen();
  const stranger = parse(personIdSchema, "y".repeat(52));
  const charter: Charter = {
    v: 1,
    kind: "conversation",
    founder: ana.person,
    nonce: NONCE,
    members: inOrder([ana.person, ben.person]),
  };
  expect(takesIn(charter, ana.person)).toBe(true);
  expect(takesIn(charter, ben.person)).toBe(true);
  expect(takesIn(charter, stranger)).toBe(false);
});

test("SP5: a header of another space of the same founder is not taken in", async () => {
  const { ana } = await anaAndBen();
  const other = { ...feedOf(ana.person), nonce: "01".repeat(16) };
  expect(takesIn(feedOf(ana.person), ana.person, spaceIdOf(other))).toBe(false);
});

test("ID5, SP5: a feed takes in each device of its founder, also one restored from words", async () => {
  const first = await testIdentity("ana", "laptop");
  const second = await testIdentity("ana", "phone");
  const charter = feedOf(first.person);
  const space = spaceIdOf(charter);
  expect(second.device).not.toBe(first.device);
  for (const identity of [first, second]) {
    const header = readHeader(writeHeader(identity, space, LOG), LOG);
    expect(header !== null && admits(charter, header)).toBe(true);
  }
});
