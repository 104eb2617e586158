import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionPage } from "#core/contract/collection-models.ts";
import { testBytes } from "#core/testing/files-device.ts";
import type { TestPerson } from "#core/testing/people.ts";
import {
  chooseDownloads,
  createShares,
  download,
  pageOf,
  shareSource,
  stageOf,
  startDownload,
  untilRow,
  untilTransfer,
  update,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until } from "#core/testing/until.ts";
import { textsIn, untilTexts, withWriter } from "#core/testing/writers.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

/** Waits until so many removed files lie here still. */
async function untilRemoved(
  { core }: TestPerson,
  collection: SpaceId,
  files: number,
): Promise<CollectionPage["removed"]> {
  const page = await until(
    core.states.collection({
      collection,
      folder: "",
      search: "",
      first: 0,
      count: 10,
    }),
    (it) => (it?.removed?.files ?? 0) === files,
    { timeoutMs: 20_000 },
  );
  return page?.removed ?? null;
}

function removedPaths({ core }: TestPerson, collection: SpaceId) {
  const window = { collection, first: 0, count: 10 };
  return core.states.removedFiles(window).peek().items;
}

test("FI16: what its owner removes stays here and is told; it is kept as mine or removed, and both can be undone", async () => {
  const { ana, ben, at } = shares;
  const files = { "a.txt": "a", "b.txt": "bb", "c.txt": "c", "d.txt": "d" };
  const { folder, collection } = await shareSource(shares, files);
  await download(ben, collection, at("downloads"));
  const here = at("downloads", "Songs");
  await rm(join(folder, "a.txt"));
  await rm(join(folder, "b.txt"));
  // Only another name: that is followed, and nothing was removed.
  await rename(join(folder, "c.txt"), join(folder, "moved.txt"));
  await update(ana, collection);
  const removed = await untilRemoved(ben, collection, 2);
  expect(removed).toMatchObject({ bytes: 3, by: [{ name: "Ana" }] });
  expect(removedPaths(ben, collection)).toMatchObject([
    { path: "a.txt", by: { name: "Ana" }, size: 1 },
    { path: "b.txt", by: { name: "Ana" }, size: 2 },
  ]);
  await untilTexts(here, {
    "a.txt": "a",
    "b.txt": "bb",
    "d.txt": "d",
    "moved.txt": "c",
  });
  expect(pageOf(ana, collection).removed).toBeNull();

  const { handlers } = ben.core;
  const kept = await handlers.keepRemoved({ collection, paths: ["a.txt"] });
  expect(removedPaths(ben, collection).map(({ path }) => path)).toEqual([
    "b.txt",
  ]);
  expect(await handlers.undo(kept)).toEqual({ undone: true });
  expect(removedPaths(ben, collection)).toHaveLength(2);
  await handlers.keepRemoved({ collection, paths: ["a.txt"] });

  // Nobody lists it: it may be nowhere else.
  const asked = { collection, paths: ["b.txt"], insist: false };
  const refused = await handlers.freeSpace(asked);
  expect(refused).toMatchObject({
    freed: null,
    refused: [{ reason: "only-copy", lastHad: { person: { name: "Ana" } } }],
  });
  const { freed } = await handlers.freeSpace({ ...asked, insist: true });
  expect(freed).toMatchObject({ files: 1, bytes: 2 });
  await untilRemoved(ben, collection, 0);
  await handlers.undoFree({ batch: freed?.batch ?? "" });
  await untilRemoved(ben, collection, 1);
  await handlers.freeSpace({ ...asked, insist: true });
  await untilRemoved(ben, collection, 0);
  expect((await readdir(here)).filter((it) => !it.startsWith("."))).toEqual([
    "a.txt",
    "d.txt",
    "moved.txt",
  ]);

  const again = await ben.restart();
  await untilRow(again, collection, (row) => row.files === 2);
  expect(pageOf(again, collection).removed).toBeNull();
  // Added again with the same content, it is here at once.
  await writeFiles(folder, { "a.txt": "a", "b.txt": "bb" });
  await update(ana, collection);
  await untilRow(again, collection, (row) => row.files === 4);
  expect(stageOf(again, collection, "a.txt")).toEqual({ stage: "here" });
  // What was removed here is no file that was let go: a rule brings it again.
  await chooseDownloads(again, at("downloads"));
  await again.core.handlers.setCollectionRule({
    collection,
    rule: { kind: "everything" },
  });
  await untilRow(again, collection, (row) => row.filesHere === 4);
  expect([...ana.bugs, ...again.bugs]).toEqual([]);
});

test("FI16: what a writer removes lies on in the folders of the others, is told, and is shared again by nothing they answer", async () => {
  const { ana, ben, collection, source, own } = await withWriter(shares, {
    "a.txt": "one",
    "b.txt": "two",
    "c.txt": "three",
  });
  await writeFiles(own, { "d.txt": "four" });
  await untilRow(ana, collection, (row) => row.files === 4);
  await rm(join(own, "a.txt"));
  await rm(join(own, "b.txt"));
  const removed = await untilRemoved(ana, collection, 2);
  expect(removed?.by).toMatchObject([{ name: "Ben" }]);
  expect(pageOf(ben, collection).removed).toBeNull();

  const { handlers } = ana.core;
  const { freed } = await handlers.freeSpace({
    collection,
    paths: ["b.txt"],
    insist: true,
  });
  await untilRemoved(ana, collection, 1);
  expect(Object.keys(await textsIn(source))).toEqual([
    "a.txt",
    "c.txt",
    "d.txt",
  ]);
  await handlers.undoFree({ batch: freed?.batch ?? "" });
  await untilRemoved(ana, collection, 2);
  const both = ["a.txt", "b.txt"];
  await handlers.keepRemoved({ collection, paths: both });
  expect(pageOf(ana, collection).removed).toBeNull();
  await update(ana, collection);
  expect(pageOf(ana, collection).row.files).toBe(2);
  expect(Object.keys(await textsIn(source))).toEqual([
    ...both,
    "c.txt",
    "d.txt",
  ]);
  // Files that stand in the folder still cannot be freed: they are shared from there.
  expect(
    await handlers.freeSpace({ collection, paths: [""], insist: true }),
  ).toMatchObject({ freed: null });
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("FI16: a file that is removed while it comes stops, and its transfer says why", async () => {
  const { ana, ben, at } = shares;
  const { folder, collection } = await shareSource(shares, {
    "big.bin": testBytes(8 * 1024 * 1024),
    "small.txt": "small",
  });
  await ben.core.handlers.updateSettings({
    limits: { down: 300_000, up: null, schedule: null },
  });
  const transfer = await startDownload(ben, collection, at("downloads"), [
    "big.bin",
    "small.txt",
  ]);
  await untilTransfer(ben, transfer, ({ bytes }) => bytes.done > 300_000);
  await rm(join(folder, "big.bin"));
  await update(ana, collection);
  const ended = await untilTransfer(
    ben,
    transfer,
    ({ state }) => state.stage === "failed",
  );
  expect(ended.state).toEqual({ stage: "failed", problem: "file-removed" });
  expect(await textsIn(at("downloads", "Songs"))).toEqual({
    "small.txt": "small",
  });
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});
