import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { putWithoutLinks } from "./place-put.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "place-put-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("FI4: a disk without hard links takes a file at a free name only", () => {
  const [from, target] = [join(folder, "from"), join(folder, "target")];
  writeFileSync(from, "new");
  expect(putWithoutLinks(from, target)).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("new");
  writeFileSync(from, "newer");
  expect(putWithoutLinks(from, target)).toBe(false);
  expect(readFileSync(target, "utf8")).toBe("new");
  expect(readdirSync(folder).sort()).toEqual(["from", "target"]);
});

test("FI4: also there, a file that appears at the same moment is never lost", async () => {
  let lost = 0;
  let won = 0;
  for (let race = 0; race < 200; race++) {
    const from = join(folder, "from");
    const target = join(folder, `target ${String(race)}`);
    writeFileSync(from, "received");
    const write = () =>
      writeFile(target, "mine", { flag: "wx" }).then(
        () => true,
        () => false,
      );
    // Each goes first in turn, and in between both go at once.
    const first = race % 2 === 0 ? write() : null;
    if (race % 4 === 0) await first;
    const isPut = putWithoutLinks(from, target);
    const mine = await (first ?? write());
    if (mine) won++;
    if (mine === isPut) lost++;
    if (readFileSync(target, "utf8") !== (mine ? "mine" : "received")) lost++;
  }
  expect(lost).toBe(0);
  expect([won > 0, won < 200]).toEqual([true, true]);
});
