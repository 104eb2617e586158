import { readdirSync } from "node:fs";
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CANCEL_UNDO_MS } from "#core/contract/limits.ts";
import { DEFAULT_EXCLUDES } from "#core/files/excludes.ts";
import { testBytes } from "#core/testing/files-device.ts";
import {
  contentsOf,
  createShares,
  download,
  pageOf,
  share,
  shareSource,
  stageOf,
  stagesOf,
  startDownload,
  untilDone,
  untilRow,
  untilTransfer,
  update,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { untilTrue } from "#core/testing/until.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

const MIB = 1024 * 1024;
const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("FI7: 200 odd names arrive, each as a file of its own with its own bytes", async () => {
  const { ana, ben, at } = shares;
  const odd = [
    "CON",
    "con.txt",
    "Con.txt",
    "ends with dot.",
    "ends with space ",
    ".hidden",
    "photo\u202Egpj.exe",
    "e\u0301.txt",
    "\u00e9.txt",
    "a:b?c*d.txt",
    'quotes "and" <more>|',
    "back\\slash.txt",
    "~$office.docx",
    "%2e%2e%2fup",
    "-rf",
    "\u{1F600}.txt",
    "line\nbreak",
    "desktop.ini.txt",
  ];
  const files: Record<string, string> = {};
  for (let at = 0; at < 200; at++) {
    const name = odd[at % odd.length] ?? "";
    files[`${String(at % 7)}/${String(at)}/${name}`] = `file ${String(at)}`;
  }
  const folder = await shares.folder("source", files);
  // One of them is a name that is left out unless somebody says otherwise.
  const collection = await share(ana, folder, undefined, {
    hidden: false,
    temporary: false,
    patterns: [],
  });
  await untilRow(ben, collection, (it) => it.files === 200);
  await download(ben, collection, at("downloads"));
  const here = Object.values(await contentsOf(at("downloads", "Songs")));
  expect(here.sort()).toEqual(Object.values(await contentsOf(folder)).sort());
  expect(await readdir(at("downloads"))).toEqual(["Songs"]);
  await untilRow(ben, collection, (it) => it.filesHere === 200);
  const page = pageOf(ben, collection, "0/0");
  expect(page.items).toMatchObject([{ name: "CON", savedAs: "CON_" }]);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("FI8: a download goes on after a restart from what is here, without asking", async () => {
  const { ana, ben, at } = shares;
  const { folder, collection } = await shareSource(shares, {
    "big.bin": testBytes(160 * MIB),
    "small.txt": "small",
  });
  const transfer = await startDownload(ben, collection, at("downloads"));
  const before = await untilTransfer(
    ben,
    transfer,
    ({ bytes }) => bytes.done > 20 * MIB,
  );
  expect(before.state.stage).toBe("running");
  expect(before.speed).toBeGreaterThan(0);
  expect(stageOf(ben, collection, "big.bin")).toMatchObject({
    stage: "coming",
    from: [{ name: "Ana" }],
    fromUnnamed: false,
    by: { transfer, files: 2 },
  });
  await ana.core.handlers.updateSettings({ network: "nobody" });
  const again = await ben.restart();
  // Nobody is in reach: what counts as done was here.
  const waiting = await untilTransfer(
    again,
    transfer,
    ({ state, bytes }) =>
      state.stage === "waiting" && bytes.done >= 0.95 * before.bytes.done,
  );
  expect(waiting.state).toMatchObject({ people: [{ name: "Ana" }] });
  expect(waiting.secondsLeft).toBeNull();
  expect(stageOf(again, collection, "big.bin")).toMatchObject({
    stage: "waiting",
    for: "people",
    people: [{ name: "Ana" }],
    by: { transfer, files: 2 },
  });
  await again.core.handlers.pauseTransfer({ transfer, paused: true });
  expect(stageOf(again, collection, "big.bin")).toMatchObject({
    stage: "paused",
    what: "transfer",
    by: { transfer },
  });
  await again.core.handlers.pauseTransfer({ transfer, paused: false });
  await ana.core.handlers.updateSettings({ network: "everywhere" });
  await untilDone(again, transfer);
  expect(await contentsOf(at("downloads", "Songs"))).toEqual(
    await contentsOf(folder),
  );
  expect(await readdir(at("downloads", "Songs"))).toEqual([
    "big.bin",
    "small.txt",
  ]);
  expect([...ana.bugs, ...ben.bugs, ...again.bugs]).toEqual([]);
});

test("FI4: what the person has is never overwritten, and both files stay", async () => {
  const { ben, at } = shares;
  await shares.folder("downloads", { "Songs/mine.txt": "my own folder" });
  const { collection } = await shareSource(shares, {
    "a.txt": "a",
    "b.txt": "b",
  });
  await download(ben, collection, at("downloads"), ["a.txt"]);
  await writeFile(at("downloads", "Songs (2)", "b.txt"), "my own file");
  await download(ben, collection, at("downloads"));
  expect(await contentsOf(at("downloads"))).toEqual({
    "Songs/mine.txt": base64("my own folder"),
    "Songs (2)/a.txt": base64("a"),
    "Songs (2)/b (2).txt": base64("b"),
    "Songs (2)/b.txt": base64("my own file"),
  });
  expect(pageOf(ben, collection).items).toMatchObject([
    { name: "a.txt", savedAs: null },
    { name: "b.txt", savedAs: "b (2).txt" },
  ]);
});

test("a new version takes the place of the copy we put there, unless it was touched", async () => {
  const { ana, ben, at } = shares;
  const { folder, collection } = await shareSource(shares, {
    "a.txt": "a",
    "b.txt": "b",
  });
  await download(ben, collection, at("downloads"));
  await writeFile(at("downloads", "Songs", "b.txt"), "my notes");
  await writeFiles(folder, { "a.txt": "new a", "b.txt": "new b" });
  await update(ana, collection);
  await untilRow(ben, collection, (it) => it.filesHere === 0);
  await download(ben, collection, at("downloads"));
  expect(await contentsOf(at("downloads", "Songs"))).toEqual({
    "a.txt": base64("new a"),
    "b (2).txt": base64("new b"),
    "b.txt": base64("my notes"),
  });
});

test("what was downloaded before is not fetched again, and what was deleted is", async () => {
  const { ben, at } = shares;
  const { collection } = await shareSource(shares, {
    "a.txt": "a",
    "b.txt": "b",
  });
  await download(ben, collection, at("downloads"));
  const first = await stat(at("downloads", "Songs", "a.txt"));
  await writeFile(at("downloads", "Songs", "own.txt"), "own");
  await rm(at("downloads", "Songs", "b.txt"));
  await download(ben, collection, at("downloads"));
  expect((await stat(at("downloads", "Songs", "a.txt"))).ino).toBe(first.ino);
  expect((await readFile(at("downloads", "Songs", "b.txt"))).toString()).toBe(
    "b",
  );
});

test("FI9: what lies elsewhere on this computer is not fetched", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", {
    "a.txt": "same",
    "big.bin": testBytes(MIB),
  });
  const first = await share(ana, folder);
  await untilRow(ben, first, (it) => it.files === 2);
  await download(ben, first, at("downloads"));
  const second = await share(ana, folder);
  await untilRow(ben, second, (it) => it.files === 2 && it.filesHere === 2);
  await ana.core.handlers.updateSettings({ network: "nobody" });
  await download(ben, second, at("downloads"));
  expect(await contentsOf(at("downloads", "Songs (2)"))).toEqual(
    await contentsOf(folder),
  );
});

test("a download can be paused, goes on, and leaves nothing behind when it is cancelled", async () => {
  const { ana, ben, at } = shares;
  const { collection } = await shareSource(shares, {
    "big.bin": testBytes(160 * MIB),
  });
  const transfer = await startDownload(ben, collection, at("downloads"));
  await untilTransfer(ben, transfer, ({ bytes }) => bytes.done > 10 * MIB);
  await ben.core.handlers.pauseTransfer({ transfer, paused: true });
  const paused = await untilTransfer(ben, transfer, () => true);
  expect(paused).toMatchObject({ state: { stage: "paused" }, speed: 0 });
  expect(stagesOf(pageOf(ben, collection))["big.bin"]).toBe("paused");
  await ben.core.handlers.pauseTransfer({ transfer, paused: false });
  const resumed = await untilTransfer(
    ben,
    transfer,
    ({ bytes }) => bytes.done >= paused.bytes.done,
  );
  expect(resumed.state.stage).toBe("running");
  await ben.core.handlers.cancelTransfer({ transfer });
  expect(ben.core.states.transfers({}).peek()).toEqual([]);
  // For a moment it could be taken up again; then what it brought goes.
  await untilTrue(
    () => readdirSync(at("downloads", "Songs")).length === 0,
    Boolean,
    { timeoutMs: CANCEL_UNDO_MS + 5_000 },
  );
  expect(stagesOf(pageOf(ben, collection))["big.bin"]).toBe("away");
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("finished transfers are cleared, the others stay", async () => {
  const { ana, ben, at } = shares;
  const { collection } = await shareSource(shares, {
    "a.txt": "a",
    "b.txt": "b",
  });
  await download(ben, collection, at("downloads"), ["a.txt"]);
  await ana.core.handlers.updateSettings({ network: "nobody" });
  const transfer = await startDownload(ben, collection, at("downloads"));
  await untilTransfer(ben, transfer, ({ state }) => state.stage === "waiting");
  expect(stagesOf(pageOf(ben, collection))).toEqual({
    "a.txt": "here",
    "b.txt": "waiting",
  });
  await ben.core.handlers.clearTransfers({});
  expect(ben.core.states.transfers({}).peek()).toMatchObject([
    { transfer, files: { done: 1, total: 2 } },
  ]);
});

test("opening a file hands it to the desktop; one that is away is told of in words", async () => {
  const { ana, ben, people, at } = shares;
  const opened: string[] = [];
  const cem = await people.add("Cem", {
    desktop: {
      pick: () => Promise.resolve(null),
      open(path) {
        opened.push(`open ${path}`);
        return Promise.resolve();
      },
      show(path) {
        opened.push(`show ${path}`);
        return Promise.resolve();
      },
      canListFolders: false,
    },
  });
  await people.befriend(ana, cem);
  const folder = await shares.folder("source", { "in/a.txt": "a" });
  const collection = await share(ana, folder);
  await untilRow(cem, collection, (it) => it.files === 1);
  const file = { collection, path: "in/a.txt" };
  await expect(
    cem.core.handlers.openFile({ ...file, how: "open" }),
  ).rejects.toMatchObject({ code: "file-away" });
  await download(cem, collection, at("downloads"));
  await cem.core.handlers.openFile({ ...file, how: "open" });
  await cem.core.handlers.openFile({ ...file, how: "show" });
  await cem.core.handlers.openFile({ collection, path: "", how: "show" });
  expect(opened).toEqual([
    `open ${at("downloads", "Songs", "in", "a.txt")}`,
    `show ${at("downloads", "Songs", "in", "a.txt")}`,
    `show ${at("downloads", "Songs")}`,
  ]);
  await expect(
    ben.core.handlers.openFile({ collection, path: "nothing", how: "open" }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("a download needs a folder that is there", async () => {
  const { ben, at } = shares;
  const { collection } = await shareSource(shares, { "a.txt": "a" });
  const { handlers } = ben.core;
  await expect(
    handlers.download({ collection, paths: [""], folder: null }),
  ).rejects.toMatchObject({ code: "folder-missing" });
  await mkdir(at("chosen"));
  const { grant } = await ben.core.grants.add(at("chosen"));
  await handlers.setDownloadFolder({ grant });
  const { transfer } = await handlers.download({
    collection,
    paths: [""],
    folder: null,
  });
  await untilDone(ben, transfer);
  expect(Object.keys(await contentsOf(at("chosen")))).toEqual([
    join("Songs", "a.txt"),
  ]);
});

test("FI3: a file that is no longer the one that was shared is not served, and both sides are told", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  const collection = await share(ana, folder);
  await ana.core.handlers.setFolderOptions({
    collection,
    live: false,
    excludes: DEFAULT_EXCLUDES,
  });
  await untilRow(ben, collection, (it) => it.files === 2);
  await writeFiles(folder, { "a.txt": "not what was shared" });
  const transfer = await startDownload(ben, collection, at("downloads"));
  await untilTransfer(
    ben,
    transfer,
    ({ state, files }) => state.stage === "waiting" && files.done === 1,
  );
  expect(await contentsOf(at("downloads", "Songs"))).toEqual({
    "b.txt": base64("b"),
  });
  await untilRow(ana, collection, (it) => it.filesHere === 1);
  expect(stagesOf(pageOf(ana, collection))).toEqual({
    "a.txt": "changed",
    "b.txt": "here",
  });
  // Sharing it again brings the new one, and the download goes on with that.
  await update(ana, collection);
  await untilDone(ben, transfer);
  expect(await contentsOf(at("downloads", "Songs"))).toEqual(
    await contentsOf(folder),
  );
});

test("FI3: a file that is gone from a folder nobody watches is not served, its owner is told, and it comes when it is back", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  const collection = await share(ana, folder);
  await ana.core.handlers.setFolderOptions({
    collection,
    live: false,
    excludes: DEFAULT_EXCLUDES,
  });
  await untilRow(ben, collection, (it) => it.files === 2);
  await rename(join(folder, "a.txt"), at("aside.txt"));
  const transfer = await startDownload(ben, collection, at("downloads"));
  await untilTransfer(
    ben,
    transfer,
    ({ state, files }) => state.stage === "waiting" && files.done === 1,
  );
  await untilTrue(
    () => stagesOf(pageOf(ana, collection))["a.txt"],
    (stage) => stage === "failed",
    { timeoutMs: 20_000 },
  );
  expect(pageOf(ana, collection).items[0]).toMatchObject({
    state: { stage: "failed", problem: "file-gone" },
  });
  await rename(at("aside.txt"), join(folder, "a.txt"));
  await untilDone(ben, transfer);
  expect(await contentsOf(at("downloads", "Songs"))).toEqual(
    await contentsOf(folder),
  );
});

test("a cancelled download is taken up where it was, once", async () => {
  const { ana, ben, at } = shares;
  const { collection } = await shareSource(shares, {
    "big.bin": testBytes(160 * MIB),
  });
  const transfer = await startDownload(ben, collection, at("downloads"));
  await untilTransfer(ben, transfer, ({ bytes }) => bytes.done > 10 * MIB);
  await ben.core.handlers.pauseTransfer({ transfer, paused: true });
  const before = await untilTransfer(ben, transfer, () => true);
  const { undo } = await ben.core.handlers.cancelTransfer({ transfer });
  expect(ben.core.states.transfers({}).peek()).toEqual([]);
  expect(await ben.core.handlers.undo({ undo: undo ?? "" })).toEqual({
    undone: true,
  });
  const after = await untilTransfer(ben, transfer, () => true);
  expect(after).toMatchObject({
    state: { stage: "paused" },
    bytes: before.bytes,
  });
  expect(await ben.core.handlers.undo({ undo: undo ?? "" })).toEqual({
    undone: false,
  });
  await ben.core.handlers.pauseTransfer({ transfer, paused: false });
  const resumed = await untilTransfer(
    ben,
    transfer,
    ({ state }) => state.stage === "done",
  );
  expect(resumed.bytes.done).toBe(160 * MIB);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});
