import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { until, untilTrue } from "#core/testing/until.ts";
import { FolderWatch, SCAN_MS } from "./folder-watch.ts";
import type { FolderWatchOptions } from "./folder-watch.ts";
import type { Settled } from "./pending-paths.ts";

let folder = "";
let watch: FolderWatch | null = null;
let settled: Settled[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "watch-"));
  settled = [];
});

afterEach(async () => {
  await watch?.close();
  await rm(folder, { recursive: true, force: true });
});

function begin(options: Partial<FolderWatchOptions> = {}): FolderWatch {
  watch = new FolderWatch({
    folder,
    isIgnored: () => false,
    skip: () => [],
    onSettled: (some) => {
      settled.push(some);
      return Promise.resolve();
    },
    clock: systemClock,
    logger: silentLogger,
    ...options,
  });
  watch.start();
  return watch;
}

/** Waits for the first look at everything, after which changes are told by their paths. */
async function untilQuiet(of: FolderWatch): Promise<void> {
  await until(of.state, ({ mode }) => mode !== "starting");
  await untilTrue(() => settled.some(({ kind }) => kind === "all"));
  settled = [];
}

const paths = (): readonly string[] =>
  settled.flatMap((some) => (some.kind === "paths" ? some.paths : []));

test("what changes in a folder is told by its path once it is left alone", async () => {
  await mkdir(join(folder, "sub"));
  const it = begin();
  await untilQuiet(it);
  expect(it.state.peek().mode).toBe("watching");
  await writeFile(join(folder, "sub", "a.txt"), "a");
  await until(it.state, ({ pending }) => pending > 0);
  expect(paths()).toEqual([]);
  await untilTrue(paths, (some) => some.includes("sub/a.txt"), {
    timeoutMs: 8_000,
  });
  await until(it.state, ({ pending }) => pending === 0);
});

test("what was read just now is given again a little later; changes are heard meanwhile", async () => {
  const clock = createManualClock();
  const it = begin({ clock, lookAfterMs: 3_000 });
  await until(it.state, ({ mode }) => mode === "watching");
  await writeFile(join(folder, "a.txt"), "a");
  await until(it.state, ({ pending }) => pending > 0);
  expect(settled).toEqual([]);
  await untilTrue(() => {
    clock.advance(100);
    return settled.some(({ kind }) => kind === "all");
  });
});

test("a rename settles together, old name and new", async () => {
  await writeFile(join(folder, "old.txt"), "same");
  const it = begin();
  await untilQuiet(it);
  await rename(join(folder, "old.txt"), join(folder, "new.txt"));
  await untilTrue(paths, (some) => some.length >= 2, { timeoutMs: 8_000 });
  expect(settled).toHaveLength(1);
  expect([...paths()].sort()).toEqual(["new.txt", "old.txt"]);
});

test("a file that is being written is left alone until that has stopped", async () => {
  const it = begin();
  await untilQuiet(it);
  const file = join(folder, "film.mp4");
  let isWriting = true;
  let writes = 0;
  const stop = systemClock.every(200, () => {
    if (!isWriting) return;
    appendFileSync(file, "more");
    writes++;
  });
  await untilTrue(() => writes > 17, Boolean, { timeoutMs: 8_000 });
  expect(paths()).toEqual([]);
  isWriting = false;
  stop();
  await untilTrue(paths, (some) => some.includes("film.mp4"), {
    timeoutMs: 10_000,
  });
});

test("folders that come with what is in them are heard of, and what comes later too", async () => {
  const outside = await mkdtemp(join(tmpdir(), "watch-outside-"));
  await mkdir(join(outside, "tree", "deep"), { recursive: true });
  const it = begin();
  await untilQuiet(it);
  await rename(join(outside, "tree"), join(folder, "tree"));
  await untilTrue(paths, (some) => some.includes("tree"), {
    timeoutMs: 8_000,
  });
  settled = [];
  await writeFile(join(folder, "tree", "deep", "late.txt"), "late");
  await untilTrue(paths, (some) => some.includes("tree/deep/late.txt"), {
    timeoutMs: 8_000,
  });
  await rename(join(folder, "tree"), join(folder, "other"));
  await untilTrue(paths, (some) => some.includes("other"), {
    timeoutMs: 8_000,
  });
  settled = [];
  await writeFile(join(folder, "other", "deep", "later.txt"), "later");
  await untilTrue(paths, (some) => some.includes("other/deep/later.txt"), {
    timeoutMs: 8_000,
  });
  await rm(outside, { recursive: true });
});

test("what nobody wants to know of is not told", async () => {
  const it = begin({ isIgnored: (path) => path.endsWith(".tmp") });
  await untilQuiet(it);
  await writeFile(join(folder, "a.tmp"), "a");
  await writeFile(join(folder, "b.txt"), "b");
  await untilTrue(paths, (some) => some.includes("b.txt"), {
    timeoutMs: 8_000,
  });
  expect(paths()).toEqual(["b.txt"]);
});

test("what the app and the system leave in a folder is no change of anybody", async () => {
  await mkdir(join(folder, ".commonplace-incoming"));
  const it = begin();
  await untilQuiet(it);
  let most = 0;
  it.state.subscribe(() => {
    most = Math.max(most, it.state.peek().pending);
  });
  for (const name of ["1.new", "2.new", "3.new"])
    await writeFile(join(folder, ".commonplace-incoming", name), "half");
  await writeFile(join(folder, "a.txt"), "a");
  await untilTrue(paths, (some) => some.includes("a.txt"), {
    timeoutMs: 8_000,
  });
  expect([...paths()]).toEqual(["a.txt"]);
  expect(most).toBe(1);
});

test("10,000 changes at once become one look at everything, and nothing stands still meanwhile", async () => {
  const it = begin();
  await untilQuiet(it);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.memoryUsage().heapUsed;
  execFileSync(
    process.execPath,
    [
      "-e",
      `const fs = require("node:fs");
       for (let n = 0; n < 10000; n++) {
         const folder = process.argv[1] + "/" + (n % 100);
         fs.mkdirSync(folder, { recursive: true });
         fs.writeFileSync(folder + "/" + n, "x");
       }`,
      folder,
    ],
    { stdio: "ignore" },
  );
  // The program above ran while this one stood still; only what follows counts.
  delay.reset();
  await untilTrue(
    () => settled,
    (some) => some.some(({ kind }) => kind === "all"),
    { timeoutMs: 20_000 },
  );
  await until(it.state, ({ pending }) => pending === 0, { timeoutMs: 20_000 });
  delay.disable();
  expect(paths().length).toBeLessThan(2_001);
  expect(delay.max / 1e6).toBeLessThan(250);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 ** 2);
});

test("where changes are not told, the folder is looked through every five minutes, and that is no error", async () => {
  const clock = createManualClock();
  const it = begin({ clock, tells: () => Promise.resolve(false) });
  await until(it.state, ({ mode }) => mode === "scanning");
  await untilTrue(() => settled.length === 1);
  clock.advance(SCAN_MS);
  await until(it.state, ({ mode }) => mode === "scanning");
  await untilTrue(() => settled.length === 2);
  expect(settled.every(({ kind }) => kind === "all")).toBe(true);
});

test("out of watches, the folder is looked through, and watched when there are some again", async () => {
  const clock = createManualClock();
  let isFull = true;
  const it = begin({
    clock,
    open: () =>
      isFull
        ? Promise.reject(new Error("No space left on device"))
        : Promise.resolve({ close: () => Promise.resolve() }),
  });
  await until(it.state, ({ mode }) => mode === "scanning");
  isFull = false;
  clock.advance(SCAN_MS);
  await until(it.state, ({ mode }) => mode === "watching");
});

test("a take that fails is made again with everything", async () => {
  const clock = createManualClock();
  let tries = 0;
  begin({
    clock,
    tells: () => Promise.resolve(false),
    onSettled: () => {
      tries++;
      return tries === 1 ? Promise.reject(new Error("no")) : Promise.resolve();
    },
  });
  await untilTrue(() => tries === 1);
  await untilTrue(() => clock.due.length >= 2);
  clock.advance(60_000);
  await untilTrue(() => tries === 2);
});
