import { createHash } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

const MIB = 1024 * 1024;
/** Names that cannot stay as they are on every disk; they arrive under another. */
const RENAMED = [
  "back\\slash.txt",
  "CON.txt",
  "trailing dot.",
  "upper.txt",
  "UPPER.txt",
];
/** Names that are fine on a Linux disk and trouble for somebody somewhere. */
const ODD_NAMES = [
  ...RENAMED,
  "plain.txt",
  "with space.txt",
  "ümlaut and ß.txt",
  "日本語.txt",
  "עברית.txt",
  "emoji 🌱.txt",
  'quote\'s "double".txt',
  "percent %41.txt",
  "hash #1.txt",
  "question?.txt",
  "star*.txt",
  "semi;colon&and.txt",
  "-dash first.txt",
  ".hidden but shared",
  "a".repeat(200),
];

/** Writes `count` files with odd names and sizes, some of them deep in folders. */
export function writeOddFiles(folder: string, count: number): void {
  for (let index = 0; index < count; index++) {
    const name = ODD_NAMES[index % ODD_NAMES.length] ?? "plain.txt";
    const round = Math.floor(index / ODD_NAMES.length);
    const place = join(folder, ...(round === 0 ? [] : [`part ${round}`]), name);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, repeatableBytes(`${index}`, sizeOf(index)));
  }
}

/** Empty, one byte, one chunk, one more than a chunk, and many small ones. */
function sizeOf(index: number): number {
  switch (index) {
    case 0:
      return 0;
    case 1:
      return 1;
    case 2:
      return MIB / 4;
    case 3:
      return MIB / 4 + 1;
    default:
      return (index * 97) % 5000;
  }
}

/** Writes one file of `size` bytes that do not repeat. */
export function writeBigFile(folder: string, name: string, size: number): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, name), "w");
  for (let at = 0; at < size; at += MIB) {
    writeSync(file, repeatableBytes(`${at}`, Math.min(MIB, size - at)));
  }
  closeSync(file);
}

/** Writes as many small files, all in one folder. */
export function writeSmallFiles(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n++)
    writeFileSync(join(folder, `note ${n}.txt`), `note ${n}\n`);
}

/** The same bytes for the same name, and no pattern in them. */
function repeatableBytes(name: string, size: number): Buffer {
  return createHash("shake256", { outputLength: Math.max(size, 1) })
    .update(name)
    .digest()
    .subarray(0, size);
}

/** Path below the folder → SHA-256 of the file, for all files below it. */
export function fingerprints(folder: string): Readonly<Record<string, string>> {
  const found = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const hash = createHash("sha256")
        .update(readFileSync(path))
        .digest("hex");
      return [path.slice(folder.length + 1), hash] as const;
    });
  return Object.fromEntries(found);
}

/** The same, but without the files that have to be called something else. */
export function withoutRenamed(
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(files).filter(
    ([path]) => !RENAMED.some((name) => path.endsWith(name)),
  );
  return Object.fromEntries(kept);
}
