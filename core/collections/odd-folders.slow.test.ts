import { execFileSync } from "node:child_process";
import { chmod, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SpaceId } from "#core/contract/ids.ts";
import {
  createShares,
  pageOf,
  share,
  untilRow,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until, untilTrue } from "#core/testing/until.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

const LONG = { timeoutMs: 25_000 };
const isLinux = process.platform === "linux";

async function untilRests(
  person: TestPerson,
  collection: SpaceId,
): Promise<void> {
  await untilRow(
    person,
    collection,
    ({ watch }) => watch?.stage.stage === "rests",
  );
}

const listOf = (person: TestPerson, collection: SpaceId, folder = ""): string =>
  pageOf(person, collection, folder)
    .items.map((item) => item.path)
    .sort()
    .join();

test("a folder inside a shared one is shared beside it, and letting one go leaves the other", async () => {
  const { ana, ben } = shares;
  const outer = await shares.folder("outer", { "a.txt": "a", "in/b.txt": "b" });
  const all = await share(ana, outer);
  const part = await share(ana, join(outer, "in"));
  await untilRests(ana, all);
  await untilRests(ana, part);
  await writeFile(join(outer, "in", "c.txt"), "c");
  await untilTrue(
    () => listOf(ben, part),
    (it) => it === "b.txt,c.txt",
    LONG,
  );
  await untilTrue(
    () => listOf(ben, all, "in"),
    (it) => it === "in/b.txt,in/c.txt",
    LONG,
  );
  await ana.core.handlers.removeCollection({ collection: all, removed: true });
  await writeFile(join(outer, "in", "d.txt"), "d");
  await untilTrue(
    () => listOf(ben, part),
    (it) => it === "b.txt,c.txt,d.txt",
    LONG,
  );
  await untilRow(ana, part, (row) => row.filesHere === 3);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test.runIf(isLinux)(
  "links, pipes and names that are no text come and go in a live folder, and nothing behind a link is shared",
  async () => {
    const { ana, ben, at } = shares;
    const folder = await shares.folder("source", {
      "a.txt": "a",
      "sub/b.txt": "b",
    });
    await shares.folder("outside", { "secret.txt": "secret" });
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const collection = await share(ana, folder);
    await untilRests(ana, collection);
    await symlink(at("outside"), join(folder, "link"));
    execFileSync("mkfifo", [join(folder, "later pipe")]);
    await writeFile(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff])]),
      "x",
    );
    // A folder is swapped for a link to another one.
    await rename(join(folder, "sub"), at("sub"));
    await symlink(at("outside"), join(folder, "sub"));
    await writeFile(join(folder, "c.txt"), "c");
    await writeFile(at("outside", "more.txt"), "more");
    await untilTrue(
      () => listOf(ben, collection),
      (it) => it === "a.txt,c.txt",
      LONG,
    );
    await untilRests(ana, collection);
    const { watch } = await untilRow(ana, collection, () => true);
    expect(watch?.everyMs).toBe(null);
    expect(pageOf(ana, collection).leftOut.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["link", "pipe", "sub"]),
    );
    expect(listOf(ben, collection)).toBe("a.txt,c.txt");
    expect(ana.bugs).toEqual([]);
  },
);

test("a file in the place of a folder, and a folder in the place of a file", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a/one.txt": "1", b: "file" });
  const collection = await share(ana, folder);
  await untilRests(ana, collection);
  await rm(join(folder, "a"), { recursive: true });
  await rm(join(folder, "b"));
  await writeFiles(folder, { a: "file now", "b/two.txt": "2" });
  await untilTrue(
    () => listOf(ben, collection),
    (it) => it === "a,b",
    LONG,
  );
  await untilTrue(
    () => listOf(ben, collection, "b"),
    (it) => it === "b/two.txt",
    LONG,
  );
  await untilRow(ben, collection, ({ files }) => files === 2);
});

test("this app's own data inside a shared folder stays out, also while it is written to", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", {
    "a.txt": "a",
    "data/commonplace.json": "{}",
    "data/vault.json": "{}",
    "data/local.db": "x",
  });
  const collection = await share(ana, folder);
  await untilRests(ana, collection);
  await writeFile(join(folder, "data", "local.db"), "y");
  await writeFile(join(folder, "data", "new.db"), "y");
  await writeFile(join(folder, "b.txt"), "b");
  await untilTrue(
    () => listOf(ben, collection),
    (it) => it === "a.txt,b.txt",
    LONG,
  );
  await untilRests(ana, collection);
  expect(listOf(ana, collection)).toBe("a.txt,b.txt");
});

test("a folder that may only be read is shared and watched like any other", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  await chmod(folder, 0o555);
  const collection = await share(ana, folder);
  await untilRests(ana, collection);
  await untilTrue(
    () => listOf(ben, collection),
    (it) => it === "a.txt",
    LONG,
  );
  await chmod(folder, 0o755);
  await writeFile(join(folder, "b.txt"), "b");
  await untilTrue(
    () => listOf(ben, collection),
    (it) => it === "a.txt,b.txt",
    LONG,
  );
});

test("a preview counts hidden and temporary files, lists what is left out, and ends when nobody looks", async () => {
  const { ana } = shares;
  const folder = await shares.folder("source", {
    "a.txt": "aa",
    ".hidden/b.txt": "bbb",
    "sub/.c": "c",
    "node_modules/x/y.js": "yyyy",
    "d.log": "dd",
    "~$a.docx": "",
  });
  await symlink("nowhere", join(folder, "link"));
  for (const empty of ["empty", "sub/empty/inside", ".hidden/empty"])
    await mkdir(join(folder, empty), { recursive: true });
  const { grant } = await ana.core.grants.add(folder);
  const excludes = { hidden: true, temporary: false, patterns: ["*.log"] };
  const state = ana.core.states.sharePreview({
    folder: { kind: "grant", grant },
    excludes,
  });
  const done = await until(state, (it) => it?.stage === "done");
  expect(done).toMatchObject({
    problem: null,
    shared: { files: 3, bytes: 6 },
    hidden: { files: 2, bytes: 4 },
    temporary: { files: 2, bytes: 4 },
    patterns: { files: 1, bytes: 2 },
    unshareable: 1,
    unnamed: 0,
    emptyFolders: 2,
    leaving: { files: 0 },
  });
  expect(
    done?.leftOut.map(({ path, kind }) => `${path} ${kind}`).sort(),
  ).toEqual([".hidden/ hidden", "d.log pattern", "link link", "sub/.c hidden"]);
  const collection = await share(ana, folder);
  await untilRests(ana, collection);
  const again = await until(
    ana.core.states.sharePreview({
      folder: { kind: "collection", collection },
      excludes,
    }),
    (it) => it?.stage === "done",
  );
  expect(again?.leaving).toEqual({
    files: 3,
    first: [".hidden/b.txt", "d.log", "sub/.c"],
  });
});

test("20,000 files that come at once are shared, and nothing stands still meanwhile", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder);
  await untilRests(ana, collection);
  const script = `
    const fs = require("node:fs");
    for (let n = 0; n < 20000; n++) {
      const folder = process.argv[1] + "/" + (n % 200);
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(folder + "/" + n, "x" + n);
    }`;
  execFileSync(process.execPath, ["-e", script, folder]);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  await until(
    ana.core.states.collections({}),
    (rows) =>
      rows.some((row) => row.collection === collection && row.files === 20_001),
    { timeoutMs: 120_000 },
  );
  delay.disable();
  await untilRow(
    ana,
    collection,
    ({ watch }) => watch?.stage.stage === "rests",
  );
  await until(
    ben.core.states.collections({}),
    (rows) =>
      rows.some((row) => row.collection === collection && row.files === 20_001),
    { timeoutMs: 60_000 },
  );
  expect(delay.max / 1e6).toBeLessThan(1_500);
  expect(ana.bugs).toEqual([]);
}, 200_000);
