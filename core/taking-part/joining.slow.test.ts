import { rm, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createShares,
  download,
  share,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { untilTrue } from "#core/testing/until.ts";
import { idOf } from "#core/testing/writers.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

const LONG_MS = 120_000;
const LATE = { timeoutMs: 30_000 } as const;

/** Ana's collection of so many files, in which Ben may write. */
async function writable(count: number) {
  const { ana, ben } = shares;
  const files = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `file ${String(at + 100)}.txt`,
      `text ${String(at)} `.repeat(20_000),
    ]),
  );
  const source = await shares.folder("source", files);
  const collection = await share(ana, source);
  await ana.core.handlers.setWriters({ collection, people: [idOf(ben)] });
  await untilRow(ben, collection, (row) => row.mayWrite);
  return { ana, ben, collection, source };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith(".")).toSorted();
}

test(
  "what was removed by hand from a download before it became a folder of the collection comes again, and is removed for nobody",
  { timeout: LONG_MS },
  async () => {
    const { ana, ben, collection } = await writable(3);
    const folder = shares.at("downloads");
    await download(ben, collection, folder);
    const [inside = ""] = await readdir(folder);
    const place = join(folder, inside);
    await rm(join(place, "file 100.txt"));
    await ben.core.handlers.joinFolder({ collection, folder: null });
    await untilTrue(
      () => namesIn(place),
      (names) => names.length === 3,
      LATE,
    );
    for (const it of [ana, ben])
      await untilRow(it, collection, (row) => row.files === 3);
    expect([...ana.bugs, ...ben.bugs]).toEqual([]);
  },
);
