import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openLocal } from "#core/storage/databases.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testLog, testPerson, testRef } from "#core/testing/test-ids.ts";
import { COPIES_MIGRATION, Copies } from "./copies.ts";

test("a post is held by those whose copy of its log reaches past it", async () => {
  const path = join(await tempFolder(), "local.db");
  const local = openLocal(path, [COPIES_MIGRATION]);
  onTestFinished(() => local.close());
  const copies = new Copies(local);
  let changes = 0;
  copies.changed.subscribe(() => (changes += 1));
  const [ben, cleo] = [testPerson("ben"), testPerson("cleo")];
  const log = testLog("ana");
  copies.note(log, ben, 3);
  copies.note(log, cleo, 2);
  copies.note(testLog("other"), cleo, 9);
  expect(copies.holdersOf(testRef("ana", 1))).toEqual([ben, cleo].sort());
  expect(copies.holdersOf(testRef("ana", 2))).toEqual([ben]);
  expect(copies.holdersOf(testRef("ana", 3))).toEqual([]);
  // A disk that lost something says less than before, and is believed.
  copies.note(log, ben, 2);
  expect(copies.holdersOf(testRef("ana", 2))).toEqual([]);
  copies.note(log, ben, 2);
  expect(changes).toBe(4);
});
