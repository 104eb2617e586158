import { readFile, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  contentsOf,
  createShares,
  download,
  shareSource,
  untilRow,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";
import type { TestPerson } from "#core/testing/people.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(() => shares.close());

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const granted = async (person: TestPerson, path: string) =>
  (await person.core.grants.add(path)).grant;

test("copies of what is here go where the person chose, and replace nothing", async () => {
  const { ana, ben, at } = shares;
  const { collection } = await shareSource(shares, {
    "a.txt": "mine",
    "in/b.txt": "b",
    "in/deep/c.txt": "c",
    "con:d.txt": "d",
  });
  await untilRow(ben, collection, (it) => it.files === 4);
  await download(ben, collection, at("downloads"), ["a.txt", "in/b.txt"]);
  const place = await shares.folder("place", { "a.txt": "other", "in/x": "x" });
  const folder = await granted(ben, place);

  const save = (paths: readonly string[]) =>
    ben.core.handlers.saveCopies({ collection, paths, folder });
  // What comes with its folder comes once; what is not here is told.
  expect(await save(["a.txt", "in", "in/b.txt"])).toEqual({
    saved: 2,
    away: 1,
  });
  expect(await contentsOf(place)).toEqual({
    "a.txt": base64("other"),
    "a (2).txt": base64("mine"),
    "in/x": base64("x"),
    "in (2)/b.txt": base64("b"),
  });
  await rm(at("place"), { recursive: true });
  await expect(save(["a.txt"])).rejects.toMatchObject({
    code: "folder-missing",
  });
  expect([...ana.bugs, ...ben.bugs]).toEqual([]);
});

test("a copy of an own collection is made of the files as they lie in its folder", async () => {
  const { ana, at } = shares;
  const { collection } = await shareSource(shares, { "a.txt": "a" });
  const place = await shares.folder("place", {});
  const folder = await granted(ana, place);
  const paths = [""];
  await ana.core.handlers.saveCopies({ collection, paths, folder });
  expect(await readFile(at("place", "Songs", "a.txt"), "utf8")).toBe("a");
  // A copy is a file of its own.
  await writeFile(at("place", "Songs", "a.txt"), "changed");
  await ana.core.handlers.saveCopies({ collection, paths, folder });
  expect(await contentsOf(place)).toEqual({
    "Songs/a.txt": base64("changed"),
    "Songs (2)/a.txt": base64("a"),
  });
  await expect(
    ana.core.handlers.saveCopies({ collection, paths: ["none"], folder }),
  ).rejects.toMatchObject({ code: "not-found" });
});
