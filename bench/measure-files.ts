import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Hasher } from "#core/files/hasher.ts";
import {
  closePair,
  download,
  measured,
  openPair,
  share,
  warmUp,
} from "./pair.ts";
import type { Round } from "./pair.ts";
import { rawDisk } from "./raw-disk.ts";
import { rawNoise } from "./raw-noise.ts";
import { median, rate, seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeBigFile, makeSmallFiles } from "./test-files.ts";

/** What is shared and downloaded. */
export interface Kind {
  readonly what: string;
  readonly files: number;
  readonly bytesEach: number;
}

export const BIG: Kind = {
  what: "one file of 1 GiB",
  files: 1,
  bytesEach: 1024 ** 3,
};
export const SMALL: Kind = {
  what: "10,000 files of 4 KiB",
  files: 10_000,
  bytesEach: 4096,
};

/** What goes through the raw line beside it. */
const RAW_BYTES = 1024 ** 3;

/** Sharing and downloading, beside reading and hashing alone and the raw line. */
export async function measureFiles(
  folder: string,
  runs: number,
  kind: Kind,
): Promise<readonly Result[]> {
  const source = join(folder, kind.files === 1 ? "big" : "small");
  const paths = await makeFiles(source, kind);
  const shares: Round[] = [];
  const fetches: Round[] = [];
  const hashes: number[] = [];
  const raws: number[] = [];
  const disks: number[] = [];
  for (let run = 0; run < runs; run++) {
    const at = join(folder, `files-${String(kind.files)}-${String(run)}`);
    const pair = await openPair(at);
    await warmUp(pair, at);
    hashes.push(await hashOnly(paths));
    shares.push(
      await measured(pair, () => share(pair.sharer, source, kind.files)),
    );
    raws.push(await rawNoise(RAW_BYTES));
    disks.push(await rawDisk(folder, RAW_BYTES));
    fetches.push(
      await measured(pair, () => download(pair.reader, at, kind.files)),
    );
    await closePair(pair);
  }
  const bytes = kind.files * kind.bytesEach;
  const raw = (median(raws) * bytes) / RAW_BYTES;
  const disk = (median(disks) * bytes) / RAW_BYTES;
  return [
    {
      what: `share ${kind.what}`,
      figure: figure(kind, shares),
      beside: `only reading and hashing ${speed(kind, median(hashes))}; ratio ${ratio(median(hashes), shares)}`,
    },
    {
      what: `download ${kind.what} (TCP on loopback, checked and synced)`,
      figure: figure(kind, fetches),
      beside: `raw Noise stream ${rate(bytes, raw)}; ratio ${ratio(raw, fetches)}; only writing and syncing as much in one file ${rate(bytes, disk)}`,
    },
  ];
}

function figure(kind: Kind, rounds: readonly Round[]): string {
  const of = (pick: (round: Round) => number): number =>
    median(rounds.map(pick));
  const ms = of((round) => round.ms);
  const sharer = `${of((it) => it.sharerCpu).toFixed(1)} s, ${of((it) => it.sharerDelay).toFixed(0)} ms`;
  const reader = `${of((it) => it.readerCpu).toFixed(1)} s, ${of((it) => it.readerDelay).toFixed(0)} ms`;
  return `${seconds(ms)}, ${speed(kind, ms)}; processor and event loop p99: sharer ${sharer}, reader ${reader}`;
}

function ratio(rawMs: number, rounds: readonly Round[]): string {
  return (rawMs / median(rounds.map(({ ms }) => ms))).toFixed(3);
}

function speed({ files, bytesEach }: Kind, ms: number): string {
  return files === 1
    ? rate(bytesEach, ms)
    : `${(files / (ms / 1000)).toFixed(0)} files/s`;
}

export async function makeFiles(
  folder: string,
  { files, bytesEach }: Kind,
): Promise<readonly string[]> {
  await mkdir(folder);
  if (files > 1) return makeSmallFiles(folder, files, bytesEach);
  const path = join(folder, "film.bin");
  await makeBigFile(path, bytesEach);
  return [path];
}

async function hashOnly(paths: readonly string[]): Promise<number> {
  const hasher = new Hasher();
  const ms = await timed(() =>
    Promise.all(paths.map((path) => hasher.hashFile(path))),
  );
  await hasher.close();
  return ms;
}
