import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readStaysOn, writeStaysOn } from "./stays-on.ts";

test("the choice is remembered; without one, or with a damaged one, closing the window quits", () => {
  const folder = mkdtempSync(join(tmpdir(), "stays-on-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, "tray.json");
  expect(readStaysOn(path)).toBe(false);
  writeStaysOn(path, true);
  expect(readStaysOn(path)).toBe(true);
  writeFileSync(path, "{");
  expect(readStaysOn(path)).toBe(false);
  writeStaysOn(join(folder, "nowhere", "tray.json"), true);
});
