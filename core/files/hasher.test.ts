import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { hashChunk, rootOf } from "./chunks.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { Hasher } from "./hasher.ts";

const GIB = 1024 ** 3;
let folder = "";
let hasher: Hasher;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hasher-"));
  hasher = new Hasher();
});

afterEach(async () => {
  await hasher.close();
  await rm(folder, { recursive: true });
});

async function sparse(name: string, size: number): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, "w");
  await file.truncate(size);
  await file.close();
  return path;
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return isCoreError(error) ? [error.code, error.details] : error;
  }
  return "it went well";
}

test("FI1: a file's size, time, first bytes, chunks and root come back from the thread", async () => {
  const path = join(folder, "note.txt");
  await writeFile(path, "a note");
  const done: number[] = [];
  const { mtimeMs, ...rest } = await hasher.hashFile(path, {
    onBytes: (bytes) => done.push(bytes),
  });
  const list = hashChunk(Buffer.from("a note"));
  expect(rest).toEqual({
    size: 6,
    chunkSize: 256 * 1024,
    list,
    root: rootOf(list),
    head: new Uint8Array(Buffer.from("a note")),
  });
  expect(mtimeMs).toBeGreaterThan(1e12);
  expect(done).toEqual([6]);
});

test("a thousand files asked for at once under one signal each get their own answer", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on("warning", onWarning);
  const { signal } = new AbortController();
  const names = Array.from({ length: 1000 }, (_, index) => String(index));
  await Promise.all(names.map((name) => writeFile(join(folder, name), name)));
  const files = await Promise.all(
    names.map((name) => hasher.hashFile(join(folder, name), { signal })),
  );
  process.off("warning", onWarning);
  expect(files.map((file) => file.root)).toEqual(
    names.map((name) => rootOf(hashChunk(Buffer.from(name)))),
  );
  expect(warnings).toEqual([]);
});

test("what is missing, a link, a folder or a pipe is unreadable, and the others go on", async () => {
  const good = join(folder, "good");
  await writeFile(good, "good");
  await symlink(good, join(folder, "link"));
  await mkdir(join(folder, "folder"));
  if (process.platform !== "win32")
    execFileSync("mkfifo", [join(folder, "pipe")]);
  const odd = ["missing", "link", "folder", "pipe"];
  const failures = Promise.all(
    odd.map((name) => failure(hasher.hashFile(join(folder, name)))),
  );
  expect((await hasher.hashFile(good)).size).toBe(4);
  expect(await failures).toEqual(
    odd.map((name) => ["file-unreadable", { name }]),
  );
});

test("FI1: a file beyond the longest list is refused by name", async () => {
  const path = await sparse("huge.bin", 256 * GIB + 1);
  expect(await failure(hasher.hashFile(path))).toEqual([
    "file-large",
    { name: "huge.bin", limitBytes: 256 * GIB },
  ]);
});

test("a file that is given up frees its thread at once", async () => {
  const one = new Hasher(1);
  try {
    const huge = await sparse("huge.bin", 200 * GIB);
    const small = await sparse("small.bin", 10);
    const controller = new AbortController();
    const reason = new Error("not wanted any more");
    const lost = failure(
      one.hashFile(huge, {
        signal: controller.signal,
        onBytes: () => {
          controller.abort(reason);
        },
      }),
    );
    const waiting = failure(
      one.hashFile(huge, { signal: controller.signal, size: 200 * GIB }),
    );
    const start = performance.now();
    expect((await one.hashFile(small)).size).toBe(10);
    expect(await Promise.all([lost, waiting])).toEqual([reason, reason]);
    // Reading it whole would take a minute.
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(
      await failure(one.hashFile(small, { signal: controller.signal })),
    ).toBe(reason);
  } finally {
    await one.close();
  }
});

test("closing ends what is under way and refuses what comes later", async () => {
  const huge = await sparse("huge.bin", 200 * GIB);
  const failures: Promise<unknown>[] = [];
  const started = new Promise<void>((resolve) => {
    const work = hasher.hashFile(huge, {
      onBytes: () => {
        resolve();
      },
    });
    failures.push(failure(work));
  });
  failures.push(failure(hasher.hashFile(huge)), failure(hasher.hashFile(huge)));
  await started;
  await hasher.close();
  failures.push(failure(hasher.hashFile(huge)));
  expect(await Promise.all(failures)).toEqual(
    failures.map(() => ["cancelled", {}]),
  );
});

test("the built app starts its thread from the file beside the bundle", async () => {
  // Inside node_modules, so that packages are found from there.
  const modules = fileURLToPath(
    new URL("../../node_modules/", import.meta.url),
  );
  const out = await mkdtemp(join(modules, ".hasher-test-"));
  try {
    const here = (name: string) =>
      fileURLToPath(new URL(name, import.meta.url));
    await build({
      entryPoints: {
        "hash-worker": here("hash-worker.ts"),
        hasher: here("hasher.ts"),
      },
      outdir: out,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
    await writeFile(join(out, "package.json"), '{"type":"module"}');
    await writeFile(
      join(out, "main.js"),
      `import { Hasher } from "./hasher.js";
       const hasher = new Hasher();
       console.log((await hasher.hashFile(process.argv[2])).root);
       await hasher.close();`,
    );
    const path = join(folder, "built");
    await writeFile(path, "built");
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(out, "main.js"),
      path,
    ]);
    expect(stdout.trim()).toBe(rootOf(hashChunk(Buffer.from("built"))));
  } finally {
    await rm(out, { recursive: true });
  }
});

test("threads with nothing to read end after a while, and the next file starts one again", async () => {
  const path = join(folder, "note.txt");
  await writeFile(path, "a note");
  const clock = createManualClock();
  const resting = new Hasher(1, clock);
  const threads = (): number =>
    process
      .getActiveResourcesInfo()
      .filter((resource) => resource === "MessagePort").length;
  const before = threads();
  const first = await resting.hashFile(path);
  expect(threads()).toBeGreaterThan(before);
  clock.advance(10_000);
  await vi.waitFor(() => {
    expect(threads()).toBe(before);
  });
  expect((await resting.hashFile(path)).root).toBe(first.root);
  await resting.close();
});
