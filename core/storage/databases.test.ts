import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { Database, int, text } from "./database.ts";
import { openIndex, openLocal } from "./databases.ts";

const FOLDED = "CREATE TABLE folded (log TEXT PRIMARY KEY) STRICT;";
const NOTES = "CREATE TABLE notes (body TEXT NOT NULL) STRICT;";

function logsOf(database: Database): readonly string[] {
  return database.all("SELECT log FROM folded ORDER BY log", [], (row) =>
    text(row, "log"),
  );
}

/** An index with one row in it, closed again. */
async function indexWithRow(migrations: readonly string[]): Promise<string> {
  const path = join(await tempFolder(), "index.db");
  const index = openIndex(path, migrations);
  index.run("INSERT INTO folded (log) VALUES ('a')");
  await index.close();
  return path;
}

test("an index of the same shape is kept", async () => {
  const path = await indexWithRow([FOLDED, NOTES]);
  const index = openIndex(path, [FOLDED, NOTES]);
  expect(logsOf(index)).toEqual(["a"]);
  await index.close();
});

test.each([
  ["one table more", [FOLDED, NOTES, "CREATE TABLE more (n INTEGER) STRICT;"]],
  ["one table less", [FOLDED]],
  ["a column more", [FOLDED, NOTES.replace("body", "at INTEGER, body")]],
])("EN4: an index with %s than now is made anew", async (_, migrations) => {
  const path = await indexWithRow([FOLDED, NOTES]);
  const index = openIndex(path, migrations);
  expect(logsOf(index)).toEqual([]);
  index.run("INSERT INTO folded (log) VALUES ('b')");
  await index.close();
  const again = openIndex(path, migrations);
  expect(logsOf(again)).toEqual(["b"]);
  await again.close();
});

test.each(["index.db", "index.db-wal"])(
  "EN4: an index whose %s is damaged is made anew",
  async (name) => {
    const path = await indexWithRow([FOLDED]);
    await writeFile(join(path, "..", name), Buffer.alloc(20_000, 0x5a));
    const index = openIndex(path, [FOLDED]);
    // A write-ahead log that makes no sense may be passed over: the rows were safe.
    expect([[], ["a"]]).toContainEqual(logsOf(index));
    index.run("INSERT INTO folded (log) VALUES ('b')");
    await index.close();
  },
);

test("the local database is never thrown away: a newer one is refused as it is", async () => {
  const path = join(await tempFolder(), "local.db");
  const newer = openLocal(path, [NOTES, FOLDED]);
  newer.run("INSERT INTO notes (body) VALUES ('kept')");
  await newer.close();
  expect(() => openLocal(path, [NOTES])).toThrow(
    expect.objectContaining({ code: "store-newer", details: { version: 2 } }),
  );
  const again = openLocal(path, [NOTES, FOLDED]);
  expect(
    again.all("SELECT body FROM notes", [], (row) => text(row, "body")),
  ).toEqual(["kept"]);
  await again.close();
});

test("a local database that is damaged says so and stays where it is", async () => {
  const path = join(await tempFolder(), "local.db");
  await writeFile(path, Buffer.alloc(20_000, 0x5a));
  expect(() => openLocal(path, [NOTES])).toThrow("store-damaged");
  expect(existsSync(path)).toBe(true);
});

test("a local database of an earlier version is brought up to date with its rows", async () => {
  const path = join(await tempFolder(), "local.db");
  const old = openLocal(path, [NOTES]);
  old.run("INSERT INTO notes (body) VALUES ('kept')");
  await old.close();
  const now = openLocal(path, [
    NOTES,
    "ALTER TABLE notes ADD COLUMN at INTEGER NOT NULL DEFAULT 7;",
  ]);
  const rows = now.all("SELECT * FROM notes", [], (row) => ({
    body: text(row, "body"),
    at: int(row, "at"),
  }));
  expect(rows).toEqual([{ body: "kept", at: 7 }]);
  await now.close();
});

test("DU1: what cannot be derived waits for the disk at each commit", async () => {
  const folder = await tempFolder();
  const levels = [true, false].map((durable) => {
    const path = join(folder, `${String(durable)}.db`);
    const database = new Database(path, { durable, migrations: [] });
    const level = database.get("PRAGMA synchronous", [], (row) =>
      int(row, "synchronous"),
    );
    database.closeNow();
    return level;
  });
  const [FULL, OFF] = [2, 0];
  expect(levels).toEqual([FULL, OFF]);
});

test("a transaction is whole or not at all, also when one is inside another", async () => {
  const path = join(await tempFolder(), "any.db");
  const database = new Database(path, { durable: false, migrations: [FOLDED] });
  const add = (log: string) =>
    database.run("INSERT INTO folded (log) VALUES (?)", [log]);
  expect(() =>
    database.transaction(() => {
      add("a");
      database.transaction(() => add("b"));
      throw new Error("changed my mind");
    }),
  ).toThrow("changed my mind");
  expect(logsOf(database)).toEqual([]);
  database.transaction(() => add("c"));
  expect(logsOf(database)).toEqual(["c"]);
  database.closeNow();
});

test.each([
  ["plain", "plain"],
  ["ünïcödé 🎉", "ünïcödé 🎉"],
  ["nul \0 inside", "nul \ufffd inside"],
  ["lone \ud800 half", "lone \ufffd half"],
  ["", ""],
])("a text column loses no part of %j", async (value, expected) => {
  const path = join(await tempFolder(), "any.db");
  const database = new Database(path, {
    durable: false,
    migrations: [NOTES],
  });
  database.run("INSERT INTO notes (body) VALUES (?)", [value]);
  const [back] = database.all("SELECT body FROM notes", [], (row) =>
    text(row, "body"),
  );
  expect(back).toBe(expected);
  database.closeNow();
});

/** Holds a database alone until a moment after it says so, as whoever closes one does. */
const HOLD = `
  import Libsql from "libsql";
  const db = new Libsql(process.argv[1]);
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("CREATE TABLE notes (body TEXT NOT NULL) STRICT");
  db.exec("PRAGMA user_version = 1");
  db.exec("PRAGMA locking_mode = EXCLUSIVE");
  db.exec("INSERT INTO notes VALUES ('held')");
  console.log("held");
  setTimeout(() => db.close(), 300);
`;

test("DU1: a database that somebody closes at this moment is waited for, and not taken for damaged", async () => {
  const path = join(await tempFolder(), "local.db");
  const holder = spawn(
    process.execPath,
    ["--input-type=module", "--eval", HOLD, path],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(holder, "exit");
  await once(holder.stdout, "data");
  const local = openLocal(path, [NOTES]);
  expect(
    local.all("SELECT body FROM notes", [], (row) => text(row, "body")),
  ).toEqual(["held"]);
  await local.close();
  await ended;
});
