import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { Closers } from "#core/base/resource.ts";
import { chunkSizeFor, hashChunk, rootOf } from "#core/files/chunks.ts";
import { createExchange } from "#core/exchange/exchange.ts";
import { Fetcher } from "#core/fetching/fetch.ts";
import { HOLDINGS_MIGRATION } from "#core/files/holdings-tables.ts";
import { Holdings } from "#core/files/holdings.ts";
import { HoldingReader } from "#core/files/open-holding.ts";
import { openDestination } from "#core/files/place-folder.ts";
import { Placer } from "#core/files/placer.ts";
import { Database } from "#core/storage/database.ts";
import { testSpace } from "#core/testing/files-device.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import {
  COLLECTIONS_MIGRATION,
  SAVED_USE_MIGRATION,
} from "#core/folders/local-tables.ts";
import { ReceivingFolder } from "./receiving-folder.ts";
import type { Whole } from "./receiving-folder.ts";
import { SavedFiles } from "#core/folders/saved-files.ts";

const closers: Closers[] = [];
let base = "";
let folder: ReceivingFolder;
let holdings: Holdings;
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), "receiving-folder-"));
  const closer = new Closers();
  closers.push(closer);
  const local = closer.add(
    new Database(":memory:", {
      durable: false,
      migrations: [
        HOLDINGS_MIGRATION,
        COLLECTIONS_MIGRATION,
        SAVED_USE_MIGRATION,
      ],
    }),
  );
  holdings = new Holdings(local);
  const destination = await openDestination(join(base, "Songs"));
  const naming = { isNamed: () => true };
  const exchange = createExchange({
    sessions: { onSession: () => undefined },
    naming,
    reader: closer.add(new HoldingReader(holdings)),
    logger: silentLogger,
  });
  const saved = new SavedFiles(local);
  folder = new ReceivingFolder({
    place: saved.addPlace(testSpace("one"), base, "Songs"),
    destination,
    fetcher: closer.add(
      new Fetcher({
        exchange,
        naming,
        folder: destination.incoming,
        clock: systemClock,
        logger: silentLogger,
      }),
    ),
    saved,
    holdings,
    placer: closer.add(new Placer()),
    random: systemRandom,
    clock: systemClock,
    keepVersion: () => Promise.resolve(),
    leftOf: () => null,
    mayCome: () => Promise.resolve(true),
    onPlaced: () => undefined,
  });
});
afterEach(async () => {
  for (const closer of closers.splice(0)) await closer.close();
  rmSync(base, { recursive: true });
});

function listed(path: string, text: string): ListedFile {
  const size = Buffer.byteLength(text);
  return {
    path,
    root: rootOf(hashChunk(Buffer.from(text))),
    size,
    chunkSize: chunkSizeFor(size),
    changedAt: 1_600_000_000_000,
    mediaType: "text/plain",
    isHere: false,
    person: null,
    versions: 1,
    isRemoved: false,
  };
}

/** A file whose bytes are in memory. */
function inMemory(path: string, text: string): Whole {
  const bytes = Buffer.from(text);
  const temp = folder.newTemp();
  return { file: listed(path, text), temp, bytes, list: Buffer.alloc(0) };
}

function read(path: string): string {
  return readFileSync(join(base, "Songs", path), "utf8");
}

test("FI9: two names for what was fetched once never become one file", async () => {
  const temp = folder.newTemp();
  writeFileSync(temp, "the same");
  const whole = (path: string): Whole => ({
    file: listed(path, "the same"),
    temp,
    list: Buffer.alloc(0),
  });
  const results = await Promise.all([
    folder.place([whole("one.txt")]),
    folder.place([whole("other.txt")]),
  ]);
  const codes = results.map((failed) =>
    failed.map(({ error }) => (isCoreError(error) ? error.code : error)),
  );
  // The other one is copied from the first, by whoever asked for it.
  expect(codes).toEqual([[], ["file-unreadable"]]);
  expect(statSync(join(base, "Songs", "one.txt")).nlink).toBe(1);
  expect(readdirSync(join(base, "Songs")).sort()).toEqual([
    ".commonplace-incoming",
    "one.txt",
  ]);
});

test("FI4: versions of one file that come together replace each other, and no second name appears", async () => {
  await Promise.all(
    ["first", "second", "third"].map((text) =>
      folder.place([inMemory("a.txt", text), inMemory(`${text}.txt`, text)]),
    ),
  );
  expect(read("a.txt")).toBe("third");
  expect(readdirSync(join(base, "Songs")).sort()).toEqual([
    ".commonplace-incoming",
    "a.txt",
    "first.txt",
    "second.txt",
    "third.txt",
  ]);
  expect(await folder.isSaved(listed("a.txt", "third"))).toBe(true);
  expect(holdings.has(listed("a.txt", "third").root)).toBe(true);
});

test("FI7: names that differ only in case are numbered as they were asked for, whichever comes first", async () => {
  const paths = ["Case.txt", "case.TXT", "case.txt"];
  for (const path of paths) folder.reserve(path);
  for (const path of paths.toReversed())
    expect(await folder.place([inMemory(path, path)])).toEqual([]);
  expect(read("Case.txt")).toBe("Case.txt");
  expect(read("case (2).TXT")).toBe("case.TXT");
  expect(read("case (3).txt")).toBe("case.txt");
});
