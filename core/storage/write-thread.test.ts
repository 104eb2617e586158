import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { Database, blob, int, text } from "./database.ts";

const TABLE = `CREATE TABLE notes (
  name TEXT PRIMARY KEY, at REAL NOT NULL, body BLOB) STRICT;`;
const INSERT = "INSERT INTO notes (name, at, body) VALUES (?, ?, ?)";
let db: Database;

beforeEach(async () => {
  const path = join(await tempFolder(), "notes.db");
  db = new Database(path, { durable: true, migrations: [TABLE] });
});
afterEach(() => db.close());

function names(): readonly string[] {
  return db.all("SELECT name FROM notes ORDER BY name", [], (row) =>
    text(row, "name"),
  );
}

test("DU1: what the thread wrote is there for everybody, to the last bit of a number", async () => {
  const at = 1_790_000_000_000 + 0.123_4;
  await db.writeInThread([
    { sql: INSERT, rows: [["a", at, null]] },
    { sql: INSERT, rows: [["b", 1, Buffer.from([0, 255, 7])]] },
  ]);
  expect(names()).toEqual(["a", "b"]);
  const found = db.get("SELECT at FROM notes WHERE name = 'a'", [], (row) =>
    int(row, "at"),
  );
  expect(found).toBe(at);
  const body = db.get("SELECT body FROM notes WHERE name = 'b'", [], (row) =>
    blob(row, "body"),
  );
  expect(body?.equals(Buffer.from([0, 255, 7]))).toBe(true);
});

test("a write that fails leaves nothing, and the next one works", async () => {
  const twice = {
    sql: INSERT,
    rows: ["a", "a"].map((name) => [name, 1, null]),
  };
  await expect(db.writeInThread([twice])).rejects.toThrow(/UNIQUE/);
  expect(names()).toEqual([]);
  await db.writeInThread([{ sql: INSERT, rows: [["c", 1, null]] }]);
  expect(names()).toEqual(["c"]);
});

test("both connections write at the same time", async () => {
  const writes = Array.from({ length: 20 }, (_, n) =>
    db.writeInThread([{ sql: INSERT, rows: [[`t${String(n)}`, n, null]] }]),
  );
  for (let n = 0; n < 20; n++) db.run(INSERT, [`m${String(n)}`, n, null]);
  await Promise.all(writes);
  expect(names()).toHaveLength(40);
});

test("of calls that are written together one fails by itself, and leaves nothing", async () => {
  const row = (name: string) => ({ sql: INSERT, rows: [[name, 1, null]] });
  // None is taken up before all are there: the thread begins with the first.
  const ends = await Promise.allSettled([
    db.writeInThread([row("a")]),
    db.writeInThread([row("b"), row("a")]),
    db.writeInThread([row("c")]),
  ]);
  expect(ends.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(names()).toEqual(["a", "c"]);
});
