import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { appendFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { isCoreError } from "#core/contract/errors.ts";
import { chunkSizeFor, hashChunk, rootOf } from "./chunks.ts";
import { openDestination, type Destination } from "./place-folder.ts";
import type { Arrival } from "./place-ready.ts";
import type { PlaceResult } from "./place.ts";
import { Placer } from "./placer.ts";

const isPosix = process.platform !== "win32";
/** Races of one kind. `PLACE_RACES=1000` is the long run. */
const RACES = Number(process.env["PLACE_RACES"] ?? 200);
const placer = new Placer();
let root = "";
let folder = "";
let destination: Destination;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "place-"));
  folder = join(root, "downloads");
  destination = await openDestination(folder);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

afterAll(() => placer.close());

/** Makes something insist: the placer may just have made a folder there. */
function insist(work: () => void): void {
  for (;;)
    try {
      work();
      return;
    } catch {
      rmSync(join(folder, "sub"), { recursive: true, force: true });
    }
}

/** Lets other calls to the disk go first, more or fewer. */
async function ticks(number: number): Promise<void> {
  for (let tick = 0; tick < number; tick++)
    await writeFile(join(root, "clock"), "tick");
}

let count = 0;

/** A verified file in the folder for unfinished ones. */
function arrival(
  path: string,
  content: string,
  known: Arrival["known"] = null,
): Arrival {
  const temp = join(destination.incoming, `${String(count++)}.part`);
  writeFileSync(temp, content, { mode: 0o755 });
  const list = hashChunk(Buffer.from(content));
  const size = Buffer.byteLength(content);
  return {
    temp,
    parts: path.split("/"),
    content: { root: rootOf(list), size, chunkSize: chunkSizeFor(size) },
    changedAt: 1_600_000_000_500,
    known,
  };
}

async function place(...arrivals: readonly Arrival[]): Promise<string[]> {
  return (await placer.place(destination, arrivals)).map(told);
}

function told(result: PlaceResult): string {
  if (result.kind === "placed")
    return result.placed.parts.join("/") + (result.placed.isAdopted ? "!" : "");
  const { error } = result;
  return `(${isCoreError(error) ? error.code : String(error)})`;
}

function read(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

function put(path: string, content: string): void {
  writeFileSync(join(folder, path), content);
}

test("FI4: a received file is at its name, whole, with the author's time and nothing that runs", async () => {
  const one = arrival("a/b/photo.jpg", "picture");
  const [result] = await placer.place(destination, [one]);
  const { size, mtimeMs, mode } = statSync(join(folder, "a/b/photo.jpg"));
  expect(result).toEqual({
    kind: "placed",
    placed: {
      parts: ["a", "b", "photo.jpg"],
      absolutePath: join(destination.folder, "a", "b", "photo.jpg"),
      size,
      mtimeMs,
      isAdopted: false,
    },
  });
  expect(read("a/b/photo.jpg")).toBe("picture");
  expect(mtimeMs).toBe(1_600_000_000_500);
  if (isPosix) expect(mode & 0o7133).toBe(0);
  expect(readdirSync(destination.incoming)).toEqual([]);
});

test("a time that no file can have is not set", async () => {
  for (const changedAt of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e15]) {
    const one = { ...arrival("t", String(changedAt)), changedAt };
    const [result] = await placer.place(destination, [one]);
    expect(result?.kind).toBe("placed");
    const year = statSync(one.temp.replace(/.*/, join(folder, "t"))).mtime;
    expect(year.getUTCFullYear()).toBeGreaterThan(2020);
    unlinkSync(join(folder, "t"));
  }
});

test("FI4: what lies there unseen stays, and the received file gets the next free name", async () => {
  put("a.txt", "mine");
  put("a (2).txt", "mine too");
  mkdirSync(join(folder, "b"));
  symlinkSync(join(root, "outside"), join(folder, "c"));
  expect(
    await place(
      arrival("a.txt", "new"),
      arrival("b", "new"),
      arrival("c", "new"),
    ),
  ).toEqual(["a (3).txt", "b (2)", "c (2)"]);
  expect([read("a.txt"), read("a (2).txt"), read("a (3).txt")]).toEqual([
    "mine",
    "mine too",
    "new",
  ]);
  expect(existsSync(join(root, "outside"))).toBe(false);
});

test("FI4: a file with the very same content is adopted as it is", async () => {
  put("a.txt", "same");
  utimesSync(join(folder, "a.txt"), 1000, 1000);
  put("b.txt", "else");
  put("b (2).txt", "same");
  expect(
    await place(arrival("a.txt", "same"), arrival("b.txt", "same")),
  ).toEqual(["a.txt!", "b (2).txt!"]);
  expect(statSync(join(folder, "a.txt")).mtimeMs).toBe(1_000_000);
  expect(readdirSync(folder).sort()).toEqual([
    ".commonplace-incoming",
    "a.txt",
    "b (2).txt",
    "b.txt",
  ]);
  expect(readdirSync(destination.incoming)).toEqual([]);
});

test("FI4: the file we put there is replaced by the next version, unless it was touched", async () => {
  const [first] = await placer.place(destination, [
    arrival("a.txt", "version 1"),
  ]);
  if (first?.kind !== "placed") throw new Error("not placed");
  const known = first.placed;
  expect(await place(arrival("a.txt", "version 2", known))).toEqual(["a.txt"]);
  expect(read("a.txt")).toBe("version 2");
  appendFileSync(join(folder, "a.txt"), ", noted");
  expect(await place(arrival("a.txt", "version 3", known))).toEqual([
    "a (2).txt",
  ]);
  expect([read("a.txt"), read("a (2).txt")]).toEqual([
    "version 2, noted",
    "version 3",
  ]);
  rmSync(join(folder, "a.txt"));
  expect(await place(arrival("a.txt", "version 4", known))).toEqual(["a.txt"]);
  expect(readdirSync(destination.incoming)).toEqual([]);
});

test("a run that was killed halfway is finished, not doubled", async () => {
  const one = arrival("a.txt", "content");
  linkSync(one.temp, join(folder, "a.txt"));
  expect(await place(one)).toEqual(["a.txt"]);
  expect(readdirSync(destination.incoming)).toEqual([]);
});

test("many go together; one that fails keeps its bytes and stops no other", async () => {
  put("file", "in the way");
  symlinkSync(root, join(folder, "link"));
  const arrivals = [
    arrival("a/1", "1"),
    arrival("file/2", "2"),
    arrival("link/3", "3"),
    arrival("a/b/4", "4"),
    arrival("../5", "5"),
    arrival("a/..", "6"),
    { ...arrival("a/7", "7"), temp: join(destination.incoming, "gone.part") },
    arrival("a/8", "8"),
  ];
  expect(await place(...arrivals)).toEqual([
    "a/1",
    "(folder-unreadable)",
    "(folder-unreadable)",
    "a/b/4",
    "(Error: not a path inside the folder)",
    "(Error: not a path inside the folder)",
    "(file-unreadable)",
    "a/8",
  ]);
  expect(readdirSync(root)).toEqual(["downloads"]);
  expect(arrivals.map((one) => existsSync(one.temp))).toEqual([
    false,
    true,
    true,
    false,
    true,
    true,
    false,
    false,
  ]);
});

test("FI4: what is in memory is written first, and leaves nothing behind when it cannot be placed", async () => {
  const bytes = Buffer.from("in memory");
  const inMemory = (path: string): Arrival => {
    const one = arrival(path, "in memory");
    unlinkSync(one.temp);
    return { ...one, bytes };
  };
  put("file", "in the way");
  const [good, away] = [inMemory("a/1"), inMemory("file/2")];
  const wrong = { ...inMemory("a/3"), bytes: Buffer.from("of another size") };
  expect(await place(good, away, wrong, inMemory("a/1"))).toEqual([
    "a/1",
    "(folder-unreadable)",
    "(Error: not the file that was verified)",
    "a/1!",
  ]);
  expect(read("a/1")).toBe("in memory");
  expect(statSync(join(folder, "a/1")).mtimeMs).toBe(1_600_000_000_500);
  expect(readdirSync(destination.incoming)).toEqual([]);
});

test("more files than are held open at one time go in one call", async () => {
  const bytes = Buffer.from("one of many");
  const many = Array.from({ length: 600 }, (_, n) => {
    const one = arrival(`${String(n % 7)}/${String(n)}`, "one of many");
    unlinkSync(one.temp);
    return { ...one, bytes };
  });
  expect(await place(...many)).toEqual(many.map((it) => it.parts.join("/")));
  expect(read("4/599")).toBe("one of many");
});

test("bytes that are not those that were verified are not placed", async () => {
  const one = arrival("a", "content");
  appendFileSync(one.temp, "more");
  const [result] = await placer.place(destination, [one]);
  expect(result?.kind).toBe("failed");
  expect(existsSync(join(folder, "a"))).toBe(false);
});

test("FI4: a file that appears at the same moment is never lost", async () => {
  let lost = 0;
  let won = 0;
  for (let race = 0; race < RACES; race++) {
    const name = `race ${String(race)}`;
    const one = arrival(name, "received");
    const write = async () => {
      await ticks(race % 12);
      return writeFile(join(folder, name), "mine", { flag: "wx" }).then(
        () => true,
        () => false,
      );
    };
    const [mine, [result = ""]] = await Promise.all([write(), place(one)]);
    if (mine) won++;
    if (mine && read(name) !== "mine") lost++;
    if (read(result.replace("!", "")) !== "received") lost++;
  }
  expect(lost).toBe(0);
  // Both outcomes were seen, else this proved nothing.
  expect([won > 0, won < RACES]).toEqual([true, true]);
});

test("FI4: what is written into the old version at the moment it is replaced is never lost", async () => {
  let lost = 0;
  const outcomes = new Set<number>();
  // Each takes the time that a late write is waited for.
  for (let race = 0; race < RACES / 4; race++) {
    const name = `race ${String(race)}`;
    const path = join(folder, name);
    put(name, "version 1");
    const { size, mtimeMs } = statSync(path);
    const one = arrival(name, "version 2", { size, mtimeMs });
    const write = async () => {
      await ticks(race % 12);
      await appendFile(path, " mine");
    };
    await Promise.all([write(), place(one)]);
    const texts = readdirSync(folder)
      .filter((it) => it.startsWith(name))
      .map((it) => read(it));
    outcomes.add(texts.length);
    if (!texts.some((text) => text.endsWith(" mine"))) lost++;
    if (!texts.some((text) => text.startsWith("version 2"))) lost++;
    for (const it of readdirSync(folder))
      if (it.startsWith(name)) unlinkSync(join(folder, it));
  }
  expect(lost).toBe(0);
  expect(readdirSync(destination.incoming)).toEqual([]);
  expect(outcomes.size).toBe(2);
});

test.runIf(process.platform === "linux")(
  "nothing gets out through a folder that is swapped for a link meanwhile",
  async () => {
    const outside = join(root, "outside");
    const [real, away] = [join(folder, "sub"), join(folder, "away")];
    mkdirSync(outside);
    mkdirSync(real);
    let isDone = false;
    const swap = async () => {
      for (let turn = 0; !isDone; turn++) {
        renameSync(real, away);
        insist(() => {
          symlinkSync(outside, real);
        });
        await ticks(turn % 5);
        unlinkSync(real);
        insist(() => {
          renameSync(away, real);
        });
        await ticks(turn % 7);
      }
    };
    const swapping = swap();
    const outcomes = new Set<string>();
    for (let race = 0; race < RACES; race++) {
      const [result = ""] = await place(
        arrival(`sub/${String(race)}`, String(race)),
      );
      outcomes.add(result.startsWith("(") ? result : "placed");
    }
    isDone = true;
    await swapping;
    expect(readdirSync(outside)).toEqual([]);
    // Both outcomes were seen, else this proved nothing.
    expect(outcomes).toContain("placed");
    expect(outcomes).toContain("(folder-unreadable)");
  },
);
