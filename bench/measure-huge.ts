import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Hasher } from "#core/files/hasher.ts";
import { share } from "./pair.ts";
import { openNewPerson } from "./person.ts";
import { median, rate, seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";

/** `BENCH_HUGE=1` for one gibibyte while working on something. */
const GIB = Number(process.env["BENCH_HUGE"] ?? 10);
const BYTES = GIB * 1024 ** 3;
/** Each way so many times, in turn: the first of both reads what was written just now. */
const RUNS = 2;

/** Sharing one file of 10 GiB where it lies, beside only reading and hashing it with the same function. */
export async function measureHuge(folder: string): Promise<readonly Result[]> {
  const source = join(folder, "huge");
  await mkdir(source);
  const path = join(source, "film.bin");
  await makeHugeFile(path);
  const hashes: number[] = [];
  const shares: number[] = [];
  const sides: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    hashes.push(await hashOnly(path));
    const data = join(folder, `huge-${String(run)}`);
    const person = await openNewPerson(data, "Ana");
    await person.usage();
    shares.push(await timed(() => share(person, source, 1)));
    const { delayMs, memoryBytes } = await person.usage();
    await person.close();
    const kept = await bytesIn(data);
    sides.push(
      `event loop p99 ${delayMs.toFixed(0)} ms, most memory ${mb(memoryBytes)}, its own data on the disk ${mb(kept)}`,
    );
  }
  await rm(path);
  const [hashMs, shareMs] = [median(hashes), median(shares)];
  return [
    {
      what: `share one file of ${String(GIB)} GiB`,
      figure: `${seconds(shareMs)}, ${rate(BYTES, shareMs)}; ${sides.at(-1) ?? ""}`,
      beside: `only reading and hashing ${rate(BYTES, hashMs)}; ratio ${(hashMs / shareMs).toFixed(2)}`,
    },
  ];
}

async function hashOnly(path: string): Promise<number> {
  const hasher = new Hasher();
  const ms = await timed(() => hasher.hashFile(path));
  await hasher.close();
  return ms;
}

/** Real bytes, no chunk like another: random ones again and again, with a number in each chunk. */
async function makeHugeFile(path: string): Promise<void> {
  const block = randomBytes(64 * 1024 ** 2);
  const chunk = 256 * 1024;
  const file = await open(path, "w");
  try {
    for (let at = 0; at < BYTES; at += block.length) {
      for (let inside = 0; inside < block.length; inside += chunk)
        block.writeDoubleLE(at + inside, inside);
      await file.write(block);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  const found = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  for (const entry of found)
    if (entry.isFile())
      bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
