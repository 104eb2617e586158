import { posix, win32 } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { NAME_BYTES, safeName, type Platform } from "./naming-rules.ts";
import { createNamer, safePath } from "./naming.ts";
import { CHANGED_NAMES, KEPT_NAMES, SAME_NAMES } from "./naming-corpus.ts";

/** Names generated for each system. `NAMING_NAMES=1000000` is the long run. */
const NAMES = Number(process.env["NAMING_NAMES"] ?? 20_000);
const PATHS_PER_RUN = 60;

const piece = fc.oneof(
  fc.constantFrom(
    ...CHANGED_NAMES.map((row) => row[0] ?? ""),
    ...KEPT_NAMES,
    ...SAME_NAMES.flat(),
  ),
  fc.constantFrom(
    "a",
    "A",
    "b",
    ".",
    " ",
    "_",
    "~1",
    ":",
    " (2)",
    "\u200D",
    "\u0301",
    ".txt",
  ),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.constantFrom("x".repeat(250), "É".repeat(127), "👍".repeat(63)),
);
const part = fc
  .array(piece, { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(""));
const path = fc
  .array(fc.tuple(part, fc.constantFrom("/", "/", "\\")), {
    minLength: 1,
    maxLength: 4,
  })
  .map((steps) => steps.flat().slice(0, -1).join(""));

/** What kinds of disk take for one name; written without the code under test. */
const DISKS: Readonly<Record<string, (name: string) => string>> = {
  exact: (name) => name,
  ntfs: (name) =>
    Array.from({ length: name.length }, (_, at) => {
      const upper = name.charAt(at).toUpperCase();
      return upper.length === 1 ? upper : name.charAt(at);
    }).join(""),
  apfs: (name) => name.normalize("NFD").toLowerCase(),
  upper: (name) => name.normalize("NFC").toUpperCase(),
  casefold: (name) =>
    name
      .replace(
        /[\u00AD\u200B\u200E\u200F\u2060-\u2064\uFEFF]|\p{Join_Control}|\p{Variation_Selector}/gu,
        "",
      )
      .normalize("NFD")
      .toUpperCase()
      .toLowerCase(),
};

test.each(["linux", "darwin", "win32"] as const)(
  "FI7: no generated name on %s leaves the folder, meets another or moves",
  (platform) => {
    const runs = Math.max(1, Math.ceil(NAMES / PATHS_PER_RUN));
    fc.assert(
      fc.property(
        fc.uniqueArray(path, {
          minLength: PATHS_PER_RUN,
          maxLength: PATHS_PER_RUN,
        }),
        (paths) => {
          check(paths, platform);
        },
      ),
      { numRuns: runs },
    );
  },
  NAMES > 100_000 ? 1_800_000 : 30_000,
);

function check(paths: readonly string[], platform: Platform): void {
  const namer = createNamer(platform);
  const pairs: (readonly [string, string])[] = [];
  const seen = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const foreign of paths) {
    const result = namer.assign(foreign);
    expect(result.kind).toBe(safePath(foreign, platform).kind);
    if (result.kind === "refused") continue;
    expectInside(result.parts, platform);
    const safe = result.parts.join("/");
    for (const [disk, same] of Object.entries(DISKS)) {
      const keys = result.parts.map(same);
      const key = `${disk} ${keys.join("/")}`;
      for (let depth = 1; depth < keys.length; depth++)
        folders.set(`${disk} ${keys.slice(0, depth).join("/")}`, foreign);
      if (seen.has(key))
        throw new Error(`${foreign} meets ${seen.get(key) ?? ""} on ${disk}`);
      seen.set(key, foreign);
    }
    pairs.push([foreign, safe]);
  }
  for (const [key, foreign] of folders)
    if (seen.has(key))
      throw new Error(`${foreign} needs a folder where a file is: ${key}`);
  // Stable: asked again, and after the pairs were kept, in another order.
  const later = createNamer(platform, [...pairs].reverse());
  for (const [foreign, safe] of pairs)
    for (const one of [namer, later]) {
      const again = one.assign(foreign);
      if (again.kind === "refused" || again.parts.join("/") !== safe)
        throw new Error(`${foreign} moved`);
    }
}

function expectInside(parts: readonly string[], platform: Platform): void {
  const system = platform === "win32" ? win32 : posix;
  const folder = platform === "win32" ? "D:\\in\\here" : "/in/here";
  const target = system.resolve(folder, ...parts);
  if (target !== folder + system.sep + parts.join(system.sep))
    throw new Error(`outside: ${target}`);
  for (const name of parts) {
    const isWhole =
      name !== "" &&
      system.basename(name) === name &&
      Buffer.byteLength(name) <= NAME_BYTES &&
      name.normalize("NFC") === name &&
      safeName(name, platform) === name;
    if (!isWhole) throw new Error(`not safe: ${JSON.stringify(name)}`);
  }
}
