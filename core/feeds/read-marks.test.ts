import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openIndex, openLocal } from "#core/storage/databases.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testPerson, testRef } from "#core/testing/test-ids.ts";
import { FOLD_MIGRATION } from "#core/spaces/fold.ts";
import { FEED_MIGRATION } from "./feed-tables.ts";
import { READ_MARKS_MIGRATION, ReadMarks } from "./read-marks.ts";

const ME = testPerson("ana");
const [ONE, TWO, THREE] = [1, 2, 3].map((at) => testRef("ben", at));

async function openMarks(folder: string, name = "index.db") {
  const local = openLocal(join(folder, "local.db"), [READ_MARKS_MIGRATION]);
  const index = openIndex(join(folder, name), [
    FOLD_MIGRATION,
    FEED_MIGRATION,
    READ_MARKS_MIGRATION,
  ]);
  onTestFinished(async () => {
    await local.close();
    await index.close();
  });
  for (const [at, ref] of [ONE, TWO, THREE].entries())
    index.run(
      `INSERT OR IGNORE INTO posts VALUES
         (?, '', '', ?, 'link', ?, 0, 0, '', '[]', '[]', '[]', 0, '[]', NULL, NULL)`,
      [ref ?? "", testPerson(at === 2 ? "ana" : "ben"), at],
    );
  return new ReadMarks(local, index);
}

function refs(...list: (typeof ONE)[]) {
  return list.filter((ref) => ref !== undefined);
}

test("what was read stays read, and only posts of others count", async () => {
  const marks = await openMarks(await tempFolder());
  expect(marks.unread(ME)).toEqual(refs(ONE, TWO));
  let changes = 0;
  marks.changed.subscribe(() => (changes += 1));
  marks.mark(refs(ONE, THREE), true);
  expect(marks.unread(ME)).toEqual(refs(TWO));
  marks.mark(refs(ONE), false);
  expect(marks.unread(ME)).toEqual(refs(ONE, TWO));
  marks.mark([], true);
  expect(changes).toBe(2);
});

test("marks are put into an index that was made anew", async () => {
  const folder = await tempFolder();
  const first = await openMarks(folder);
  first.mark(refs(ONE), true);
  const second = await openMarks(folder, "another.db");
  expect(second.unread(ME)).toEqual(refs(TWO));
});
