import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "valibot";
import z32 from "z32";
import {
  spaceIdSchema,
  type FileRoot,
  type SpaceId,
} from "#core/contract/ids.ts";
import { systemClock, type Clock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import {
  chunkCount,
  chunkLength,
  chunkSizeFor,
  hashChunk,
  rootOf,
} from "#core/files/chunks.ts";
import {
  createBulkParts,
  type BulkParts,
} from "#core/exchange/bulk-session.ts";
import { createExchange, type Exchange } from "#core/exchange/exchange.ts";
import type { ContentReader } from "#core/exchange/content-reader.ts";
import type { WholeFile } from "#core/files/whole-file.ts";
import { Fetcher } from "#core/fetching/fetch.ts";
import type { Content, Naming } from "#core/files/model.ts";
import type { Whole } from "#core/files/read-whole.ts";
import {
  createSessionPair,
  createTestSessions,
  type TestSession,
  type TestSessions,
} from "./session-pair.ts";

/** Content with its bytes, as a test makes it. */
export interface TestContent extends Content {
  readonly bytes: Buffer;
  readonly list: Buffer;
}

export function testContent(bytes: Buffer): TestContent {
  const size = bytes.byteLength;
  const chunkSize = chunkSizeFor(size);
  const hashes: Buffer[] = [];
  for (let index = 0; index < chunkCount(size); index++) {
    const at = index * chunkSize;
    hashes.push(hashChunk(bytes.subarray(at, at + chunkLength(size, index))));
  }
  const list = Buffer.concat(hashes);
  return { root: rootOf(list), size, chunkSize, bytes, list };
}

/** Bytes that no chunk repeats. */
export function testBytes(size: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let state = seed;
  for (let at = 0; at < size; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    if (at + 4 <= size) bytes.writeInt32LE(state, at);
    else for (let i = at; i < size; i++) bytes[i] = state >>> ((i - at) * 8);
  }
  return bytes;
}

/** A space id from a name. */
export function testSpace(name: string): SpaceId {
  return parse(spaceIdSchema, z32.encode(hashChunk(Buffer.from(name))));
}

/** What a device of a test holds, in memory. */
export class MemoryReader implements ContentReader {
  /** Chunks read, in order: what was served. */
  readonly served: { readonly root: FileRoot; readonly index: number }[] = [];
  /** Runs before each chunk is given away; may change the bytes, or hold them back. */
  before: (bytes: Buffer, index: number) => Promise<Buffer | null> = (bytes) =>
    Promise.resolve(bytes);
  /** Whose turn it is to read for others: at first everybody's at once. */
  turn: NonNullable<ContentReader["turn"]> = (pass) => {
    pass();
    return () => undefined;
  };
  /** What a thread can serve by itself. */
  readonly files = new Map<FileRoot, WholeFile>();
  readonly #contents = new Map<FileRoot, TestContent>();

  add(...contents: readonly TestContent[]): void {
    for (const content of contents) this.#contents.set(content.root, content);
  }

  /** Holds these no more. */
  drop(...contents: readonly TestContent[]): void {
    for (const { root } of contents) this.#contents.delete(root);
  }

  file(root: FileRoot): WholeFile | null {
    const file = this.files.get(root);
    return file === undefined || chunkCount(file.size) === 1 ? null : file;
  }

  small(root: FileRoot): Whole | null {
    const file = this.files.get(root);
    if (file === undefined || chunkCount(file.size) > 1) return null;
    const { path: absolutePath, size, mtimeMs } = file;
    return { absolutePath, root, size, mtimeMs };
  }

  held(root: FileRoot): "all" | "none" {
    return this.#contents.has(root) ? "all" : "none";
  }

  list(root: FileRoot): Promise<Buffer | null> {
    return Promise.resolve(this.#contents.get(root)?.list ?? null);
  }

  chunk(root: FileRoot, index: number): Promise<Buffer | null> {
    const content = this.#contents.get(root);
    if (content === undefined) return Promise.resolve(null);
    const at = index * content.chunkSize;
    const bytes = content.bytes.subarray(at, at + content.chunkSize);
    this.served.push({ root, index });
    return this.before(bytes, index);
  }
}

/** Names every root in the spaces given for it; `everywhere` in all. */
export class TestNaming implements Naming {
  readonly #spaces = new Map<FileRoot, Set<SpaceId>>();

  name(space: SpaceId, ...contents: readonly Content[]): void {
    for (const { root } of contents) {
      const spaces = this.#spaces.get(root) ?? new Set();
      this.#spaces.set(root, spaces.add(space));
    }
  }

  isNamed(root: FileRoot, spaces: ReadonlySet<SpaceId>): boolean {
    for (const space of this.#spaces.get(root) ?? [])
      if (spaces.has(space)) return true;
    return false;
  }
}

/** The files half of a device: exchange and fetcher over what a test decides. */
export interface FilesDevice {
  readonly sessions: TestSessions;
  readonly naming: TestNaming;
  readonly reader: MemoryReader;
  readonly exchange: Exchange;
  readonly fetcher: Fetcher;
  /** The threads of its bulk lanes. */
  readonly bulk: BulkParts;
  /** Where fetched content grows. */
  readonly folder: string;
  /** Bugs that were logged; a test expects none. */
  readonly bugs: readonly string[];
  close(): Promise<void>;
}

export async function createFilesDevice(
  clock: Clock = systemClock,
): Promise<FilesDevice> {
  const folder = await mkdtemp(join(tmpdir(), "commonplace-files-"));
  const sessions = createTestSessions();
  const naming = new TestNaming();
  const reader = new MemoryReader();
  const bugs: string[] = [];
  const logger = createLogger(
    (line) => {
      if (line.includes('"level":"bug"')) bugs.push(line);
    },
    () => "-",
  );
  const bulk = createBulkParts({
    clock,
    random: systemRandom,
    logger,
  });
  const exchange = createExchange({ sessions, naming, reader, logger, bulk });
  const fetcher = new Fetcher({ exchange, naming, folder, clock, logger });
  return {
    sessions,
    naming,
    reader,
    exchange,
    fetcher,
    bulk,
    folder,
    bugs,
    async close() {
      await fetcher.close();
      for (const { line } of sessions.live.peek()) line.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Devices for one test: `close` them after it. */
export interface FilesDevices {
  make(clock?: Clock): Promise<FilesDevice>;
  /** Closes every device made; rejects when one of them logged a bug. */
  close(): Promise<void>;
}

export function createFilesDevices(): FilesDevices {
  const made: FilesDevice[] = [];
  return {
    async make(clock) {
      const device = await createFilesDevice(clock);
      made.push(device);
      return device;
    },
    async close() {
      const devices = made.splice(0);
      await Promise.all(devices.map((device) => device.close()));
      const bugs = devices.flatMap((device) => device.bugs);
      if (bugs.length > 0) throw new Error(bugs.join("\n"));
    },
  };
}

/** Writes content down as named in a space on each device, and held by the first ones. */
export function share(
  space: SpaceId,
  content: TestContent,
  holders: readonly FilesDevice[],
  others: readonly FilesDevice[],
): void {
  for (const device of [...holders, ...others])
    device.naming.name(space, content);
  for (const { reader } of holders) reader.add(content);
}

/** A line between two devices, with these spaces in common. */
export async function joinDevices(
  one: FilesDevice,
  other: FilesDevice,
  spaces: Iterable<SpaceId>,
): Promise<readonly [TestSession, TestSession]> {
  const pair = await createSessionPair(spaces);
  one.sessions.add(pair[0]);
  other.sessions.add(pair[1]);
  return pair;
}
