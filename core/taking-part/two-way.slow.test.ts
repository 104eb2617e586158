import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EntryRef } from "#core/contract/ids.ts";
import type { FileVersions } from "#core/contract/version-models.ts";
import { createShares, share, untilRow } from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until } from "#core/testing/until.ts";
import {
  apart,
  idOf,
  joinWith,
  textsIn,
  untilStanding,
  untilTexts,
  untilTold,
  versionsOf,
  withWriter,
} from "#core/testing/writers.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

function nth(versions: FileVersions | null, at: number): EntryRef {
  const version = versions?.versions[at]?.version;
  if (version === undefined) throw new Error("no such version");
  return version;
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
  const { collection, source, own, ana, ben } = await withWriter(shares, {
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
  const { ana, ben, collection, source, own } = await withWriter(shares, {
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
  const { ana, ben, collection, source, own } = await withWriter(shares, {
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
  const cems = await joinWith(shares, cem, collection, "cems");
  await untilTexts(cems, { "plan.txt": "plan" });
  // Ben works on while his app is closed; Cem's change goes out meanwhile.
  await ben.close();
  await writeFile(join(own, "plan.txt"), "plan of Ben");
  await writeFile(join(cems, "plan.txt"), "plan of Cem!");
  await untilTexts(source, { "plan.txt": "plan of Cem!" });
  const again = await ben.restart();
  for (const person of [ana, again, cem])
    await untilStanding(person, collection, "plan.txt", 2);
  // Neither takes the other's place on any disk.
  await untilTexts(own, {
    "plan (Cem, then).txt": "plan of Cem!",
    "plan.txt": "plan of Ben",
  });
  await untilTexts(cems, {
    "plan (Ben, then).txt": "plan of Ben",
    "plan.txt": "plan of Cem!",
  });
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
    await untilTexts(folder, { "plan.txt": "plan of Ben" });
  for (const person of [ana, again, cem]) {
    const row = await untilRow(person, collection, (it) => it.files === 1);
    expect(row.files).toBe(1);
    expect(person.bugs).toEqual([]);
  }
});

test("EN5: both are kept under names of their own, and that is undone with one call", async () => {
  const { ana, ben, collection, source, own } = await apart(shares);
  const both = {
    "plan (Ana, then).txt": "plan of Ana!",
    "plan.txt": "plan of Ben",
  };
  await untilTexts(own, both);
  const done = await ben.core.handlers.resolveVersions({
    collection,
    path: "plan.txt",
    keep: { kind: "both" },
  });
  expect(done.added).toHaveLength(1);
  for (const person of [ana, ben]) {
    await untilStanding(person, collection, "plan.txt", 1);
    await untilRow(person, collection, (row) => row.files === 2);
  }
  for (const folder of [source, own]) await untilTexts(folder, both);
  await ben.core.handlers.reopenVersions({
    collection,
    path: "plan.txt",
    ...done,
  });
  for (const person of [ana, ben]) {
    await untilStanding(person, collection, "plan.txt", 2);
    await untilRow(person, collection, (row) => row.files === 1);
    expect(person.bugs).toEqual([]);
  }
});

test("EN5: undoing a settlement at once, or after the other's lay there, gives one's own version its place back", async () => {
  const { ana, ben, collection, source, own } = await apart(shares);
  const anas = {
    "plan (Ben, then).txt": "plan of Ben",
    "plan.txt": "plan of Ana!",
  };
  const bens = {
    "plan (Ana, then).txt": "plan of Ana!",
    "plan.txt": "plan of Ben",
  };
  await untilTexts(source, anas);
  await untilTexts(own, bens);

  async function settleForBens() {
    const seen = await untilStanding(ana, collection, "plan.txt", 2);
    const his = seen.versions.find(
      ({ isStanding, person }) => isStanding && !person.isMe,
    );
    if (his === undefined) throw new Error("no version of Ben's");
    return await ana.core.handlers.resolveVersions({
      collection,
      path: "plan.txt",
      keep: { kind: "version", version: his.version },
    });
  }

  for (const isAtOnce of [false, true]) {
    const done = await settleForBens();
    if (!isAtOnce)
      for (const folder of [source, own])
        await untilTexts(folder, { "plan.txt": "plan of Ben" });
    await ana.core.handlers.reopenVersions({
      collection,
      path: "plan.txt",
      ...done,
    });
    for (const person of [ana, ben])
      await untilStanding(person, collection, "plan.txt", 2);
    await untilTexts(source, anas);
    await untilTexts(own, bens);
  }
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("EN5: where one's own was chosen, undoing that gives the other theirs back on their disk", async () => {
  const { ana, ben, collection, source, own } = await apart(shares);
  const seen = versionsOf(ana, collection, "plan.txt").peek();
  const mine = seen?.versions.find(
    ({ isStanding, person }) => isStanding && person.isMe,
  );
  if (mine === undefined) throw new Error("no version of Ana's");
  const done = await ana.core.handlers.resolveVersions({
    collection,
    path: "plan.txt",
    keep: { kind: "version", version: mine.version },
  });
  for (const folder of [source, own])
    await untilTexts(folder, { "plan.txt": "plan of Ana!" });
  await ana.core.handlers.reopenVersions({
    collection,
    path: "plan.txt",
    ...done,
  });
  await untilTexts(own, {
    "plan (Ana, then).txt": "plan of Ana!",
    "plan.txt": "plan of Ben",
  });
  await untilTexts(source, {
    "plan (Ben, then).txt": "plan of Ben",
    "plan.txt": "plan of Ana!",
  });
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("EN5: what was changed between settling and undoing stays as it is", async () => {
  const { ana, collection, source } = await apart(shares);
  const seen = versionsOf(ana, collection, "plan.txt").peek();
  const his = seen?.versions.find(
    ({ isStanding, person }) => isStanding && !person.isMe,
  );
  if (his === undefined) throw new Error("no version of Ben's");
  const done = await ana.core.handlers.resolveVersions({
    collection,
    path: "plan.txt",
    keep: { kind: "version", version: his.version },
  });
  await untilTexts(source, { "plan.txt": "plan of Ben" });
  await writeFile(join(source, "plan.txt"), "Ben's, and Ana went on");
  await ana.core.handlers.reopenVersions({
    collection,
    path: "plan.txt",
    ...done,
  });
  await until(
    versionsOf(ana, collection, "plan.txt"),
    (it) => it?.versions[0]?.content?.size === 22,
    { timeoutMs: 20_000 },
  );
  expect((await textsIn(source))["plan.txt"]).toBe("Ben's, and Ana went on");
  expect(ana.bugs).toEqual([]);
});

test("EN5: a change against a removal stays in sight, and either is chosen", async () => {
  const { ana, ben, collection, source, own } = await withWriter(shares, {
    "plan.txt": "plan",
    "other.txt": "other",
  });
  await ben.close();
  await writeFile(join(own, "plan.txt"), "plan of Ben");
  await rm(join(source, "plan.txt"));
  await untilRow(ana, collection, (row) => row.files === 1);
  const again = await ben.restart();
  await untilTold(ana, collection, "plan.txt", [
    "Ben 11 *",
    "Ana removed *",
    "Ana 4",
  ]);
  await untilTexts(source, { "other.txt": "other", "plan.txt": "plan of Ben" });
  await ana.core.handlers.resolveVersions({
    collection,
    path: "plan.txt",
    keep: { kind: "removal" },
  });
  await untilRow(again, collection, (row) => row.files === 1);
  // A copy that is kept cannot be recalled.
  expect(await textsIn(own)).toEqual({
    "other.txt": "other",
    "plan.txt": "plan of Ben",
  });
});

test("SP5: what was written after the right to write was taken back counts for nobody", async () => {
  const { ana, ben, collection, source, own } = await withWriter(shares, {
    "a.txt": "one",
  });
  await writeFile(join(own, "b.txt"), "in time");
  await untilTexts(source, { "a.txt": "one", "b.txt": "in time" });
  // Ben does not hear of it, and goes on.
  shares.people.hub.cut("Ana", "Ben");
  await ana.core.handlers.setWriters({ collection, people: [] });
  await writeFile(join(own, "c.txt"), "too late");
  await untilRow(ben, collection, (row) => row.files === 3);
  shares.people.hub.heal("Ana", "Ben");
  const row = await untilRow(ben, collection, (it) => !it.mayWrite);
  expect(row.files).toBe(2);
  await untilRow(ana, collection, (it) => it.files === 2);
  expect(Object.keys(await textsIn(source))).toEqual(["a.txt", "b.txt"]);
  // The file itself is Ben's, and stays where it is.
  expect(Object.keys(await textsIn(own))).toContain("c.txt");
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});
