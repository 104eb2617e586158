import { mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Database } from "#core/storage/database.ts";
import { chunkSizeFor, hashChunk, rootOf } from "./chunks.ts";
import { HOLDINGS_MIGRATION } from "./holdings-tables.ts";
import { Holdings } from "./holdings.ts";
import type { NewHolding } from "./model.ts";

let folder = "";
let db: Database;
let holdings: Holdings;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdings-"));
  db = open();
  holdings = new Holdings(db);
});

afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

function open(): Database {
  return new Database(join(folder, "local.db"), {
    durable: true,
    migrations: [HOLDINGS_MIGRATION],
  });
}

/** A holding nobody has on disk; its list is made up from its content's name. */
function made(absolutePath: string, content: string, size = 10): NewHolding {
  const chunks = Math.max(1, Math.ceil(size / chunkSizeFor(size)));
  const list = Buffer.concat(
    Array.from({ length: chunks }, (_, index) =>
      hashChunk(Buffer.from(`${content} ${String(index)}`)),
    ),
  );
  return {
    holding: {
      absolutePath,
      root: rootOf(list),
      size,
      chunkSize: chunkSizeFor(size),
      mtimeMs: 1_700_000_000_123.456,
      origin: "mine",
    },
    list,
  };
}

async function onDisk(name: string, content: string): Promise<NewHolding> {
  const path = join(folder, name);
  await writeFile(path, content);
  const list = hashChunk(Buffer.from(content));
  return {
    holding: {
      absolutePath: path,
      root: rootOf(list),
      size: Buffer.byteLength(content),
      chunkSize: chunkSizeFor(0),
      mtimeMs: statSync(path).mtimeMs,
      origin: "theirs",
    },
    list,
  };
}

test("a holding is found by its content and by its path, also after opening again", async () => {
  const { holding, list } = made("/a/one", "one");
  holdings.add(holding, list);
  await db.close();
  db = open();
  holdings = new Holdings(db);
  expect(holdings.find(holding.root)).toEqual([
    { ...holding, changed: false, damaged: false },
  ]);
  expect(holdings.at("/a/one")).toEqual({
    ...holding,
    changed: false,
    damaged: false,
  });
  expect(holdings.has(holding.root)).toBe(true);
  expect(holdings.at("/a/two")).toBe(null);
  expect(holdings.has(made("/", "two").holding.root)).toBe(false);
});

test("FI9: the same content at two paths is one content, whose list is kept once", () => {
  const a = made("/a", "same", 600_000);
  const b = { ...a, holding: { ...a.holding, absolutePath: "/b" } };
  holdings.addMany([b, a]);
  expect(holdings.find(a.holding.root).map((it) => it.absolutePath)).toEqual([
    "/a",
    "/b",
  ]);
  expect(holdings.list(a.holding.root)?.equals(a.list)).toBe(true);
  holdings.remove("/a");
  expect(holdings.list(a.holding.root)?.equals(a.list)).toBe(true);
  holdings.remove("/b");
  expect(holdings.list(a.holding.root)).toBe(null);
  expect(holdings.find(a.holding.root)).toEqual([]);
});

test("a list of one is not kept; the longest list is", () => {
  const small = made("/small", "small", 256 * 1024);
  const large = made("/large", "large", 256 * 1024 ** 3);
  holdings.addMany([small, large]);
  expect(holdings.list(small.holding.root)).toBe(null);
  expect(holdings.list(large.holding.root)?.equals(large.list)).toBe(true);
  expect(holdings.at("/large")?.size).toBe(256 * 1024 ** 3);
});

test("new content at a known path takes the place of the old, list included", () => {
  const old = made("/a", "old", 600_000);
  const next = made("/a", "next", 700_000);
  holdings.add(old.holding, old.list);
  holdings.add(next.holding, next.list);
  expect(holdings.find(old.holding.root)).toEqual([]);
  expect(holdings.list(old.holding.root)).toBe(null);
  expect(holdings.at("/a")?.root).toBe(next.holding.root);
});

test("many are written whole or not at all", () => {
  const bad = made("/b", "b");
  expect(() => {
    holdings.addMany([
      made("/a", "a"),
      { ...bad, holding: { ...bad.holding, mtimeMs: Number.NaN } },
    ]);
  }).toThrow();
  expect(holdings.total()).toEqual({ files: 0, bytes: 0 });
});

test("FI3: a file that changed since it was hashed is noticed and answered no more", async () => {
  const { holding, list } = await onDisk("note.txt", "first");
  holdings.add(holding, list);
  expect(await holdings.verifyFresh(holding)).toBe("fresh");

  await utimes(holding.absolutePath, 1, 1);
  expect(await holdings.verifyFresh(holding)).toBe("changed");
  expect(holdings.find(holding.root)).toEqual([]);
  expect(holdings.has(holding.root)).toBe(false);
  expect(holdings.at(holding.absolutePath)?.changed).toBe(true);

  const again = await onDisk("note.txt", "second");
  holdings.add(again.holding, again.list);
  expect(holdings.find(again.holding.root)).toHaveLength(1);
  // A late answer about the old file says nothing about the new one.
  holdings.markChanged(holding);
  expect(holdings.find(again.holding.root)).toHaveLength(1);
});

test("FI3: a file that was replaced by a link is changed", async () => {
  const { holding, list } = await onDisk("a", "same bytes");
  const other = await onDisk("b", "same bytes");
  holdings.add(holding, list);
  await rm(holding.absolutePath);
  await symlink(other.holding.absolutePath, holding.absolutePath);
  expect(await holdings.verifyFresh(holding)).toBe("changed");
});

test("a file that cannot be seen now is missing, and is fresh again when it is back", async () => {
  const known = await onDisk("drive", "unplugged");
  const holding = { ...known.holding, mtimeMs: 1_000_000_000_000 };
  holdings.add(holding, known.list);
  await rm(holding.absolutePath);
  expect(await holdings.verifyFresh(holding)).toBe("missing");
  expect(holdings.find(holding.root)).toHaveLength(1);
  await writeFile(holding.absolutePath, "unplugged");
  await utimes(holding.absolutePath, 1_000_000_000, 1_000_000_000);
  expect(await holdings.verifyFresh(holding)).toBe("fresh");
});

test("a folder lists what is inside at any depth and nothing beside it", () => {
  const paths = ["/x/a", "/x/a/b", "/x/a b", "/x/a/c/d", "/x/ab", "/x/a.txt"];
  holdings.addMany(paths.map((path) => made(path, path)));
  const inside = (of: string) =>
    holdings.listOf(of).map((it) => it.absolutePath);
  expect(inside("/x/a")).toEqual(["/x/a/b", "/x/a/c/d"]);
  expect(inside("/x/a/")).toEqual(["/x/a/b", "/x/a/c/d"]);
  expect(inside("/")).toHaveLength(6);
  expect(holdings.total("/x/a")).toEqual({ files: 2, bytes: 20 });
  expect(holdings.total()).toEqual({ files: 6, bytes: 60 });
});

test("each change is told once, and nothing is told when nothing changed", () => {
  let told = 0;
  holdings.changes.subscribe(() => {
    told++;
  });
  const a = made("/a", "a");
  holdings.addMany([a, made("/b", "b")]);
  expect(told).toBe(1);
  holdings.markChanged(a.holding);
  holdings.markChanged(a.holding);
  expect(told).toBe(2);
  holdings.remove("/nothing");
  expect(told).toBe(2);
  holdings.removeMany(["/a", "/b"]);
  expect(told).toBe(3);
});

test("100,000 holdings are written and found quickly", () => {
  const news = Array.from({ length: 100_000 }, (_, index) =>
    made(
      `/home/folder ${String(index % 100)}/file ${String(index)}`,
      `${String(index)}`,
    ),
  );
  const start = performance.now();
  for (let at = 0; at < news.length; at += 1000)
    holdings.addMany(news.slice(at, at + 1000));
  const written = performance.now();
  for (const { holding } of news.slice(0, 10_000))
    expect(holdings.find(holding.root)).toHaveLength(1);
  const found = performance.now();
  expect(found - written).toBeLessThan(15_000);
  expect(holdings.listOf("/home/folder 7")).toHaveLength(1000);
  expect(holdings.total()).toEqual({ files: 100_000, bytes: 1_000_000 });
  const listed = performance.now();
  // Far above what it takes, so that a busy machine does not fail it.
  expect(written - start).toBeLessThan(15_000);
  expect(listed - found).toBeLessThan(2_000);
});

test("many looked up at once are answered as one by one, those not here too", () => {
  const [a, b, c, gone] = ["a", "b", "c", "gone"].map((it) => made(it, it));
  if (!a || !b || !c || !gone) throw new Error("made above");
  const twin = { ...a, holding: { ...a.holding, absolutePath: "Z" } };
  holdings.addMany([a, b, c, twin]);
  holdings.markChanged(c.holding);
  const roots = [a, b, c, gone].map(({ holding }) => holding.root);
  const alone = roots.map((root) => new Holdings(db).first(root));
  holdings.lookUp(roots);
  // What was looked up is remembered: the table is not asked again.
  db.run("DELETE FROM holdings");
  expect(roots.map((root) => holdings.first(root))).toEqual(alone);
  expect(alone.map((it) => it?.absolutePath)).toEqual([
    "Z",
    "b",
    undefined,
    undefined,
  ]);
});

test("which contents came, went or changed is told once, what they replaced among them", async () => {
  const [one, two] = [made("/a", "one"), made("/a", "two")];
  holdings.addMany([one]);
  expect(holdings.touched.take()).toEqual(new Set([one.holding.root]));
  await holdings.addManyInThread([two]);
  expect(holdings.touched.take()).toEqual(
    new Set([one.holding.root, two.holding.root]),
  );
  holdings.markChanged(two.holding);
  expect(holdings.touched.take()).toEqual(new Set([two.holding.root]));
  holdings.remove("/a");
  expect(holdings.touched.take()).toEqual(new Set([two.holding.root]));
  expect(holdings.touched.take()).toEqual(new Set());
});

test("files that have the size and time they were written down with are told together", () => {
  const a = made("/a", "one");
  const b = made("/b", "two");
  holdings.addMany([a, b]);
  const asked = [
    a.holding,
    { ...b.holding, mtimeMs: b.holding.mtimeMs + 0.001 },
    { ...a.holding, absolutePath: "/c" },
  ];
  expect([...holdings.asWritten(asked)]).toEqual([["/a", a.holding.root]]);
  holdings.markChanged(a.holding);
  expect([...holdings.asWritten(asked)]).toEqual([]);
});
