import { readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { readFile, stat, utimes } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import type { FileStage } from "#core/contract/collection-models.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { testBytes } from "#core/testing/files-device.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { createShares, download, share } from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until, untilTrue } from "#core/testing/until.ts";

/** Old enough that no tick of the disk's clock is in the way. */
const OLD = new Date(Date.UTC(2024, 0, 1));

async function prepare(): Promise<Shares> {
  const shares = await createShares();
  onTestFinished(() => shares.close());
  return shares;
}

/** Turns one bit over, and leaves size and time: in one go, or who watches the folder sees it with another time. */
function flip(path: string, at: number): void {
  const { atime, mtime, mtimeMs } = statSync(path);
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
  if (statSync(path).mtimeMs !== mtimeMs) throw new Error("another time");
}

function pageOf(person: TestPerson, collection: SpaceId) {
  return person.core.states.collection({
    collection,
    folder: "",
    search: "",
    first: 0,
    count: 10,
  });
}

async function untilStage(
  person: TestPerson,
  collection: SpaceId,
  passes: (state: FileStage) => boolean,
): Promise<FileStage> {
  const page = await until(
    pageOf(person, collection),
    (it) => {
      const [item] = it?.items ?? [];
      return item?.kind === "file" && passes(item.state);
    },
    { timeoutMs: 20_000 },
  );
  const [item] = page?.items ?? [];
  if (item?.kind !== "file") throw new Error("the file went away");
  return item.state;
}

/** Makes the core read a file, as showing it does. */
async function read(person: TestPerson, collection: SpaceId): Promise<boolean> {
  const page = pageOf(person, collection).peek();
  const [item] = page?.items ?? [];
  if (item?.kind !== "file") throw new Error("no file");
  const signal = AbortSignal.timeout(5_000);
  try {
    const file = await person.core.files.open(item.root, null, signal);
    for await (const _ of file?.stream ?? []) void _;
    return true;
  } catch {
    return false;
  }
}

test("FI15: one bit turned over in a downloaded file is noticed, and only that part comes again", async () => {
  const { ana, ben, folder, at } = await prepare();
  const bytes = testBytes(1_000_000);
  const songs = await folder("songs", { "a.bin": bytes });
  await utimes(`${songs}/a.bin`, OLD, OLD);
  const collection = await share(ana, songs);
  await untilStage(ben, collection, ({ stage }) => stage === "away");
  await download(ben, collection, at("ben"));
  const path = at("ben", "Songs", "a.bin");
  flip(path, 700_000);
  await read(ben, collection);
  await untilTrue(async () => (await readFile(path)).equals(bytes), Boolean, {
    timeoutMs: 20_000,
  });
  await untilStage(ben, collection, ({ stage }) => stage === "here");
  const [transfer] = ben.core.states.transfers({}).peek();
  expect(transfer?.bytes.total).toBe(1_000_000);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
}, 60_000);

test("FI15: damage in a folder of mine is told and shared with nobody; others give it again when I say so", async () => {
  const { ana, ben, folder, at } = await prepare();
  const bytes = testBytes(300_000);
  const songs = await folder("songs", { "a.bin": bytes });
  const path = `${songs}/a.bin`;
  await utimes(path, OLD, OLD);
  const collection = await share(ana, songs);
  await untilStage(ben, collection, ({ stage }) => stage === "away");
  await download(ben, collection, at("ben"));
  flip(path, 5);
  await read(ana, collection);
  const state = await untilStage(
    ana,
    collection,
    (it) => it.stage === "damaged" && it.from.length > 0,
  );
  expect(state).toMatchObject({
    stage: "damaged",
    isComing: false,
    isMine: true,
    from: [{ name: "Ben" }],
  });
  // Reading the folder again makes no new version of it.
  const { transfer } = await ana.core.handlers.updateCollection({ collection });
  await until(ana.core.states.transfers({}), (all) =>
    all.some((it) => it.transfer === transfer && it.state.stage === "done"),
  );
  await untilStage(ana, collection, (it) => it.stage === "damaged");
  expect(
    pageOf(ana, collection)
      .peek()
      ?.damaged.map(({ path: it }) => it),
  ).toEqual(["a.bin"]);

  await ana.core.handlers.mendFile({ collection, path: "a.bin", how: "again" });
  await untilStage(ana, collection, ({ stage }) => stage === "here");
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect((await stat(path)).mtimeMs).toBe(OLD.getTime());
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
}, 60_000);

test("what looks damaged can be kept, and is a new version then", async () => {
  const { ana, ben, folder } = await prepare();
  const songs = await folder("songs", { "a.bin": testBytes(300_000) });
  const path = `${songs}/a.bin`;
  await utimes(path, OLD, OLD);
  const collection = await share(ana, songs);
  flip(path, 5);
  await read(ana, collection);
  await untilStage(ana, collection, (it) => it.stage === "damaged");
  await ana.core.handlers.mendFile({ collection, path: "a.bin", how: "keep" });
  await untilStage(ana, collection, ({ stage }) => stage === "here");
  expect(pageOf(ana, collection).peek()?.damaged).toEqual([]);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
}, 60_000);
