import NoiseSecretStream from "@hyperswarm/secret-stream";
import { expect, test } from "vitest";
import { untilTrue } from "#core/testing/until.ts";
import { createPipe } from "./pipe.ts";

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}

test("nothing arrives inside the call that sends it", async () => {
  const [near, far] = createPipe();
  const heard: string[] = [];
  far.on("data", (bytes: Buffer) => heard.push(bytes.toString()));
  await turns();
  near.write("a");
  near.write("b");
  expect(heard).toEqual([]);
  await turns();
  expect(heard.join("")).toBe("ab");
});

test("what was sent before a close arrives, then the close", async () => {
  const [near, far] = createPipe();
  const heard: string[] = [];
  far.on("data", (bytes: Buffer) => heard.push(bytes.toString()));
  far.on("end", () => heard.push("end"));
  far.on("close", () => heard.push("close"));
  near.write("last");
  await turns();
  near.destroy();
  await turns();
  expect(heard).toEqual(["last", "end", "close"]);
});

test("an end that does not read hears of the close all the same", async () => {
  const [near, far] = createPipe();
  far.pause();
  near.write(Buffer.alloc(1_000_000));
  await turns();
  near.destroy();
  await turns();
  expect(far.destroyed).toBe(true);
});

test("an end that was closed does not hold up the other's writes", async () => {
  const [near, far] = createPipe();
  far.pause();
  let isWritten = false;
  near.write(Buffer.alloc(1_000_000));
  near.write(Buffer.alloc(1), () => {
    isWritten = true;
  });
  await turns();
  expect(isWritten).toBe(false);
  far.destroy();
  await turns();
  expect(near.destroyed).toBe(true);
});

test("an end that does not read holds the writing end back", async () => {
  const [near, far] = createPipe();
  far.pause();
  while (near.write(Buffer.alloc(16_384)));
  await turns();
  expect(near.writableNeedDrain).toBe(true);
  far.resume();
  await turns();
  expect(near.writableNeedDrain).toBe(false);
});

test("encrypted streams stand on it, whichever end was made first", async () => {
  for (const first of [true, false]) {
    const [near, far] = createPipe();
    const one = new NoiseSecretStream(first, near);
    near.on("data", () => undefined);
    await turns();
    const other = new NoiseSecretStream(!first, far);
    far.on("data", () => undefined);
    expect(await Promise.all([one.opened, other.opened])).toEqual([true, true]);
    expect(one.handshakeHash).toEqual(other.handshakeHash);
    one.destroy();
    await untilTrue(() => other.destroyed);
  }
});
