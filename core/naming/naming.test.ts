import { posix, win32 } from "node:path";
import { describe, expect, test } from "vitest";
import {
  NAME_BYTES,
  nameKey,
  safeName,
  type Platform,
} from "./naming-rules.ts";
import { createNamer, safePath, type Namer } from "./naming.ts";
import {
  CHANGED_NAMES,
  KEPT_NAMES,
  REFUSED_PATHS,
  SAME_NAMES,
} from "./naming-corpus.ts";

const PLATFORMS = ["linux", "darwin", "win32"] as const;

/** The path of a safe result; the reason of a refusal in brackets. */
function named(namer: Namer, path: string): string {
  const result = namer.assign(path);
  return result.kind === "safe" ? result.parts.join("/") : `(${result.reason})`;
}

function isInside(parts: readonly string[], platform: Platform): boolean {
  const path = platform === "win32" ? win32 : posix;
  const folder = platform === "win32" ? "D:\\in\\here" : "/in/here";
  const target = path.resolve(folder, ...parts);
  return (
    target === folder + path.sep + parts.join(path.sep) &&
    parts.every((part) => path.basename(part) === part)
  );
}

describe.each(PLATFORMS)("FI7 on %s:", (platform) => {
  const column = PLATFORMS.indexOf(platform) + 1;

  test.each(REFUSED_PATHS)("the path %j is refused: %s", (path, reason) => {
    expect(safePath(path, platform)).toEqual({ kind: "refused", reason });
    const below = safePath(`folder/${path}`, platform);
    // As part of a path only what is wrong in itself stays wrong.
    if (below.kind === "safe")
      expect(isInside(below.parts, platform)).toBe(true);
  });

  test("each changing name of the corpus comes out as it should", () => {
    const got = CHANGED_NAMES.map((row) => [
      row[0],
      named(createNamer(platform), row[0] ?? ""),
    ]);
    expect(got).toEqual(CHANGED_NAMES.map((row) => [row[0], row[column]]));
  });

  test("each harmless name of the corpus stays as it is", () => {
    const got = KEPT_NAMES.map((name) => named(createNamer(platform), name));
    expect(got).toEqual(KEPT_NAMES);
  });

  test("the whole corpus in one folder, as files and folders, long and in both cases: inside, apart, stable", () => {
    const names = [
      ...CHANGED_NAMES.map((row) => row[0] ?? ""),
      ...KEPT_NAMES,
      ...SAME_NAMES.flat(),
    ];
    const variants = names.flatMap((name) => [
      name,
      name.toUpperCase(),
      name.toLowerCase(),
      `${name}/child`,
      `${name}\\child`,
      `folder/${name}`,
      `${name}${"x".repeat(Math.max(0, 255 - Buffer.byteLength(name)))}`,
      `${name}${"x".repeat(Math.max(0, 256 - Buffer.byteLength(name)))}`,
      `${"x".repeat(300)}${name}`,
    ]);
    const paths = [...new Set(variants)];
    const namer = createNamer(platform);
    const keys = new Map<string, string>();
    for (const path of paths) {
      const result = namer.assign(path);
      if (result.kind === "refused") throw new Error(`refused ${path}`);
      expect(isInside(result.parts, platform)).toBe(true);
      for (const part of result.parts) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(NAME_BYTES);
        expect(safeName(part, platform)).toBe(part);
      }
      const key = result.parts.map(nameKey).join("/");
      expect([path, keys.get(key)]).toEqual([path, undefined]);
      keys.set(key, path);
    }
    const again = paths.map((path) => named(namer, path));
    expect(new Set(again).size).toBe(paths.length);
  });

  test.each(SAME_NAMES)("%j and %j get two names", (first, second) => {
    const namer = createNamer(platform);
    const [a, b] = [named(namer, first), named(namer, second)];
    expect(nameKey(a)).not.toBe(nameKey(b));
    expect(b.endsWith(" (2)")).toBe(true);
  });
});

test("FI7: the second of two names gets its number before the ending", () => {
  const namer = createNamer("linux");
  const paths = [
    "a.txt",
    "A.txt",
    "a.TXT",
    "Pack.tar.gz",
    "pack.tar.gz",
    ".rc",
    ".RC",
    "No ending",
    "no ending",
    "v1.2/x",
    "V1.2/x",
  ];
  expect(paths.map((path) => named(namer, path))).toEqual([
    "a.txt",
    "A (2).txt",
    "a (3).TXT",
    "Pack.tar.gz",
    "pack (2).tar.gz",
    ".rc",
    ".RC (2)",
    "No ending",
    "no ending (2)",
    "v1.2/x",
    "V1.2 (2)/x",
  ]);
});

test("FI7: a file and a folder of one name are kept apart, and a backslash makes no folder", () => {
  const namer = createNamer("linux");
  expect(
    ["a", "a/b", "a/c", "a\\b", "a_b", "a/b/c", "A/b", "a/x\\y"].map((path) =>
      named(namer, path),
    ),
  ).toEqual([
    "a",
    "a (2)/b",
    "a (2)/c",
    "a_b",
    "a_b (2)",
    "a (2)/b (2)/c",
    "A (3)/b",
    "a (2)/x_y",
  ]);
});

test("FI7: a number that is taken by a real name is passed over", () => {
  const namer = createNamer("linux");
  expect(
    ["a (2).txt", "a.txt", "A.txt", "a (2).txt"].map((path) =>
      named(namer, path),
    ),
  ).toEqual(["a (2).txt", "a.txt", "A (3).txt", "a (2).txt"]);
});

test("FI7: a long name keeps its ending and a whole number of characters", () => {
  const namer = createNamer("win32");
  const first = named(namer, `${"é".repeat(200)}.jpeg`);
  const second = named(namer, `${"é".repeat(201)}.jpeg`);
  expect(first).toBe(`${"é".repeat(125)}.jpeg`);
  expect(second).toBe(`${"é".repeat(123)} (2).jpeg`);
  expect(named(namer, "👍".repeat(250))).toBe("👍".repeat(63));
});

test("FI7: names given in an earlier run are kept, whatever comes first now", () => {
  const paths = ["File", "file", "x/y", "X/y", "a:b"];
  const before = createNamer("linux");
  const pairs = paths.map((path) => [path, named(before, path)] as const);
  const after = createNamer("linux", pairs);
  for (const path of ["FILE", "X/z", ...paths].reverse()) named(after, path);
  expect(paths.map((path) => named(after, path))).toEqual(
    pairs.map(([, safe]) => safe),
  );
  expect(named(after, "FILE")).toBe("FILE (3)");
  expect(named(after, "X/z")).toBe("X (2)/z");
});

test("FI7: kept names that are not safe here, or clash, are given anew", () => {
  const namer = createNamer("win32", [
    ["what?", "what?"],
    ["up", "../up"],
    ["one", "same"],
    ["two", "SAME"],
    ["deep/er", "flat"],
  ]);
  expect(
    ["what?", "up", "one", "two", "deep/er"].map((path) => named(namer, path)),
  ).toEqual(["what_", "up", "same", "two", "deep/er"]);
});

test("FI7: a file that had to give way on disk keeps the place it found", () => {
  const namer = createNamer("linux");
  named(namer, "in/a.txt");
  expect(namer.settle("in/a.txt", ["in", "a (2).txt"])).toBe(true);
  expect(named(namer, "in/a.txt")).toBe("in/a (2).txt");
  // The place it could not have belongs to something of the person's.
  expect(named(namer, "in/A.txt")).toBe("in/A (3).txt");
  expect(namer.settle("in/b.txt", ["in", "A (2).TXT"])).toBe(false);
  expect(namer.settle("in/a.txt", ["elsewhere", "a.txt"])).toBe(false);
  expect(namer.settle("in/a.txt", ["in", "..", "a.txt"])).toBe(false);
  expect(namer.settle("in/a.txt", ["in", ".."])).toBe(false);
});

test("FI7: 20,000 names chosen to clash after being cut are told apart quickly", () => {
  const namer = createNamer("linux");
  const start = performance.now();
  const seen = new Set<string>();
  for (let index = 0; index < 10_000; index++) {
    const name = "x".repeat(245) + String(index).padStart(5, "0");
    seen.add(named(namer, name));
    seen.add(named(namer, name.toUpperCase()));
  }
  expect(seen.size).toBe(20_000);
  expect(performance.now() - start).toBeLessThan(5_000);
});
