import { join } from "node:path";
import { expect, test } from "vitest";
import { hashChunk, rootOf } from "#core/files/chunks.ts";
import { HOLDINGS_MIGRATION } from "#core/files/holdings-tables.ts";
import { Holdings } from "#core/files/holdings.ts";
import type { Holding } from "#core/files/model.ts";
import { Database } from "#core/storage/database.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { UsedBytes } from "./used-bytes.ts";

test("files of others count, and mine do not, wherever they came from", async () => {
  const local = new Database(":memory:", {
    durable: false,
    migrations: [HOLDINGS_MIGRATION],
  });
  const holdings = new Holdings(local);
  const clock = createManualClock();
  const mine = join("/", "home", "mine");
  const used = new UsedBytes(holdings, local, () => [mine], clock);
  const add = (path: string, size: number, origin: Holding["origin"]): void => {
    const root = rootOf(hashChunk(Buffer.from(path)));
    holdings.add(
      {
        root,
        size,
        chunkSize: 262_144,
        absolutePath: path,
        mtimeMs: 1,
        origin,
      },
      Buffer.alloc(0),
    );
  };
  expect(used.now).toEqual({
    theirs: 0,
    attachments: 0,
    versions: 0,
    mine: 0,
  });
  add("/downloads/a", 5, "theirs");
  add("/data/b", 20, "attachment");
  add("/data/versions/v", 40, "version");
  add("/home/mine/c", 100, "mine");
  add("/home/mine/d", 1_000, "theirs");
  add("/home/mineral/e", 7, "theirs");
  expect(used.now).toEqual({
    theirs: 12,
    attachments: 20,
    versions: 40,
    mine: 1_100,
  });
  await used.close();
  await local.close();
});

test("while files come they are counted now and then, and what went is not counted", async () => {
  const local = new Database(":memory:", {
    durable: false,
    migrations: [HOLDINGS_MIGRATION],
  });
  const holdings = new Holdings(local);
  // Each look at this clock takes a second: so does counting.
  let now = 0;
  const clock = { monotonic: () => (now += 1_000) };
  const used = new UsedBytes(holdings, local, () => [], clock);
  const add = (path: string): void => {
    const root = rootOf(hashChunk(Buffer.from(path)));
    const facts = { root, size: 5, chunkSize: 262_144, mtimeMs: 1 };
    holdings.add(
      { ...facts, absolutePath: path, origin: "theirs" },
      Buffer.alloc(0),
    );
  };
  add("/a");
  expect(used.now.theirs).toBe(5);
  add("/b");
  expect(used.now.theirs).toBe(5);
  now += 20_000;
  expect(used.now.theirs).toBe(10);
  holdings.remove("/a");
  expect(used.now.theirs).toBe(5);
  await used.close();
  await local.close();
});
