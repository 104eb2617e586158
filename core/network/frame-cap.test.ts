import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, test } from "vitest";
import { CHUNK_MESSAGE_BYTES, MESSAGE_BYTES } from "#core/contract/limits.ts";
import { capFrames } from "./frame-cap.ts";
import { createPipe } from "./pipe.ts";

/** A stream under the cap and the one it talks to, both past the handshake. */
async function connected() {
  const [near, far] = createPipe();
  const guarded = new NoiseSecretStream(false, near);
  const other = new NoiseSecretStream(true, far);
  for (const stream of [guarded, other]) stream.on("error", () => undefined);
  capFrames(guarded, "handshake");
  const heard: number[] = [];
  guarded.on("data", (bytes: Buffer) => heard.push(bytes.length));
  await Promise.all([guarded.opened, other.opened]);
  return { guarded, other, far, heard };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}

test("messages up to the largest chunk pass, in any pieces", async () => {
  const { guarded, other, heard } = await connected();
  const sizes = [1, 64, 0, 65_536, CHUNK_MESSAGE_BYTES, 3, CHUNK_MESSAGE_BYTES];
  for (const size of sizes) other.write(Buffer.alloc(size));
  await turns();
  expect(heard).toEqual(sizes);
  expect(guarded.destroying).toBe(false);
});

test("LI: a frame larger than any honest one ends the line before its bytes come", async () => {
  const { guarded, other, far } = await connected();
  other.write(Buffer.from("hello"));
  await turns();
  far.write(Buffer.from([0xff, 0xff]));
  await turns();
  expect(guarded.destroying).toBe(false);
  far.write(Buffer.from([0xff, 1, 2, 3]));
  await turns();
  expect(guarded.destroying).toBe(true);
});

test("LI: nothing is allocated for the frame that was refused", async () => {
  const { guarded, other, far } = await connected();
  other.write(Buffer.from("hello"));
  await turns();
  far.write(Buffer.from([0xff, 0xff, 0xff, 1, 2, 3]));
  await turns();
  expect(Reflect.get(guarded, "_message")).toBeNull();
});

test("LI: the first message may not be larger than a message", async () => {
  const fine = await connected();
  fine.other.write(Buffer.alloc(MESSAGE_BYTES - 1024));
  await turns();
  expect(fine.heard.length).toBe(1);
  const large = await connected();
  large.other.write(Buffer.alloc(MESSAGE_BYTES + 1024));
  await turns();
  expect(large.guarded.destroying).toBe(true);
});

test("LI: a stranger cannot announce a large frame in the handshake", async () => {
  const [near, far] = createPipe();
  const guarded = new NoiseSecretStream(false, near);
  guarded.on("error", () => undefined);
  capFrames(guarded, "handshake");
  await turns();
  far.write(Buffer.from([0, 8, 0, 1, 2, 3]));
  await turns();
  expect(guarded.destroying).toBe(true);
});

test("on a stream whose start was missed it stands aside", async () => {
  const { guarded, other, heard } = await connected();
  capFrames(guarded, "started");
  other.write(Buffer.alloc(100));
  for (let round = 0; round < 5; round += 1)
    other.write(Buffer.alloc(CHUNK_MESSAGE_BYTES));
  await turns();
  expect(heard.length).toBe(6);
  expect(guarded.destroying).toBe(false);
});
