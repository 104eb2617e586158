import { readdir, rename, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DISK_FLOOR_BYTES } from "#core/contract/limits.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { Transfer } from "#core/contract/collection-models.ts";
import type { CollectionRule } from "#core/contract/keeping-models.ts";
import { testBytes } from "#core/testing/files-device.ts";
import type { TestPerson } from "#core/testing/people.ts";
import {
  chooseDownloads,
  contentsOf,
  createShares,
  download,
  pageOf,
  share,
  shareSource,
  stagesOf,
  startDownload,
  untilDone,
  untilRow,
  untilTransfer,
  update,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until } from "#core/testing/until.ts";

const MIB = 1024 * 1024;
const PLENTY = 1_000_000_000_000;
let shares: Shares;
/** Bytes free on Ben's disk. */
let free: number;

beforeEach(async () => {
  free = PLENTY;
  shares = await createShares({
    ben: { disks: { look: () => Promise.resolve({ disk: "ben", free }) } },
  });
});
afterEach(() => shares.close());

/** Ana shares these, and Ben has chosen a folder for downloads. */
async function shared(files: Record<string, string | Buffer>) {
  const source = await shareSource(shares, files);
  await chooseDownloads(shares.ben, shares.at("downloads"));
  return source;
}

function untilAny(
  person: TestPerson,
  predicate: (transfer: Transfer) => boolean,
): Promise<readonly Transfer[]> {
  return until(person.core.states.transfers({}), (all) => all.some(predicate), {
    timeoutMs: 20_000,
  });
}

const setRule = (collection: SpaceId, rule: CollectionRule) =>
  shares.ben.core.handlers.setCollectionRule({ collection, rule });

test("FI6: a folder that is kept comes, stays, and brings what is added to it later, after a restart too", async () => {
  const { ana, ben, at } = shares;
  const { collection, folder } = await shared({
    "songs/a.txt": "a",
    "b.txt": "b",
  });
  const { handlers } = ben.core;
  await handlers.keep({ collection, paths: ["songs"], kept: true });
  await untilRow(ben, collection, (it) => it.filesHere === 1);
  await untilAny(
    ben,
    ({ reason, state }) => reason === "rule" && state.stage === "done",
  );
  expect(pageOf(ben, collection).items).toMatchObject([
    { path: "songs", kept: true },
    { path: "b.txt", kept: false, state: { stage: "away" } },
  ]);
  const again = await ben.restart();
  await writeFiles(folder, { "songs/later.txt": "later" });
  await update(ana, collection);
  await untilRow(again, collection, (it) => it.filesHere === 2);
  expect(Object.keys(await contentsOf(at("downloads", "Songs")))).toEqual([
    "songs/a.txt",
    "songs/later.txt",
  ]);
  const refused = await again.core.handlers.freeSpace({
    collection,
    paths: [""],
    insist: false,
  });
  expect(refused).toMatchObject({
    freed: null,
    refused: [{ reason: "kept" }, { reason: "kept" }],
  });
  // One transfer for the rule, however often something is added.
  expect(again.core.states.transfers({}).peek()).toHaveLength(1);
  expect(again.bugs).toEqual([]);
});

test("a rule brings kinds, and new files of that kind as they appear", async () => {
  const { ana, ben } = shares;
  const png = Buffer.from("89504e470d0a1a0a", "hex");
  const { collection, folder } = await shared({
    "a.png": png,
    "b.txt": "text",
    "c.bin": "other",
  });
  await setRule(collection, { kind: "kinds", kinds: ["pictures"] });
  await untilRow(ben, collection, (it) => it.filesHere === 1);
  expect(stagesOf(pageOf(ben, collection))).toEqual({
    "a.png": "here",
    "b.txt": "away",
    "c.bin": "away",
  });
  await writeFiles(folder, { "d.png": Buffer.concat([png, png]) });
  await update(ana, collection);
  await untilRow(ben, collection, (it) => it.filesHere === 2);
  await setRule(collection, { kind: "everything" });
  await untilRow(ben, collection, (it) => it.filesHere === 4);
  expect(pageOf(ben, collection).row.rule).toEqual({ kind: "everything" });
});

test("a rule's transfer that is cancelled ends the rule", async () => {
  const { ana, ben } = shares;
  const { collection } = await shared({ "a.bin": testBytes(8 * MIB) });
  await ana.close();
  await setRule(collection, { kind: "everything" });
  const [transfer] = await untilAny(ben, ({ reason }) => reason === "rule");
  await ben.core.handlers.cancelTransfer({
    transfer: transfer?.transfer ?? fail(),
  });
  expect(ben.core.states.transfers({}).peek()).toEqual([]);
  const row = await untilRow(
    ben,
    collection,
    ({ rule }) => rule.kind === "opened",
  );
  expect(row.rule).toEqual({ kind: "opened" });
});

test("FI6: freed files stay listed, no rule brings them back, and undo does", async () => {
  const { ben, at } = shares;
  const { collection } = await shared({ "a.txt": "a", "b.txt": "b" });
  await setRule(collection, { kind: "everything" });
  await untilRow(ben, collection, (it) => it.filesHere === 2);
  const { freed, refused } = await ben.core.handlers.freeSpace({
    collection,
    paths: ["a.txt"],
    insist: false,
  });
  expect({ freed, refused }).toMatchObject({
    freed: { files: 1, bytes: 1 },
    refused: [],
  });
  expect(stagesOf(pageOf(ben, collection))).toEqual({
    "a.txt": "away",
    "b.txt": "here",
  });
  const again = await ben.restart();
  expect(again.core.states.room({}).peek()?.undo).toEqual(freed);
  await again.core.handlers.undoFree({ batch: freed?.batch ?? "" });
  await untilRow(again, collection, (it) => it.filesHere === 2);
  expect(await readdir(at("downloads", "Songs"))).toContain("a.txt");
  expect(again.bugs).toEqual([]);
});

test("room: a download waits while there is none, says why, and goes on by itself", async () => {
  const { ben, at } = shares;
  const { collection } = await shared({
    "big.bin": testBytes(20 * MIB),
    "small.txt": "small",
  });
  const { handlers } = ben.core;
  free = 2_000_000_000 + 10 * MIB;
  const transfer = await startDownload(ben, collection, at("downloads"));
  const waiting = await untilTransfer(
    ben,
    transfer,
    ({ state }) => state.stage === "room",
  );
  expect(waiting.state).toEqual({ stage: "room", lack: "disk" });
  expect(stagesOf(pageOf(ben, collection))).toEqual({
    "big.bin": "waiting",
    "small.txt": "here",
  });
  free = PLENTY;
  await handlers.updateSettings({
    room: { limit: 1_000_000, alwaysFree: 0, freeByItself: false },
  });
  await untilTransfer(
    ben,
    transfer,
    ({ state }) => state.stage === "room" && state.lack === "limit",
  );
  await handlers.updateSettings({
    room: { limit: null, alwaysFree: 0, freeByItself: false },
  });
  await untilDone(ben, transfer);
  const room = ben.core.states.room({}).peek();
  expect(room).toMatchObject({
    lack: null,
    limit: 20_000_000_000,
    people: [{ person: { name: "Ana" }, files: 2, bytes: 20 * MIB + 5 }],
    collections: [{ title: "Songs", kept: 0 }],
    kinds: [
      { kind: "other", files: 1 },
      { kind: "documents", files: 1 },
    ],
  });
  expect(
    ben.core.states.freeable({ first: 0, count: 10 }).peek().items,
  ).toMatchObject([{ path: "big.bin" }, { path: "small.txt" }]);
});

test("room is made by itself of what was not opened for longest, however small, and of nothing that is kept", async () => {
  const { ben, at } = shares;
  const { collection } = await shared({
    "shown.bin": testBytes(3 * MIB),
    "kept.bin": testBytes(3 * MIB + 1),
    "unopened.bin": testBytes(2 * MIB),
    "coming.bin": testBytes(2 * MIB + 1),
  });
  const { handlers, states, files } = ben.core;
  await handlers.keep({ collection, paths: ["kept.bin"], kept: true });
  await untilRow(ben, collection, (it) => it.filesHere === 1);
  await download(ben, collection, at("downloads"), ["shown.bin"]);
  await download(ben, collection, at("downloads"), ["unopened.bin"]);
  const shown = pageOf(ben, collection).items.find(
    ({ path }) => path === "shown.bin",
  );
  if (shown?.kind !== "file") throw new Error("it is not listed");
  await files.open(shown.root, null, new AbortController().signal);
  const { used } = states.room({}).peek() ?? fail();
  await handlers.updateSettings({
    room: { limit: used + MIB / 2, alwaysFree: 0, freeByItself: true },
  });
  await download(ben, collection, at("downloads"), ["coming.bin"]);
  await untilRow(ben, collection, (it) => it.filesHere === 3);
  expect(stagesOf(pageOf(ben, collection))).toEqual({
    "coming.bin": "here",
    "kept.bin": "here",
    "shown.bin": "here",
    "unopened.bin": "away",
  });
});

test("a disk is never filled, whatever is to stay free", async () => {
  const { ben, at } = shares;
  const { collection } = await shared({ "big.bin": testBytes(8 * MIB) });
  free = DISK_FLOOR_BYTES + 4 * MIB;
  // A tenth of what is free would be lacking first.
  await ben.core.handlers.updateSettings({
    room: { limit: 100 * MIB, alwaysFree: 0, freeByItself: false },
  });
  const transfer = await startDownload(ben, collection, at("downloads"));
  await untilTransfer(
    ben,
    transfer,
    ({ state }) => state.stage === "room" && state.lack === "disk",
  );
  expect(ben.core.states.room({}).peek()?.alwaysFree).toBe(DISK_FLOOR_BYTES);
  free = DISK_FLOOR_BYTES + 9 * MIB;
  await untilDone(ben, transfer);
});

test("what is paused as a whole, or by its collection, stays so through a restart", async () => {
  const { ben, at } = shares;
  const { collection } = await shared({ "big.bin": testBytes(20 * MIB) });
  await ben.core.handlers.updateSettings({ pausedAll: true });
  const transfer = await startDownload(ben, collection, at("downloads"));
  const by = (reason: string) => (it: Transfer) =>
    it.state.stage === "paused" && it.state.by === reason;
  await untilTransfer(ben, transfer, by("all"));
  const again = await ben.restart();
  expect(again.core.states.settings({}).peek().pausedAll).toBe(true);
  await untilTransfer(again, transfer, by("all"));
  expect(pageOf(again, collection).items).toMatchObject([
    { state: { stage: "paused", done: 0 } },
  ]);
  await again.core.handlers.setCollectionPaused({ collection, paused: true });
  await again.core.handlers.updateSettings({ pausedAll: false });
  await untilTransfer(again, transfer, by("collection"));
  await again.core.handlers.setCollectionPaused({ collection, paused: false });
  await untilDone(again, transfer);
});

test("speed: a limit holds over the wire, shows, and is lifted", async () => {
  const { ben, at } = shares;
  const { collection } = await shared({ "big.bin": testBytes(8 * MIB) });
  await ben.core.handlers.updateSettings({
    limits: { down: 1_000_000, up: null, schedule: null },
  });
  expect(ben.core.states.traffic({}).peek()).toMatchObject({
    limitDown: 1_000_000,
    limitUp: null,
    until: null,
  });
  const began = performance.now();
  const transfer = await startDownload(ben, collection, at("downloads"));
  const some = await untilTransfer(
    ben,
    transfer,
    ({ bytes }) => bytes.done >= 2 * MIB,
  );
  const seconds = (performance.now() - began) / 1000;
  // A quarter of a second's burst, and a chunk beyond.
  expect(some.bytes.done).toBeLessThan(1_000_000 * seconds + 250_000 + MIB);
  expect(seconds).toBeGreaterThan(1.2);
  await ben.core.handlers.updateSettings({
    limits: { down: null, up: null, schedule: null },
  });
  await untilDone(ben, transfer);
});

test("an empty file is not here before it was fetched, and is after", async () => {
  const { ben, at } = shares;
  const own = await shares.folder("own", { "nothing.txt": "" });
  await share(ben, own);
  const { collection } = await shared({ "a.txt": "a", "empty.txt": "" });
  await download(ben, collection, at("downloads"), ["a.txt"]);
  expect(stagesOf(pageOf(ben, collection))).toEqual({
    "a.txt": "here",
    "empty.txt": "away",
  });
  await download(ben, collection, at("downloads"), ["empty.txt"]);
  await untilRow(ben, collection, (it) => it.filesHere === 2);
});

test("a newer version of a file that is here says so, and an update brings it", async () => {
  const { ana, ben, at } = shares;
  const { collection, folder } = await shared({ "a.txt": "old" });
  await download(ben, collection, at("downloads"));
  await writeFile(`${folder}/a.txt`, "newer");
  await update(ana, collection);
  await untilRow(ben, collection, (it) => it.filesHere === 0);
  expect(pageOf(ben, collection).items).toMatchObject([
    { state: { stage: "newer", from: { name: "Ana" } } },
  ]);
  await download(ben, collection, at("downloads"));
  await untilRow(ben, collection, (it) => it.filesHere === 1);
});

test("FI6: the last known copy is refused, with who had it last; insisting frees it", async () => {
  const { ben, at } = shares;
  const { collection, folder } = await shared({ "a.txt": "a", "b.txt": "b" });
  await download(ben, collection, at("downloads"));
  // Ana's drive is gone: she holds what she said to hold no more.
  await rename(folder, at("elsewhere"));
  const { handlers } = ben.core;
  const input = { collection, paths: ["a.txt"], insist: false };
  const { freed, refused } = await handlers.freeSpace(input);
  expect({ freed, refused }).toMatchObject({
    freed: null,
    refused: [
      {
        path: "a.txt",
        reason: "only-copy",
        lastHad: { person: { name: "Ana" } },
      },
    ],
  });
  const insisted = await handlers.freeSpace({ ...input, insist: true });
  expect(insisted.freed?.files).toBe(1);
});

function fail(): never {
  throw new Error("there is none");
}
