import {
  mkdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  contentsOf,
  createShares,
  download,
  pageOf,
  share,
  stagesOf,
  startSharing,
  untilDone,
  untilGone,
  untilRow,
  untilTransfer,
  update,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

/** A file that takes a while to hash and no space on the disk. */
async function slowFile(path: string): Promise<void> {
  await writeFile(path, "");
  await truncate(path, 3 * 1024 ** 3);
}

/** Entries in the collection's log, so that a test sees what was sent. */
async function namesOf(folder: string): Promise<readonly string[]> {
  return Object.keys(await contentsOf(folder));
}

test("the app's own data, and a folder it lies in, cannot be shared", async () => {
  const { ana } = shares;
  for (const folder of ["/", ana.dataFolder])
    await expect(startSharing(ana, folder)).rejects.toMatchObject({
      code: "folder-ours",
    });
  expect(ana.core.states.collections({}).peek()).toEqual([]);
  expect(ana.core.states.transfers({}).peek()).toEqual([]);
});

test("FI3: sharing copies nothing and shows how far it is", async () => {
  const { ana } = shares;
  const folder = await shares.folder("source", {
    "a.txt": "a",
    "b/c.txt": "cc",
  });
  const before = await stat(join(folder, "a.txt"));
  const { collection, transfer } = await startSharing(ana, folder);
  const done = await untilDone(ana, transfer);
  expect(done).toMatchObject({
    direction: "sharing",
    title: "Songs",
    collection,
    files: { done: 2, total: 2 },
    bytes: { done: 3, total: 3 },
  });
  expect(await namesOf(folder)).toEqual(["a.txt", "b/c.txt"]);
  expect((await stat(join(folder, "a.txt"))).mtimeMs).toBe(before.mtimeMs);
  const row = await untilRow(ana, collection, (it) => it.files === 2);
  expect(row).toMatchObject({
    mine: true,
    audience: { kind: "contacts" },
    folderName: "source",
    filesHere: 2,
  });
});

test("updating shares what is new, changed or gone, and nothing else", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", {
    "stays.txt": "stays",
    "touched.txt": "touched",
    "changes.txt": "one",
    "goes.txt": "goes",
  });
  const collection = await share(ana, folder);
  await untilRow(ben, collection, (it) => it.files === 4);
  await download(ben, collection, at("downloads"));
  const left = await stat(at("downloads", "Songs", "stays.txt"));
  await writeFiles(folder, { "changes.txt": "two!", "comes.txt": "comes" });
  await utimes(join(folder, "touched.txt"), 1000, 1000);
  await rm(join(folder, "goes.txt"));
  const transfer = await update(ana, collection);
  expect(transfer.files).toEqual({ done: 4, total: 4 });
  await untilRow(ben, collection, (it) => it.filesHere === 2);
  expect(stagesOf(pageOf(ben, collection))).toEqual({
    "changes.txt": "newer",
    "comes.txt": "away",
    "stays.txt": "here",
    "touched.txt": "here",
  });
  await download(ben, collection, at("downloads"));
  expect(await contentsOf(at("downloads", "Songs"))).toEqual({
    ...(await contentsOf(folder)),
    // Taken off the list; a copy that is kept stays.
    "goes.txt": Buffer.from("goes").toString("base64"),
  });
  const still = await stat(at("downloads", "Songs", "stays.txt"));
  expect([still.ino, still.mtimeMs]).toEqual([left.ino, left.mtimeMs]);
});

test("an update that finds nothing new writes nothing", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder);
  const before = await untilRow(ben, collection, (it) => it.files === 1);
  await update(ana, collection);
  const now = await untilRow(ana, collection, (it) => it.files === 1);
  expect(now.changedAt).toBe(before.changedAt);
});

test("cancelling the first reading takes everything back", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  await slowFile(join(folder, "slow.bin"));
  const { collection, transfer } = await startSharing(ana, folder);
  await untilTransfer(ana, transfer, ({ bytes }) => bytes.done > 1000);
  await untilRow(ben, collection, () => true);
  await ana.core.handlers.cancelTransfer({ transfer });
  await untilGone(ana, collection);
  await untilGone(ben, collection);
  expect(ana.core.states.transfers({}).peek()).toEqual([]);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("a reading that was interrupted goes on after a restart, without asking", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  await slowFile(join(folder, "slow.bin"));
  const { collection, transfer } = await startSharing(ana, folder);
  await untilTransfer(ana, transfer, ({ bytes }) => bytes.done > 1000);
  const again = await ana.restart();
  const running = await untilTransfer(again, transfer, () => true);
  expect(running.state.stage).toBe("running");
  await rm(join(folder, "slow.bin"));
  await untilDone(again, transfer);
  await untilRow(ben, collection, (it) => it.files === 2);
  expect([...ana.bugs, ...again.bugs]).toEqual([]);
});

test("a folder that goes away while it is read ends the reading and removes nothing", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  const collection = await share(ana, folder);
  await untilRow(ben, collection, (it) => it.files === 2);
  await slowFile(join(folder, "slow.bin"));
  const { transfer } = await ana.core.handlers.updateCollection({ collection });
  await untilTransfer(ana, transfer, ({ bytes }) => bytes.done > 1000);
  await rename(folder, at("elsewhere"));
  const ended = await untilTransfer(
    ana,
    transfer,
    ({ state }) => state.stage !== "running",
  );
  expect(ended.state).toEqual({ stage: "failed", problem: "folder-missing" });
  const row = await untilRow(ana, collection, (it) => it.folderMissing);
  expect(row.files).toBe(2);
  expect(pageOf(ben, collection).total).toBe(2);
  // The drive is plugged in again.
  await rm(at("elsewhere", "slow.bin"));
  await rename(at("elsewhere"), folder);
  await ana.core.handlers.retryTransfer({ transfer });
  await untilDone(ana, transfer);
  await untilRow(ana, collection, (it) => !it.folderMissing);
});

test("an empty folder where a drive was is not taken for a deletion", async () => {
  const { ana, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder);
  await untilRow(ana, collection, (it) => it.files === 1);
  await rename(folder, at("elsewhere"));
  await mkdir(folder);
  const { transfer } = await ana.core.handlers.updateCollection({ collection });
  const ended = await untilTransfer(
    ana,
    transfer,
    ({ state }) => state.stage !== "running",
  );
  expect(ended.state).toEqual({ stage: "failed", problem: "folder-missing" });
  await untilRow(ana, collection, (it) => it.files === 1);
});

test("what cannot be shared is left out by name", async () => {
  const { ana, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  await writeFile(at("secret.txt"), "not for others");
  await symlink(at("secret.txt"), join(folder, "link.txt"));
  await writeFile(join(folder, ".DS_Store"), "litter");
  const collection = await share(ana, folder);
  await untilRow(ana, collection, (it) => it.files === 1);
  const page = pageOf(ana, collection);
  expect(page.leftOut).toEqual([{ path: "link.txt", kind: "link" }]);
  expect(page.items.map((item) => item.path)).toEqual(["a.txt"]);
});

test.skipIf(process.platform !== "linux")(
  "a name that is no text is left out, and it is said why, when it comes later too",
  async () => {
    const { ana } = shares;
    const folder = await shares.folder("source", { "a.txt": "a" });
    const named = (name: string) =>
      Buffer.concat([
        Buffer.from(join(folder, name)),
        Buffer.from([0xe9]),
        Buffer.from(".txt"),
      ]);
    await writeFile(named("caf"), "coffee");
    const collection = await share(ana, folder);
    await untilRow(ana, collection, (it) => it.files === 1);
    expect(pageOf(ana, collection).leftOut).toEqual([
      { path: "caf\uFFFD.txt", kind: "name" },
    ]);
    await writeFile(named("th"), "tea");
    await update(ana, collection);
    expect(pageOf(ana, collection).leftOut).toEqual([
      { path: "caf\uFFFD.txt", kind: "name" },
      { path: "th\uFFFD.txt", kind: "name" },
    ]);
  },
);

test("a folder that is empty, gone or none is refused in words", async () => {
  const { ana } = shares;
  const folder = await shares.folder("empty", {});
  await expect(startSharing(ana, folder)).rejects.toMatchObject({
    code: "folder-empty",
  });
  const file = join(await shares.folder("source", { "a.txt": "a" }), "a.txt");
  await expect(startSharing(ana, file)).rejects.toMatchObject({
    code: "folder-unreadable",
  });
  const { grant } = await ana.core.grants.add(folder);
  await rm(folder, { recursive: true });
  await expect(
    ana.core.handlers.shareFolder({
      folder: grant,
      title: "",
      about: "",
      audience: { kind: "contacts" },
    }),
  ).rejects.toMatchObject({ code: "folder-missing" });
  expect(ana.core.states.collections({}).peek()).toEqual([]);
});

test("a reading can be paused and goes on", async () => {
  const { ana } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  await slowFile(join(folder, "slow.bin"));
  const { collection, transfer } = await startSharing(ana, folder);
  await untilTransfer(ana, transfer, ({ bytes }) => bytes.done > 1000);
  await ana.core.handlers.pauseTransfer({ transfer, paused: true });
  const paused = await untilTransfer(ana, transfer, () => true);
  expect(paused.state.stage).toBe("paused");
  expect(paused.speed).toBe(0);
  await rm(join(folder, "slow.bin"));
  await ana.core.handlers.pauseTransfer({ transfer, paused: false });
  await untilDone(ana, transfer);
  await untilRow(ana, collection, (it) => it.files === 1);
});
