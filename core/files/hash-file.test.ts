import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { chunkSizeFor, hashChunk, rootOf } from "./chunks.ts";
import { createFileHash } from "./hash-file.ts";

const MIB = 1024 * 1024;
const hashFile = createFileHash();
let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hash-file-"));
  path = join(folder, "file.bin");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function expected(bytes: Buffer): { list: Buffer; root: string } {
  const chunkSize = chunkSizeFor(bytes.length);
  const hashes = [];
  for (let at = 0; at < Math.max(1, bytes.length); at += chunkSize)
    hashes.push(hashChunk(bytes.subarray(at, at + chunkSize)));
  const list = Buffer.concat(hashes);
  return { list, root: rootOf(list) };
}

function pattern(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 1000) bytes[at] = (at / 1000 + seed) % 251;
  return bytes;
}

function code(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return isCoreError(error) ? error.code : String(error);
  }
  return "nothing thrown";
}

const quiet = { isStopped: () => false, onBytes: () => undefined };

test("FI2: the list and the root are those of the chunks, at every size around a chunk and a read", () => {
  const quarter = MIB / 4;
  for (const size of [
    0,
    1,
    quarter - 1,
    quarter,
    quarter + 1,
    4 * MIB,
    4 * MIB + 1,
    9 * MIB + 7,
  ]) {
    const bytes = pattern(size);
    writeFileSync(path, bytes);
    const { list, root, ...rest } = hashFile(path, quiet);
    expect([rest.size, rest.chunkSize]).toEqual([size, quarter]);
    expect(Buffer.from(rest.head)).toEqual(bytes.subarray(0, 64));
    expect({ list: Buffer.from(list), root }).toEqual(expected(bytes));
  }
});

test("a file that grew, shrank, changed or was replaced while it was read is read again", () => {
  const changes: readonly (() => void)[] = [
    () => {
      appendFileSync(path, "more");
    },
    () => {
      truncateSync(path, 5 * MIB);
    },
    () => {
      writeFileSync(path, pattern(9 * MIB, 2));
    },
    () => {
      writeFileSync(`${path}.new`, pattern(9 * MIB, 3));
      renameSync(`${path}.new`, path);
    },
  ];
  for (const change of changes) {
    writeFileSync(path, pattern(9 * MIB));
    const done: number[] = [];
    const hash = hashFile(path, {
      isStopped: () => false,
      onBytes(bytes) {
        if (done.length === 0) change();
        done.push(bytes);
      },
    });
    const still = hashFile(path, quiet);
    expect(hash).toEqual(still);
    // It did begin again.
    expect(done.filter((bytes) => bytes === 4 * MIB)).toHaveLength(2);
  }
});

test("a file that changes on each of three readings is unreadable", () => {
  writeFileSync(path, pattern(5 * MIB));
  let starts = 0;
  const thrown = code(() =>
    hashFile(path, {
      isStopped: () => false,
      onBytes(done) {
        if (done === 4 * MIB) starts++;
        appendFileSync(path, "more");
      },
    }),
  );
  expect([thrown, starts]).toEqual(["file-unreadable", 3]);
});

test("a file that is given up is not read on", () => {
  writeFileSync(path, pattern(9 * MIB));
  let reads = 0;
  const thrown = code(() =>
    hashFile(path, { isStopped: () => reads > 0, onBytes: () => reads++ }),
  );
  expect([thrown, reads]).toEqual(["cancelled", 1]);
});
