import {
  mkdir,
  open,
  readdir,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { keyPairOf } from "#core/identity/device.ts";
import { seededRandom } from "#core/testing/seeded-random.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { untilTrue } from "#core/testing/until.ts";
import { createBarrier } from "./barrier.ts";
import { LogStore } from "./log-store.ts";

const WRITER = keyPairOf(seededRandom("writer").bytes(32));
const READ_KEY = Buffer.alloc(32, 1);

function isHandle(value: unknown): value is FileHandle {
  return typeof value === "object" && value !== null && "datasync" in value;
}

/** Stands in for the disk: `sync` decides what happens to each file that is synced. */
async function watchSyncs(sync: (inode: number) => Promise<void>) {
  const handle = await open(join(await tempFolder(), "any"), "w");
  const shared: unknown = Object.getPrototypeOf(handle);
  await handle.close();
  if (!isHandle(shared)) throw new Error("no handle");
  const spy = vi.spyOn(shared, "datasync").mockImplementation(async function (
    this: FileHandle,
  ) {
    await sync((await this.stat()).ino);
  });
  onTestFinished(() => {
    spy.mockRestore();
  });
}

async function databaseWith(...names: readonly string[]) {
  const folder = await tempFolder();
  await mkdir(join(folder, "db"));
  for (const name of names) await writeFile(join(folder, "db", name), name);
  return folder;
}

test("DU1: an append is confirmed only after its log file was synced", async () => {
  const folder = await tempFolder();
  const store = await LogStore.open(folder);
  onTestFinished(() => store.close());
  const log = await store.openOwn(WRITER, READ_KEY);
  const synced: number[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await watchSyncs(async (inode) => {
    synced.push(inode);
    await held;
  });
  let isConfirmed = false;
  const appending = log.append([Buffer.from("one")]).then(() => {
    isConfirmed = true;
  });
  await untilTrue(() => synced.length > 0);
  expect(log.length).toBe(1);
  expect(isConfirmed).toBe(false);
  release();
  await appending;
  const [only, ...more] = synced;
  expect(more).toEqual([]);
  const path = await currentLog(join(folder, "logs", "db"));
  expect(only).toBe((await stat(path)).ino);
});

async function currentLog(database: string): Promise<string> {
  const names = await readdir(database);
  const [log, ...more] = names.filter((name) => name.endsWith(".log"));
  if (log === undefined || more.length > 0) throw new Error(names.join());
  return join(database, log);
}

test("DU1: after a sync that failed nothing more is confirmed", async () => {
  const store = await LogStore.open(await tempFolder());
  onTestFinished(() => store.close());
  const log = await store.openOwn(WRITER, READ_KEY);
  await log.append([Buffer.from("one")]);
  let isBroken = true;
  await watchSyncs(() =>
    isBroken
      ? Promise.reject(Object.assign(new Error("EIO"), { code: "EIO" }))
      : Promise.resolve(),
  );
  await expect(log.append([Buffer.from("two")])).rejects.toThrow("EIO");
  isBroken = false;
  // What a failed sync dropped, a later one does not bring back.
  await expect(log.append([Buffer.from("three")])).rejects.toThrow("EIO");
});

test("DU1: calls that come together share one sync, which begins after them", async () => {
  const folder = await databaseWith("000004.log", "000005.sst", "CURRENT");
  const barrier = createBarrier(folder);
  let syncs = 0;
  await watchSyncs(() => {
    syncs += 1;
    return Promise.resolve();
  });
  const first = barrier();
  const together = Array.from({ length: 50 }, () => barrier());
  await Promise.all([first, ...together]);
  expect(syncs).toBe(2);
});

test("DU1: every log file there is gets synced; one that vanishes meanwhile does not matter", async () => {
  const folder = await databaseWith("000004.log", "000007.log");
  await symlink("gone", join(folder, "db", "000009.log"));
  const synced: number[] = [];
  await watchSyncs((inode) => {
    synced.push(inode);
    return Promise.resolve();
  });
  await createBarrier(folder)();
  const inodes = await Promise.all(
    ["000004.log", "000007.log"].map(
      async (name) => (await stat(join(folder, "db", name))).ino,
    ),
  );
  expect(new Set(synced)).toEqual(new Set(inodes));
});
