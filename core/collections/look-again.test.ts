import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Database } from "#core/storage/database.ts";
import {
  createShares,
  share,
  untilRow,
  update,
  writeFiles,
} from "#core/testing/shares.ts";
import type { Shares } from "#core/testing/shares.ts";

let shares: Shares;
beforeEach(async () => {
  shares = await createShares();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await shares.close();
});

const FILES = 1_200;

test("a second look at a large folder asks about many files at once, and still finds the one that changed", async () => {
  const { ana } = shares;
  const folder = await shares.folder(
    "source",
    Object.fromEntries(
      Array.from({ length: FILES }, (_, n) => [`f/${String(n)}.txt`, "same"]),
    ),
  );
  const collection = await share(ana, folder);
  await writeFiles(folder, { "f/700.txt": "another" });
  const questions = [
    vi.spyOn(Database.prototype, "get"),
    vi.spyOn(Database.prototype, "all"),
  ];
  await update(ana, collection);
  await untilRow(ana, collection, ({ bytes }) => bytes === (FILES - 1) * 4 + 7);
  const asked = questions.flatMap(({ mock }) => mock.calls.map(([sql]) => sql));
  const ofFiles = asked.filter((sql) =>
    /holdings|folder_files|collection_files|collection_entries/.test(sql),
  );
  // One by one it would be five for each.
  expect(ofFiles.length).toBeLessThan(FILES / 4);
});
