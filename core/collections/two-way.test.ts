import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EntryRef, PersonId, SpaceId } from "#core/contract/ids.ts";
import type { FileVersions } from "#core/contract/version-models.ts";
import type { TestPerson } from "#core/testing/people.ts";
import { createShares, share, untilRow } from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until, untilTrue } from "#core/testing/until.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

function idOf(person: TestPerson): PersonId {
  const me = person.core.states.me({}).peek();
  if (me === null) throw new Error("nobody yet");
  return me.person;
}

function versionsOf(person: TestPerson, collection: SpaceId, path: string) {
  return person.core.states.versions({ collection, path });
}

/** Who shared what, newest first; what stands has a star. */
function told(versions: FileVersions | null): readonly string[] {
  return (versions?.versions ?? []).map(
    ({ person, content, isStanding }) =>
      `${person.name} ${content === null ? "removed" : String(content.size)}${isStanding ? " *" : ""}`,
  );
}

async function untilTold(
  person: TestPerson,
  collection: SpaceId,
  path: string,
  wanted: readonly string[],
): Promise<FileVersions> {
  const state = versionsOf(person, collection, path);
  const seen = await until(
    state,
    (it) => JSON.stringify(told(it)) === JSON.stringify(wanted),
    { timeoutMs: 15_000 },
  );
  if (seen === null) throw new Error("no versions");
  return seen;
}

function nth(versions: FileVersions | null, at: number): EntryRef {
  const version = versions?.versions[at]?.version;
  if (version === undefined) throw new Error("no such version");
  return version;
}

async function textsIn(folder: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of (await readdir(folder)).sort())
    if (!name.startsWith("."))
      texts[name] = await readFile(join(folder, name), "utf8");
  return texts;
}

async function untilTexts(
  folder: string,
  wanted: Record<string, string>,
): Promise<void> {
  await untilTrue(
    () => textsIn(folder).catch(() => ({})),
    (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
    { timeoutMs: 15_000 },
  );
}

/** Ana's collection, with Ben who may write and has a folder of his own for it. */
async function withWriter(files: Record<string, string>) {
  const { ana, ben } = shares;
  const source = await shares.folder("source", files);
  const collection = await share(ana, source);
  await ana.core.handlers.setWriters({ collection, people: [idOf(ben)] });
  await untilRow(ben, collection, (row) => row.mayWrite);
  const own = await joinWith(ben, collection, "bens");
  await untilTexts(own, files);
  return { ana, ben, collection, source, own };
}

async function joinWith(
  person: TestPerson,
  collection: SpaceId,
  name: string,
): Promise<string> {
  const folder = shares.at(name);
  await mkdir(folder);
  const { grant } = await person.core.grants.add(folder);
  await person.core.handlers.joinFolder({ collection, folder: grant });
  return folder;
}

test("SP5: whoever the owner lets write is told so, and no more when that is taken back", async () => {
  const { ana, ben } = shares;
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder);
  const before = await untilRow(ben, collection, (row) => row.files === 1);
  expect([before.mayWrite, before.writers]).toEqual([false, []]);
  await ana.core.handlers.setWriters({ collection, people: [idOf(ben)] });
  const now = await untilRow(ben, collection, (row) => row.mayWrite);
  expect(now.writers.map(({ name }) => name)).toEqual(["Ben"]);
  await ana.core.handlers.setWriters({ collection, people: [] });
  const later = await untilRow(ben, collection, (row) => !row.mayWrite);
  expect(later.writers).toEqual([]);
  await expect(
    ben.core.handlers.setWriters({ collection, people: [] }),
  ).rejects.toMatchObject({ code: "not-found" });
  const version = nth(versionsOf(ben, collection, "a.txt").peek(), 0);
  await expect(
    ben.core.handlers.putBack({ collection, path: "a.txt", version }),
  ).rejects.toMatchObject({ code: "may-not-write" });
  await expect(
    ben.core.handlers.joinFolder({ collection, folder: null }),
  ).rejects.toMatchObject({ code: "may-not-write" });
});

test("what a writer adds, changes and removes in a folder arrives with the owner, and the other way round", async () => {
  const { collection, source, own, ana, ben } = await withWriter({
    "a.txt": "one",
    "b.txt": "two",
  });
  await writeFile(join(own, "new.txt"), "from Ben");
  await writeFile(join(own, "a.txt"), "one, by Ben");
  const both = {
    "a.txt": "one, by Ben",
    "b.txt": "two",
    "new.txt": "from Ben",
  };
  await untilTexts(source, both);
  await untilTold(ana, collection, "a.txt", ["Ben 11 *", "Ana 3"]);
  await writeFile(join(source, "new.txt"), "from Ben, then Ana");
  await untilTexts(own, { ...both, "new.txt": "from Ben, then Ana" });
  // A removal is no command: what is here stays, and is not shared again.
  await rm(join(own, "b.txt"));
  await untilRow(ana, collection, (row) => row.files === 2);
  await untilRow(ben, collection, (row) => row.files === 2);
  expect(Object.keys(await textsIn(source))).toEqual([
    "a.txt",
    "b.txt",
    "new.txt",
  ]);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("every version of a file is listed, and an earlier one is put back for all, on the disk too", async () => {
  const { ana, ben, collection, source, own } = await withWriter({
    "a.txt": "one",
  });
  await writeFile(join(source, "a.txt"), "second");
  await untilTexts(own, { "a.txt": "second" });
  // Ana wrote over it herself; Ben's computer kept what it replaced.
  const seen = await untilTold(ana, collection, "a.txt", ["Ana 6 *", "Ana 3"]);
  await until(
    versionsOf(ana, collection, "a.txt"),
    (it) => {
      const state = it?.versions[1]?.content?.state;
      return state?.stage === "away" && state.holders.length === 1;
    },
    { timeoutMs: 15_000 },
  );
  await ana.core.handlers.putBack({
    collection,
    path: "a.txt",
    version: nth(seen, 1),
  });
  await untilTexts(source, { "a.txt": "one" });
  await untilTexts(own, { "a.txt": "one" });
  await untilTold(ben, collection, "a.txt", ["Ana 3 *", "Ana 6", "Ana 3"]);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("EN5: two who change one file while apart both see two versions; settling them on one side settles them for all", async () => {
  const { ana, ben, collection, source, own } = await withWriter({
    "plan.txt": "plan",
  });
  const cem = await shares.people.add("Cem");
  await shares.people.befriend(ana, cem);
  await untilRow(cem, collection, (row) => row.files === 1);
  await ana.core.handlers.setWriters({
    collection,
    people: [idOf(ben), idOf(cem)],
  });
  await untilRow(cem, collection, (row) => row.mayWrite);
  const cems = await joinWith(cem, collection, "cems");
  await untilTexts(cems, { "plan.txt": "plan" });
  // Ben works on while his app is closed; Cem's change goes out meanwhile.
  await ben.close();
  await writeFile(join(own, "plan.txt"), "plan of Ben");
  await writeFile(join(cems, "plan.txt"), "plan of Cem!");
  await untilTexts(source, { "plan.txt": "plan of Cem!" });
  const again = await ben.restart();
  const clash = (it: FileVersions | null) =>
    it?.versions.filter(({ isStanding }) => isStanding).length === 2;
  for (const person of [ana, again, cem])
    await until(versionsOf(person, collection, "plan.txt"), clash, {
      timeoutMs: 15_000,
    });
  // Neither takes the other's place on any disk.
  const names = async (folder: string): Promise<readonly string[]> =>
    Object.entries(await textsIn(folder)).map(
      ([name, text]) => `${name.replace(/\d+ \w+ \d+\.\d+/, "then")}: ${text}`,
    );
  const untilNames = (folder: string, wanted: readonly string[]) =>
    untilTrue(
      () => names(folder),
      (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
      { timeoutMs: 15_000 },
    );
  await untilNames(own, [
    "plan (Cem, then).txt: plan of Cem!",
    "plan.txt: plan of Ben",
  ]);
  await untilNames(cems, [
    "plan (Ben, then).txt: plan of Ben",
    "plan.txt: plan of Cem!",
  ]);
  const bens = versionsOf(again, collection, "plan.txt").peek();
  const mine = bens?.versions.find(
    ({ isStanding, person }) => isStanding && person.isMe,
  );
  if (mine === undefined) throw new Error("no version of Ben's");
  await again.core.handlers.resolveVersions({
    collection,
    path: "plan.txt",
    keep: { kind: "version", version: mine.version },
  });
  for (const folder of [source, own, cems])
    await untilNames(folder, ["plan.txt: plan of Ben"]);
  for (const person of [ana, again, cem]) {
    const row = await untilRow(person, collection, (it) => it.files === 1);
    expect(row.files).toBe(1);
    expect(person.bugs).toEqual([]);
  }
});
