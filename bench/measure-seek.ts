import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  beginDownload,
  closePair,
  done,
  listed,
  openPair,
  share,
} from "./pair.ts";
import { median, quantile, rate } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeBigFile } from "./test-files.ts";

const BYTES = 1024 ** 3;
const RANGE = 256 * 1024;

/** Somebody jumps about in a film while it is downloaded: until each range is there. */
export async function measureSeek(folder: string): Promise<readonly Result[]> {
  const source = join(folder, "seek");
  await mkdir(source);
  await makeBigFile(join(source, "film.bin"), BYTES);
  const at = join(folder, "seek-people");
  const pair = await openPair(at);
  await share(pair.sharer, source, 1);
  const collection = await listed(pair.reader, 1);
  const page = await pair.reader.until(
    "collection",
    { collection, folder: "", search: "", first: 0, count: 1 },
    (now) => now?.items[0]?.kind === "file",
  );
  const file = page?.items[0];
  if (file?.kind !== "file") throw new Error("the file is not listed");
  const transfer = await beginDownload(pair.reader, at, 1);
  const start = performance.now();
  let isDone = false;
  const ended = done(pair.reader, transfer).then(() => {
    isDone = true;
  });
  const times: number[] = [];
  while (!isDone) {
    const from = Math.floor(Math.random() * (BYTES - RANGE));
    times.push((await pair.reader.read(file.root, from, from + RANGE)).ms);
  }
  await ended;
  const took = performance.now() - start;
  await closePair(pair);
  return [
    {
      what: "256 KiB anywhere in a file that is being downloaded",
      figure: `${median(times).toFixed(0)} ms median, ${quantile(times, 0.99).toFixed(0)} ms p99 (${String(times.length)} seeks)`,
      beside: `the download meanwhile ${rate(BYTES, took)}`,
    },
  ];
}
