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
import type { SpaceId } from "#core/contract/ids.ts";
import type { WatchStage } from "#core/contract/watching-models.ts";
import {
  contentsOf,
  createShares,
  download,
  pageOf,
  share,
  untilRow,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { until } from "#core/testing/until.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

/** Waits until the folder of a collection stands so. */
async function untilStage(
  person: TestPerson,
  collection: SpaceId,
  stage: WatchStage["stage"],
): Promise<WatchStage> {
  const row = await untilRow(
    person,
    collection,
    (it) => it.watch?.stage.stage === stage,
  );
  if (row.watch === null) throw new Error("not watched");
  return row.watch.stage;
}

/** Waits until exactly these files are listed. */
async function untilListed(
  person: TestPerson,
  collection: SpaceId,
  paths: readonly string[],
): Promise<void> {
  const params = { collection, folder: "", search: "", first: 0, count: 500 };
  await until(
    person.core.states.collection(params),
    (page) =>
      page !== null &&
      page.items
        .map((item) => item.path)
        .sort()
        .join() === [...paths].sort().join(),
    { timeoutMs: 15_000 },
  );
}

test("a file saved into a shared folder shows up at the other person by itself; so do changes and removals", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  const collection = await share(ana, folder);
  await untilStage(ana, collection, "rests");
  await writeFile(join(folder, "new.txt"), "new");
  await untilStage(ana, collection, "pending");
  await untilListed(ben, collection, ["a.txt", "b.txt", "new.txt"]);
  await untilStage(ana, collection, "rests");
  await rm(join(folder, "b.txt"));
  await writeFile(join(folder, "a.txt"), "changed");
  await untilListed(ben, collection, ["a.txt", "new.txt"]);
  await download(ben, collection, at("downloads"));
  expect(await contentsOf(at("downloads", "Songs"))).toEqual(
    await contentsOf(folder),
  );
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("what changed while the app was closed is shared after the next start", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder);
  await untilStage(ana, collection, "rests");
  await ana.close();
  await writeFiles(folder, { "meanwhile.txt": "m" });
  const again = await ana.restart();
  await untilListed(ben, collection, ["a.txt", "meanwhile.txt"]);
  await untilStage(again, collection, "rests");
  await writeFiles(folder, { "later.txt": "l" });
  await untilListed(ben, collection, ["a.txt", "later.txt", "meanwhile.txt"]);
  expect([...ana.bugs, ...again.bugs]).toEqual([]);
});

test("with the switch off, changes wait until they are shared by hand", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder);
  const row = await untilRow(ana, collection, (it) => it.watch !== null);
  const excludes = row.watch?.excludes ?? {
    hidden: false,
    temporary: true,
    patterns: [],
  };
  const { handlers } = ana.core;
  await handlers.setFolderOptions({ collection, live: false, excludes });
  await writeFile(join(folder, "new.txt"), "new");
  await untilRow(ana, collection, (it) => it.watch?.live === false);
  await handlers.updateCollection({ collection });
  await untilListed(ben, collection, ["a.txt", "new.txt"]);
});

test("a folder that is taken away removes nothing, and goes on when it is back", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  const collection = await share(ana, folder);
  await untilStage(ana, collection, "rests");
  await rename(folder, at("elsewhere"));
  await untilStage(ana, collection, "missing");
  // As a drive leaves it behind.
  await mkdir(folder);
  await writeFile(at("elsewhere", "c.txt"), "c");
  expect(pageOf(ben, collection).total).toBe(2);
  await rm(folder, { recursive: true });
  await rename(at("elsewhere"), folder);
  await untilListed(ben, collection, ["a.txt", "b.txt", "c.txt"]);
  await untilStage(ana, collection, "rests");
  expect(ana.bugs).toEqual([]);
});

test("a folder that lies somewhere else now is found again; one with other files is refused", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "a", "b.txt": "b" });
  const collection = await share(ana, folder);
  await untilStage(ana, collection, "rests");
  await rename(folder, at("moved"));
  await untilStage(ana, collection, "missing");
  const other = await shares.folder("other", { "x.txt": "x" });
  const { grants, handlers } = ana.core;
  const wrong = await grants.add(other);
  await expect(
    handlers.findFolder({ collection, folder: wrong.grant }),
  ).rejects.toMatchObject({ code: "folder-other" });
  const right = await grants.add(at("moved"));
  await handlers.findFolder({ collection, folder: right.grant });
  await untilStage(ana, collection, "rests");
  await writeFile(at("moved", "c.txt"), "c");
  await untilListed(ben, collection, ["a.txt", "b.txt", "c.txt"]);
});

test("many files gone at once stay listed until the person says so", async () => {
  const { ana, ben } = shares;
  const names = Array.from({ length: 40 }, (_, n) => `${String(n)}.txt`);
  const folder = await shares.folder(
    "source",
    Object.fromEntries(names.map((name) => [name, name])),
  );
  const collection = await share(ana, folder);
  await untilStage(ana, collection, "rests");
  for (const name of names.slice(0, 30)) await rm(join(folder, name));
  expect(await untilStage(ana, collection, "asking")).toEqual({
    stage: "asking",
    gone: 30,
  });
  // What is new is shared all the same.
  await writeFile(join(folder, "new.txt"), "new");
  await untilListed(ben, collection, [...names, "new.txt"]);
  // Some come back by themselves.
  await writeFile(join(folder, "0.txt"), "0.txt");
  await untilRow(
    ana,
    collection,
    ({ watch }) => watch?.stage.stage === "asking" && watch.stage.gone === 29,
  );
  const again = await ana.restart();
  await untilStage(again, collection, "asking");
  await again.core.handlers.removeGone({ collection });
  await untilListed(ben, collection, ["0.txt", ...names.slice(30), "new.txt"]);
  await untilStage(again, collection, "rests");
});

test("another choice of what is left out takes files off the list, and brings them back", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", {
    "a.txt": "a",
    "b.log": "b",
    ".hidden": "h",
    "Report.tmp": "t",
  });
  const collection = await share(ana, folder);
  await untilListed(ben, collection, ["a.txt", "b.log", ".hidden"]);
  await untilStage(ana, collection, "rests");
  const { handlers } = ana.core;
  const excludes = { hidden: true, temporary: false, patterns: ["*.log"] };
  await handlers.setFolderOptions({ collection, live: true, excludes });
  await untilListed(ben, collection, ["a.txt", "Report.tmp"]);
  await writeFile(join(folder, "c.LOG"), "c");
  await writeFile(join(folder, "d.txt"), "d");
  await untilListed(ben, collection, ["a.txt", "d.txt", "Report.tmp"]);
  expect(await readFile(join(folder, "b.log"), "utf8")).toBe("b");
});

test("FI3: chosen files of a folder become a collection where they lie, and nothing else of it", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", {
    "a.txt": "a",
    "b.txt": "b",
    "c.txt": "c",
  });
  const before = await stat(join(folder, "a.txt"));
  const { grants, handlers } = ana.core;
  const chosen = [];
  for (const name of ["a.txt", "b.txt"])
    chosen.push((await grants.add(join(folder, name))).grant);
  const { collection } = await handlers.shareFiles({
    files: chosen,
    title: "Two",
    about: "",
    audience: { kind: "contacts" },
  });
  await untilListed(ben, collection, ["a.txt", "b.txt"]);
  await untilStage(ana, collection, "rests");
  await writeFile(join(folder, "d.txt"), "d");
  await writeFile(join(folder, "b.txt"), "b2");
  await untilRow(ben, collection, ({ bytes }) => bytes === 3);
  await untilListed(ben, collection, ["a.txt", "b.txt"]);
  expect((await stat(join(folder, "a.txt"))).ino).toBe(before.ino);
});

test("files are copied into the folder when that is asked for, and replace nothing", async () => {
  const { ana, ben, at } = shares;
  const folder = await shares.folder("source", { "a.txt": "mine" });
  const collection = await share(ana, folder);
  await shares.folder("other", {
    "a.txt": "other",
    "sub/b.txt": "b",
    "sub/.c.txt": "c",
  });
  const { grants, handlers } = ana.core;
  const file = await grants.add(at("other", "a.txt"));
  const sub = await grants.add(at("other", "sub"));
  const { copied } = await handlers.copyIntoFolder({
    collection,
    grants: [file.grant, sub.grant],
    excludes: { hidden: true, temporary: false, patterns: [] },
  });
  expect(copied).toBe(2);
  await untilListed(ben, collection, ["a.txt", "a (2).txt", "sub"]);
  expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("mine");
  expect(await readdir(join(folder, "sub"))).toEqual(["b.txt"]);
});
