import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Hasher } from "#core/files/hasher.ts";
import { befriend, openNewPerson } from "./person.ts";
import type { Person } from "./person.ts";
import { rawNoise } from "./raw-noise.ts";
import { median, rate, seconds, timed } from "./statistics.ts";
import type { Result } from "./statistics.ts";
import { makeBigFile, makeSmallFiles } from "./test-files.ts";

const BIG_BYTES = 1024 ** 3;
const SMALL_FILES = 10_000;
const SMALL_BYTES = 4096;

interface Pair {
  readonly sharer: Person;
  readonly reader: Person;
}

/** Sharing and downloading one file of 1 GiB and 10,000 of 4 KiB, beside the raw line. */
export async function measureFiles(
  folder: string,
  runs: number,
): Promise<readonly Result[]> {
  const big = join(folder, "big");
  const small = join(folder, "small");
  await mkdir(big);
  await makeBigFile(join(big, "film.bin"), BIG_BYTES);
  await makeSmallFiles(small, SMALL_FILES, SMALL_BYTES);
  const times = {
    shareBig: [] as number[],
    shareSmall: [] as number[],
    hash: [] as number[],
    fetchBig: [] as number[],
    fetchSmall: [] as number[],
    noise: [] as number[],
  };
  for (let run = 0; run < runs; run++) {
    const at = join(folder, `files-${String(run)}`);
    await mkdir(at);
    const pair: Pair = {
      sharer: await openNewPerson(join(at, "ana"), "Ana"),
      reader: await openNewPerson(join(at, "ben"), "Ben"),
    };
    await befriend(pair.sharer, pair.reader);
    times.hash.push(await hashOnly(join(big, "film.bin")));
    times.shareBig.push(await timed(() => share(pair, big, "Big", 1)));
    times.shareSmall.push(
      await timed(() => share(pair, small, "Small", SMALL_FILES)),
    );
    times.noise.push(await rawNoise(BIG_BYTES));
    times.fetchBig.push(await timed(() => fetchAll(pair, "Big", at)));
    times.fetchSmall.push(await timed(() => fetchAll(pair, "Small", at)));
    await pair.sharer.close();
    await pair.reader.close();
  }
  const noise = median(times.noise);
  const fetchBig = median(times.fetchBig);
  const hash = median(times.hash);
  const shareBig = median(times.shareBig);
  return [
    {
      what: "share one file of 1 GiB",
      figure: `${seconds(shareBig)}, ${rate(BIG_BYTES, shareBig)}`,
      beside: `only reading and hashing it ${rate(BIG_BYTES, hash)}; ratio ${(hash / shareBig).toFixed(2)}`,
    },
    {
      what: "share 10,000 files of 4 KiB",
      figure: perFile(median(times.shareSmall)),
      beside: null,
    },
    {
      what: "download one file of 1 GiB (TCP on loopback, checked and synced)",
      figure: `${seconds(fetchBig)}, ${rate(BIG_BYTES, fetchBig)}`,
      beside: `raw Noise stream ${rate(BIG_BYTES, noise)}; ratio ${(noise / fetchBig).toFixed(2)}`,
    },
    {
      what: "download 10,000 files of 4 KiB",
      figure: perFile(median(times.fetchSmall)),
      beside: `raw Noise stream ${rate(BIG_BYTES, noise)}`,
    },
  ];
}

function perFile(ms: number): string {
  const bytes = SMALL_FILES * SMALL_BYTES;
  return `${seconds(ms)}, ${(SMALL_FILES / (ms / 1000)).toFixed(0)} files/s, ${rate(bytes, ms)}`;
}

async function hashOnly(path: string): Promise<number> {
  const hasher = new Hasher();
  const ms = await timed(() => hasher.hashFile(path));
  await hasher.close();
  return ms;
}

async function share(
  { sharer }: Pair,
  folder: string,
  title: string,
  files: number,
): Promise<void> {
  const { grant } = await sharer.call("grantFolder", { path: folder });
  await sharer.call("shareFolder", {
    folder: grant,
    title,
    about: "",
    audience: { kind: "contacts" },
  });
  await sharer.until("transfers", {}, (transfers) =>
    transfers.some(
      (it) =>
        it.title === title &&
        it.state.stage === "done" &&
        it.files.done === files,
    ),
  );
}

async function fetchAll(
  { sharer, reader }: Pair,
  title: string,
  at: string,
): Promise<void> {
  const [mine] = (await sharer.until("collections", {}, () => true)).filter(
    (row) => row.title === title,
  );
  const listed = await reader.until("collections", {}, (rows) =>
    rows.some((row) => row.title === title && row.files === mine?.files),
  );
  const row = listed.find((it) => it.title === title);
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
