import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { rootFromBytes, hashChunk } from "#core/files/chunks.ts";
import { openLocal } from "#core/storage/databases.ts";
import { tempFolder } from "#core/testing/temp-folder.ts";
import { testPerson } from "#core/testing/test-ids.ts";
import { AVAILABILITY_MIGRATION } from "./availability-tables.ts";
import { Ledger } from "./ledger.ts";
import { decodeMark, encodeMark, nextMark } from "./marks.ts";

const DAY = Date.UTC(2031, 0, 1);

function root(index: number) {
  return rootFromBytes(hashChunk(Buffer.from(String(index))));
}

async function open() {
  const path = join(await tempFolder(), "local.db");
  const db = openLocal(path, [AVAILABILITY_MIGRATION]);
  onTestFinished(() => db.close());
  return { db, path };
}

test("marks are there again after the app was closed", async () => {
  const { db } = await open();
  const first = new Ledger(db);
  const ana = first.personNumber(testPerson("ana"));
  const [a = -1, b = -1] = first.numberAll([root(1), root(2)]);
  first.setMark(ana, a, encodeMark("shown", DAY));
  first.setMark(ana, b, encodeMark("said", DAY));
  await first.flush();

  const again = new Ledger(db);
  expect(again.people.get(testPerson("ana"))).toBe(ana);
  expect(again.contentNumber(root(1))).toBe(a);
  expect(again.contentNumber(root(3))).toBeNull();
  expect(decodeMark(again.mark(ana, a))).toEqual({ how: "shown", at: DAY });
  expect(decodeMark(again.mark(ana, b))).toEqual({ how: "said", at: DAY });
  expect([...again.numberAll([root(3)])]).toEqual([2]);
});

test("100,000 files of ten people take less than 8 MB, and are counted in no time", async () => {
  const { db, path } = await open();
  const ledger = new Ledger(db);
  const roots = Array.from({ length: 100_000 }, (_, index) => root(index));
  const contents = ledger.numberAll(roots);
  const shown = encodeMark("shown", DAY);
  for (let person = 0; person < 10; person++) {
    const number = ledger.personNumber(testPerson(`person ${String(person)}`));
    for (const content of contents) ledger.setMark(number, content, shown);
  }
  await ledger.flush();
  await db.close();
  expect((await stat(path)).size).toBeLessThan(8_000_000);
}, 30_000);

test("a word takes nothing from a proof and does not clear who was caught", () => {
  const shown = encodeMark("shown", DAY);
  const caught = encodeMark("caught", DAY);
  const said = encodeMark("said", DAY);
  expect(nextMark(0, "said", DAY)).toBe(said);
  expect(nextMark(shown, "said", DAY)).toBe(shown);
  expect(nextMark(caught, "said", DAY)).toBe(caught);
  expect(nextMark(caught, "shown", DAY)).toBe(shown);
  expect(nextMark(shown, "caught", DAY)).toBe(caught);
  expect(nextMark(said, "given", DAY)).toBe(encodeMark("given", DAY));
  expect(nextMark(shown, "given", DAY)).toBe(shown);
});

test("a day is kept to 2048, and a later or earlier one counts as the last or first", () => {
  const last = decodeMark(encodeMark("shown", Date.UTC(2090, 0, 1)));
  expect(new Date(last?.at ?? 0).getUTCFullYear()).toBe(2048);
  expect(decodeMark(encodeMark("shown", 0))?.at).toBe(Date.UTC(2026, 0, 1));
});
