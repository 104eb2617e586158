import {
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { Database } from "#core/storage/database.ts";
import { chunkSizeFor, hashChunk, rootOf } from "./chunks.ts";
import { HOLDINGS_MIGRATION } from "./holdings-tables.ts";
import { Holdings } from "./holdings.ts";
import type { Holding } from "./model.ts";
import { HoldingReader } from "./open-holding.ts";

const CHUNK = 256 * 1024;
let folder = "";
let db: Database;
let holdings: Holdings;
let reader: HoldingReader;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "open-holding-"));
  db = new Database(join(folder, "local.db"), {
    durable: false,
    migrations: [HOLDINGS_MIGRATION],
  });
  holdings = new Holdings(db);
  reader = new HoldingReader(holdings);
});

afterEach(async () => {
  await reader.close();
  await db.close();
  rmSync(folder, { recursive: true });
});

/** Bytes whose chunks all differ. */
function pattern(size: number): Buffer {
  const bytes = Buffer.alloc(size, "pattern ");
  for (let at = 0; at < size; at += CHUNK)
    bytes.writeUInt8((at / CHUNK) % 251, at);
  return bytes;
}

function hold(name: string, bytes: Buffer): Holding {
  const absolutePath = join(folder, name);
  writeFileSync(absolutePath, bytes);
  const hashes = [];
  for (let at = 0; at < Math.max(1, bytes.length); at += CHUNK)
    hashes.push(hashChunk(bytes.subarray(at, at + CHUNK)));
  const list = Buffer.concat(hashes);
  const holding: Holding = {
    absolutePath,
    root: rootOf(list),
    size: bytes.length,
    chunkSize: chunkSizeFor(bytes.length),
    mtimeMs: statSync(absolutePath).mtimeMs,
    origin: "mine",
  };
  holdings.add(holding, list);
  return holding;
}

/** Changes bytes and puts the time back, as a copying program or a bad disk would. */
function damage({ absolutePath, mtimeMs }: Holding, bytes: Buffer): boolean {
  const time = mtimeMs / 1000;
  writeFileSync(absolutePath, bytes);
  utimesSync(absolutePath, time, time);
  return statSync(absolutePath).mtimeMs === mtimeMs;
}

async function all(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return isCoreError(error) ? error.code : error;
  }
  return "it went well";
}

test("every chunk of held content comes, and nothing beyond the end", async () => {
  const bytes = pattern(2 * CHUNK + 5);
  const { root } = hold("file", bytes);
  const chunks = [0, 1, 2, 3, -1, 0.5, Number.NaN, 2 ** 40].map((index) =>
    reader.chunk(root, index),
  );
  expect(await Promise.all(chunks)).toEqual([
    bytes.subarray(0, CHUNK),
    bytes.subarray(CHUNK, 2 * CHUNK),
    bytes.subarray(2 * CHUNK),
    ...Array.from({ length: 5 }, () => null),
  ]);
  expect(reader.held(root)).toBe("all");
  expect(rootOf((await reader.list(root)) ?? Buffer.alloc(0))).toBe(root);
});

test("FI2: an empty file and a small one are served with the list of their one chunk", async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from("small")]) {
    const { root } = hold(`size ${String(bytes.length)}`, bytes);
    expect(await reader.list(root)).toEqual(hashChunk(bytes));
    expect(await reader.chunk(root, 0)).toEqual(bytes);
  }
});

test("content that is not held is not served", async () => {
  const root = rootOf(Buffer.from("nothing"));
  expect(reader.held(root)).toBe("none");
  expect(await reader.list(root)).toBe(null);
  expect(await reader.chunk(root, 0)).toBe(null);
});

test("FI3: a file whose time changed is noticed before a byte is served", async () => {
  const holding = hold("file", pattern(2 * CHUNK));
  utimesSync(holding.absolutePath, 1, 1);
  expect(await reader.chunk(holding.root, 0)).toBe(null);
  expect(holdings.at(holding.absolutePath)?.changed).toBe(true);
  expect(reader.held(holding.root)).toBe("none");
});

test("FI2: bytes that changed without a trace are not served, of any size, and are marked", async () => {
  for (const bytes of [Buffer.from("small"), pattern(2 * CHUNK + 5)]) {
    const holding = hold("file", bytes);
    const time = Math.floor(holding.mtimeMs / 1000);
    utimesSync(holding.absolutePath, time, time);
    const known = { ...holding, mtimeMs: time * 1000 };
    holdings.add(known, (await reader.list(holding.root)) ?? hashChunk(bytes));
    const other = Buffer.from(bytes);
    other.writeUInt8(255, bytes.length - 1);
    expect(damage(known, other)).toBe(true);
    const last = Math.ceil(bytes.length / CHUNK) - 1;
    expect(await reader.chunk(holding.root, last)).toBe(null);
    expect(holdings.at(holding.absolutePath)?.changed).toBe(true);
  }
});

test("FI9: another copy stands in for one that changed or went away", async () => {
  const bytes = pattern(CHUNK + 1);
  const first = hold("a", bytes);
  const second = hold("b", bytes);
  hold("c", bytes);
  rmSync(first.absolutePath);
  utimesSync(second.absolutePath, 1, 1);
  expect(await reader.chunk(first.root, 1)).toEqual(bytes.subarray(CHUNK));
  expect(holdings.at(first.absolutePath)?.changed).toBe(false);
  expect(holdings.at(second.absolutePath)?.changed).toBe(true);
});

test("a file that is away is served again when it is back", async () => {
  const holding = hold("file", pattern(CHUNK));
  const elsewhere = join(folder, "elsewhere");
  renameSync(holding.absolutePath, elsewhere);
  expect(await reader.chunk(holding.root, 0)).toBe(null);
  renameSync(elsewhere, holding.absolutePath);
  expect(await reader.chunk(holding.root, 0)).toEqual(pattern(CHUNK));
});

test("a range comes exactly, across chunks, at both ends and empty", async () => {
  const bytes = pattern(3 * CHUNK + 7);
  const holding = hold("file", bytes);
  for (const [start, end] of [
    [0, bytes.length],
    [0, 1],
    [CHUNK - 1, CHUNK + 1],
    [CHUNK, 2 * CHUNK],
    [bytes.length - 1, bytes.length],
    [10, bytes.length + 1000],
    [5, 5],
    [bytes.length, bytes.length + 1],
  ] as const)
    expect([
      start,
      (await all(reader.readRange(holding, start, end))).equals(
        bytes.subarray(start, end),
      ),
    ]).toEqual([start, true]);
});

test("FI2: a range ends where the bytes are not right any more, and on the signal", async () => {
  const bytes = pattern(3 * CHUNK);
  const holding = hold("file", bytes);
  const range = reader.readRange(holding, 0, bytes.length);
  await range.next();
  const other = Buffer.from(bytes);
  other.writeUInt8(255, CHUNK);
  writeFileSync(holding.absolutePath, other);
  expect(await failure(range.next())).toBe("file-away");

  const again = hold("again", bytes);
  const controller = new AbortController();
  const reason = new Error("closed");
  const stopped = reader.readRange(again, 0, bytes.length, controller.signal);
  await stopped.next();
  controller.abort(reason);
  expect(await failure(stopped.next())).toBe(reason);
});

test.runIf(process.platform === "linux")(
  "at most 64 files stay open, none after closing, however many are read at once",
  async () => {
    const openFiles = () =>
      readdirSync("/proc/self/fd").filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).includes("held ");
        } catch {
          return false;
        }
      }).length;
    const held = Array.from({ length: 200 }, (_, index) =>
      hold(
        `held ${String(index)}`,
        Buffer.alloc(CHUNK + 1, `content ${String(index)}`),
      ),
    );
    const together = held
      .slice(0, 100)
      .map(({ root }) => reader.chunk(root, 0));
    expect((await Promise.all(together)).every((it) => it !== null)).toBe(true);
    expect(openFiles()).toBeLessThanOrEqual(64);
    for (const { root } of held) await reader.chunk(root, 0);
    expect(openFiles()).toBe(64);
    await reader.close();
    expect(openFiles()).toBe(0);
    expect(await reader.chunk(held[0]?.root ?? rootOf(folderName()), 0)).toBe(
      null,
    );
    expect(openFiles()).toBe(0);
  },
);

test("a thousand small files asked for at once each come with their own bytes; changed and missing ones do not", async () => {
  const held = Array.from({ length: 1_000 }, (_, index) =>
    hold(`small ${String(index)}`, Buffer.alloc(index, `${String(index)} `)),
  );
  writeFileSync(join(folder, "small 500"), Buffer.alloc(500, "other "));
  utimesSync(join(folder, "small 500"), 1, 1);
  rmSync(join(folder, "small 600"));
  const chunks = await Promise.all(
    held.map(({ root }) => reader.chunk(root, 0)),
  );
  const wrong = chunks.flatMap((bytes, index) =>
    bytes?.equals(Buffer.alloc(index, `${String(index)} `)) === true
      ? []
      : index,
  );
  expect(wrong).toEqual([500, 600]);
  expect(holdings.at(join(folder, "small 500"))?.changed).toBe(true);
  expect(holdings.at(join(folder, "small 600"))?.changed).toBe(false);
});

test("small files asked for while the reader is closed are away", async () => {
  const { root } = hold("small", Buffer.from("small"));
  const asked = reader.chunk(root, 0);
  await reader.close();
  expect(await asked).toBeNull();
  expect(await reader.chunk(root, 0)).toBeNull();
});

function folderName(): Buffer {
  return Buffer.from(folder);
}
