import { expect, test } from "vitest";
import { RunWriter, type RunFile } from "./run-writer.ts";

const MIB = 1024 * 1024;
const CHUNK = 256 * 1024;

interface Call {
  readonly at: number;
  readonly bytes: number;
  end(written?: number): void;
}

/** A disk on which each call takes until a test ends it. */
function slowFile() {
  const writes: Call[] = [];
  const syncs: ((error?: Error) => void)[] = [];
  const file: RunFile = {
    writev: (buffers, position) =>
      new Promise((resolve) => {
        const bytes = buffers.reduce((sum, it) => sum + it.byteLength, 0);
        writes.push({
          at: position ?? 0,
          bytes,
          end: (bytesWritten = bytes) => {
            resolve({ bytesWritten, buffers });
          },
        });
      }),
    datasync: () =>
      new Promise((resolve, reject) => {
        syncs.push((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
      }),
  };
  return {
    writes,
    syncs,
    writer: new RunWriter(Promise.resolve(file), CHUNK),
  };
}

/** Lets what was resolved be noticed. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test("neighbours that come in while the disk is busy are written with one call", async () => {
  const { writer, writes } = slowFile();
  const chunk = Buffer.alloc(CHUNK);
  const all = [0, 9, 3, 4, 5, 7].map((index) => writer.write(index, chunk));
  await turn();
  expect(writes.map(({ at, bytes }) => [at / CHUNK, bytes / CHUNK])).toEqual([
    [0, 1],
    [9, 1],
  ]);
  for (const { end } of writes.splice(0)) end();
  await turn();
  expect(writes.map(({ at, bytes }) => [at / CHUNK, bytes / CHUNK])).toEqual([
    [3, 3],
    [7, 1],
  ]);
  for (const { end } of writes) end();
  await Promise.all(all);
  await writer.settled();
});

test("a call that ends early is gone on with", async () => {
  const { writer, writes } = slowFile();
  const busy = [90, 80].map((index) => writer.write(index, Buffer.alloc(1)));
  const both = [1, 2].map((index) => writer.write(index, Buffer.alloc(CHUNK)));
  await turn();
  for (const { end } of writes.splice(0)) end();
  await turn();
  writes.shift()?.end(CHUNK + 7);
  await turn();
  expect(writes).toMatchObject([{ at: 2 * CHUNK + 7, bytes: CHUNK - 7 }]);
  writes.shift()?.end();
  await Promise.all([...busy, ...both]);
});

test("FI4: what a sync said before the end is told, and nothing is written after it", async () => {
  const { writer, writes, syncs } = slowFile();
  const large = writer.write(0, Buffer.alloc(64 * MIB));
  await turn();
  writes.shift()?.end();
  await large;
  expect(syncs.length).toBe(1);
  syncs[0]?.(new Error("EIO"));
  await turn();
  await expect(writer.write(300, Buffer.alloc(CHUNK))).rejects.toThrow("EIO");
  expect(writes).toEqual([]);
  await expect(writer.settled()).rejects.toThrow("EIO");
});

test("FI4: nothing is settled while a sync is under way", async () => {
  const { writer, writes, syncs } = slowFile();
  const large = writer.write(0, Buffer.alloc(64 * MIB));
  await turn();
  writes.shift()?.end();
  await large;
  let isSettled = false;
  const settled = writer.settled().then(() => {
    isSettled = true;
  });
  await turn();
  expect(isSettled).toBe(false);
  syncs[0]?.();
  await settled;
});
