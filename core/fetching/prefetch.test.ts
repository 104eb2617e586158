import { afterEach, beforeEach, expect, test } from "vitest";
import { FEED_MIGRATION } from "#core/feeds/feed-tables.ts";
import { Database, text } from "#core/storage/database.ts";
import { NAMED_MIGRATION } from "#core/files/named.ts";
import { WANTED } from "./prefetch.ts";

let index: Database;

beforeEach(() => {
  index = new Database(":memory:", {
    durable: false,
    migrations: [NAMED_MIGRATION, FEED_MIGRATION],
  });
});

afterEach(async () => {
  await index.close();
});

function name(subject: string, root: string): void {
  index.run(
    `INSERT INTO named (space, subject, root, name, size, chunk_size, media_type)
     VALUES ('s', ?, ?, 'a.jpg', 100, 262144, 'image/jpeg')`,
    [subject, root],
  );
}

test("what is brought unasked is looked for without going through the files of collections", () => {
  const steps = index.all(`EXPLAIN QUERY PLAN ${WANTED}`, [1_000], (row) =>
    text(row, "detail"),
  );
  expect(steps).toContain("SCAN named USING INDEX named_people");
  expect(steps.filter((step) => step.startsWith("SCAN"))).toHaveLength(1);
});

test("pictures of people are brought unasked, files of collections are not", () => {
  name("profile:ana", "portrait");
  name("file:album/1.jpg", "file");
  name("look:file:", "small");
  const wanted = index.all(WANTED, [1_000], (row) => text(row, "root"));
  expect(wanted).toEqual(["portrait"]);
});
