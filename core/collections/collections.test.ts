import { afterEach, beforeEach, expect, test } from "vitest";
import {
  contentsOf,
  createShares,
  download,
  pageOf,
  share,
  shareSource,
  untilGone,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import { until } from "#core/testing/until.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

test("a shared folder is listed by contacts and downloaded whole, byte for byte", async () => {
  const { ana, ben, at } = shares;
  const big = Buffer.alloc(1_500_000, "song ");
  const folder = await shares.folder("source", {
    "a.txt": "alpha",
    "deep/er/b.txt": "beta",
    "deep/same.txt": "alpha",
    "big.bin": big,
    "also big.bin": big,
    empty: "",
  });
  const collection = await share(ana, folder);
  const row = await untilRow(ben, collection, (it) => it.files === 6);
  expect({ ...row, owner: row.owner.name, changedAt: 0 }).toMatchObject({
    collection,
    title: "Songs",
    about: "What we sing",
    owner: "Ana",
    mine: false,
    audience: null,
    files: 6,
    bytes: 14 + 2 * big.length,
    filesHere: 0,
    bytesHere: 0,
    changedAt: 0,
    folderMissing: false,
    folderName: null,
  });
  const transfer = await download(ben, collection, at("downloads"));
  expect(transfer).toMatchObject({
    direction: "receiving",
    title: "Songs",
    files: { done: 6, total: 6 },
    bytes: { done: 14 + 2 * big.length, total: 14 + 2 * big.length },
  });
  expect(await contentsOf(at("downloads", "Songs"))).toEqual(
    await contentsOf(folder),
  );
  await untilRow(ben, collection, (it) => it.filesHere === 6);
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("one file, several, or a folder can be chosen", async () => {
  const { ben, at } = shares;
  const { collection } = await shareSource(shares, {
    "a.txt": "a",
    "b.txt": "b",
    "in/c.txt": "c",
    "in/der/d.txt": "d",
    "other/e.txt": "e",
  });
  const transfer = await download(ben, collection, at("downloads"), [
    "b.txt",
    "in",
    "in/c.txt",
  ]);
  expect(transfer.files).toEqual({ done: 3, total: 3 });
  expect(Object.keys(await contentsOf(at("downloads", "Songs")))).toEqual([
    "b.txt",
    "in/c.txt",
    "in/der/d.txt",
  ]);
});

test("a page lists folders first, in the order people count, and finds names without accents", async () => {
  const { ana } = shares;
  const folder = await shares.folder("source", {
    "zz/x.txt": "x",
    "part 10.txt": "ten",
    "Part 2.txt": "two",
    "zz/Été.txt": "summer",
  });
  const collection = await share(ana, folder);
  await untilRow(ana, collection, (it) => it.files === 4);
  const page = pageOf(ana, collection);
  expect(page.items.map((item) => item.path)).toEqual([
    "zz",
    "Part 2.txt",
    "part 10.txt",
  ]);
  expect(page.items[0]).toMatchObject({ files: 2, bytes: 7, filesHere: 2 });
  const params = { collection, folder: "", search: "", first: 1, count: 1 };
  const window = ana.core.states.collection(params).peek();
  expect(window?.total).toBe(3);
  expect(window?.items.map((item) => item.path)).toEqual(["Part 2.txt"]);
  expect(
    pageOf(ana, collection, "", "ete").items.map((item) => item.path),
  ).toEqual(["zz/Été.txt"]);
});

test("only chosen contacts see what was shared with them", async () => {
  const { ana, ben, people } = shares;
  const cem = await people.add("Cem");
  await people.befriend(ana, cem);
  const [person] = ana.core.states
    .contacts({})
    .peek()
    .filter(({ name }) => name === "Cem")
    .map((contact) => contact.person);
  if (person === undefined) throw new Error("Cem is no contact");
  const folder = await shares.folder("source", { "a.txt": "a" });
  const chosen = await share(ana, folder, { kind: "chosen", people: [person] });
  const all = await share(ana, folder);
  await untilRow(cem, chosen, (it) => it.files === 1);
  await untilRow(ben, all, (it) => it.files === 1);
  expect(
    ben.core.states
      .collections({})
      .peek()
      .map((row) => row.collection),
  ).toEqual([all]);
  expect(
    ana.core.states
      .collections({})
      .peek()
      .find((row) => row.collection === chosen)?.audience,
  ).toMatchObject({ kind: "chosen", people: [{ name: "Cem" }] });
});

test("SP8: whoever opens the link of a collection can read it", async () => {
  const { ana, people, at } = shares;
  const cem = await people.add("Cem");
  const folder = await shares.folder("source", { "a.txt": "a" });
  const collection = await share(ana, folder, { kind: "link" });
  const { link } = await ana.core.handlers.collectionLink({ collection });
  expect(await cem.core.handlers.readLink({ link })).toMatchObject({
    kind: "collection",
    collection,
    title: "Songs",
    known: false,
  });
  await cem.core.handlers.openLink({ link });
  expect(
    cem.core.states
      .collections({})
      .peek()
      .map(({ title }) => title),
  ).toEqual(["Songs"]);
  await untilRow(cem, collection, (it) => it.files === 1);
  await download(cem, collection, at("cem"));
  expect(Object.keys(await contentsOf(at("cem", "Songs")))).toEqual(["a.txt"]);
});

test("a collection taken off the list goes from others' lists too, and comes back when that is undone", async () => {
  const { ana, ben, at } = shares;
  const { collection } = await shareSource(shares, { "a.txt": "a" });
  await download(ben, collection, at("downloads"));
  await ana.core.handlers.removeCollection({ collection, removed: true });
  await untilGone(ana, collection);
  await untilGone(ben, collection);
  // What Ben has stays his.
  expect(Object.keys(await contentsOf(at("downloads")))).toEqual([
    "Songs/a.txt",
  ]);
  await ana.core.handlers.removeCollection({ collection, removed: false });
  await untilRow(ana, collection, (it) => it.files === 1);
  await untilRow(ben, collection, (it) => it.files === 1 && it.filesHere === 1);
});

test("a collection of others that I take off my list stays off, whoever offers it", async () => {
  const { ana, ben } = shares;
  const { folder, collection } = await shareSource(shares, { "a.txt": "a" });
  await ben.core.handlers.removeCollection({ collection, removed: true });
  await untilGone(ben, collection);
  const other = await share(ana, folder);
  await untilRow(ben, other, (it) => it.files === 1);
  const again = await ben.restart();
  await untilRow(again, other, (it) => it.files === 1);
  expect(again.core.states.collections({}).peek()).toHaveLength(1);
  await again.core.handlers.removeCollection({ collection, removed: false });
  await untilRow(again, collection, (it) => it.files === 1);
});

test("others learn who has a file they could fetch", async () => {
  const { ben } = shares;
  const { collection } = await shareSource(shares, { "a.txt": "a" });
  const params = { collection, folder: "", search: "", first: 0, count: 10 };
  const page = await until(ben.core.states.collection(params), (it) => {
    const [item] = it?.items ?? [];
    return item?.kind === "file" && item.state.stage === "away"
      ? item.state.holders.length > 0
      : false;
  });
  expect(page?.items[0]).toMatchObject({
    state: { stage: "away", holders: [{ name: "Ana" }] },
  });
});
