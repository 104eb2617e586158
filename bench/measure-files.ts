import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Hasher } from "#core/files/hasher.ts";
import { befriend, openNewPerson } from "./person.ts";
import type { Person } from "./person.ts";
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

interface Pair {
  readonly sharer: Person;
  readonly reader: Person;
}

/** How long something took, and what the two processes used meanwhile. */
interface Round {
  readonly ms: number;
  readonly sharerCpu: number;
  readonly readerCpu: number;
  readonly sharerDelay: number;
  readonly readerDelay: number;
}

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
  for (let run = 0; run < runs; run++) {
    const at = join(folder, `files-${String(kind.files)}-${String(run)}`);
    await mkdir(at);
    const pair: Pair = {
      sharer: await openNewPerson(join(at, "ana"), "Ana"),
      reader: await openNewPerson(join(at, "ben"), "Ben"),
    };
    await befriend(pair.sharer, pair.reader);
    hashes.push(await hashOnly(paths));
    shares.push(await measured(pair, () => share(pair, source, kind.files)));
    raws.push(await rawNoise(RAW_BYTES));
    fetches.push(await measured(pair, () => fetchAll(pair, at)));
    await pair.sharer.close();
    await pair.reader.close();
  }
  const bytes = kind.files * kind.bytesEach;
  const raw = (median(raws) * bytes) / RAW_BYTES;
  return [
    {
      what: `share ${kind.what}`,
      figure: figure(kind, shares),
      beside: `only reading and hashing ${speed(kind, median(hashes))}; ratio ${ratio(median(hashes), shares)}`,
    },
    {
      what: `download ${kind.what} (TCP on loopback, checked and synced)`,
      figure: figure(kind, fetches),
      beside: `raw Noise stream ${rate(bytes, raw)}; ratio ${ratio(raw, fetches)}`,
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

async function measured(
  { sharer, reader }: Pair,
  work: () => Promise<void>,
): Promise<Round> {
  await Promise.all([sharer.usage(), reader.usage()]);
  const ms = await timed(work);
  const [one, other] = await Promise.all([sharer.usage(), reader.usage()]);
  return {
    ms,
    sharerCpu: one.cpuSeconds,
    readerCpu: other.cpuSeconds,
    sharerDelay: one.delayMs,
    readerDelay: other.delayMs,
  };
}

async function makeFiles(
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

const TITLE = "Shared";

async function share(
  { sharer }: Pair,
  folder: string,
  files: number,
): Promise<void> {
  const { grant } = await sharer.call("grantFolder", { path: folder });
  await sharer.call("shareFolder", {
    folder: grant,
    title: TITLE,
    about: "",
    audience: { kind: "contacts" },
  });
  await sharer.until("transfers", {}, (transfers) =>
    transfers.some(
      (it) => it.state.stage === "done" && it.files.done === files,
    ),
  );
}

async function fetchAll({ sharer, reader }: Pair, at: string): Promise<void> {
  const [mine] = await sharer.until("collections", {}, () => true);
  const [row] = await reader.until(
    "collections",
    {},
    ([listed]) => listed !== undefined && listed.files === mine?.files,
  );
  if (row === undefined) throw new Error("the collection is not listed");
  const { grant } = await reader.call("grantFolder", { path: at });
  const { transfer } = await reader.call("download", {
    collection: row.collection,
    paths: [""],
    folder: grant,
  });
  await reader.until("transfers", {}, (transfers) =>
    transfers.some(
      (it) => it.transfer === transfer && it.state.stage === "done",
    ),
  );
}
