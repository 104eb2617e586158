import { join } from "node:path";
import { everyday } from "./everyday.ts";
import {
  closePair,
  download,
  listed,
  measured,
  openPair,
  share,
} from "./pair.ts";
import type { Round } from "./pair.ts";
import { seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeSmallFiles } from "./test-files.ts";

/** `BENCH_MANY=10000` while working on something. */
const FILES = Number(process.env["BENCH_MANY"] ?? 100_000);
const BYTES = 1024;

/** A collection of 100,000 files: shared, listed, downloaded. Once: it takes a while. */
export async function measureMany(folder: string): Promise<readonly Result[]> {
  const source = join(folder, "many");
  await makeSmallFiles(source, FILES, BYTES);
  const pair = await openPair(join(folder, "many-people"));
  const shared = await measured(pair, () => share(pair.sharer, source, FILES));
  const listing = await timed(() => listed(pair.reader, FILES));
  const fetched = await measured(pair, () =>
    download(pair.reader, join(folder, "many-people"), FILES),
  );
  const collection = await listed(pair.reader, FILES);
  const answers = {
    sharer: await everyday(pair.sharer, collection, ""),
    reader: await everyday(pair.reader, collection, ""),
  };
  await closePair(pair);
  const files = `${FILES.toLocaleString("en")} files of 1 KiB`;
  return [
    { what: `share ${files}`, figure: figure(shared), beside: sides(shared) },
    {
      what: `${files} listed by another, after the last record was written`,
      figure: seconds(listing),
      beside: null,
    },
    {
      what: `download ${files}`,
      figure: figure(fetched),
      beside: sides(fetched),
    },
    {
      what: `answers about ${files}, and right after that`,
      figure: `sharer: ${answers.sharer}`,
      beside: `reader: ${answers.reader}`,
    },
  ];
}

function figure({ ms }: Round): string {
  return `${seconds(ms)}, ${(FILES / (ms / 1000)).toFixed(0)} files/s`;
}

function sides(round: Round): string {
  const { sharerDelay, readerDelay, sharerMemory, readerMemory } = round;
  const side = (delay: number, memory: number): string =>
    `event loop p99 ${delay.toFixed(0)} ms, most memory so far ${(memory / 1e6).toFixed(0)} MB`;
  return `sharer: ${side(sharerDelay, sharerMemory)}; reader: ${side(readerDelay, readerMemory)}`;
}
