import { join } from "node:path";
import { expect, test } from "vitest";
import { hashChunk, rootOf } from "#core/files/chunks.ts";
import { Holdings, HOLDINGS_MIGRATION } from "#core/files/holdings.ts";
import type { Holding } from "#core/files/model.ts";
import { Database } from "#core/storage/database.ts";
import { UsedBytes } from "./used-bytes.ts";

test("files of others count, and mine do not, wherever they came from", async () => {
  const local = new Database(":memory:", {
    durable: false,
    migrations: [HOLDINGS_MIGRATION],
  });
  const holdings = new Holdings(local);
  const used = new UsedBytes(holdings, local, () => [
    join("/", "home", "mine"),
  ]);
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
  expect(used.now).toEqual({ theirs: 0, attachments: 0, mine: 0 });
  add("/downloads/a", 5, "theirs");
  add("/data/b", 20, "attachment");
  add("/home/mine/c", 100, "mine");
  add("/home/mine/d", 1_000, "theirs");
  add("/home/mineral/e", 7, "theirs");
  expect(used.now).toEqual({ theirs: 12, attachments: 20, mine: 1_100 });
  await used.close();
  await local.close();
});
