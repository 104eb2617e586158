import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FUSE_MARK, readFuses, writeStubElectron } from "./stub-electron.mjs";

test("the stand-in has fuses where the packager looks for them", () => {
  const folder = mkdtempSync(join(tmpdir(), "stub-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeStubElectron(folder, "1.2.3");
  expect(readFuses(readFileSync(join(folder, "electron")))).toBe("111111111");
  expect(readFileSync(join(folder, "version"), "utf8")).toBe("1.2.3");
});

test("fuses are read from wherever they are in a program", () => {
  const program = Buffer.concat([
    Buffer.alloc(1000, 7),
    Buffer.from(FUSE_MARK),
    Buffer.from([1, 3]),
    Buffer.from("01r then other bytes"),
  ]);
  expect(readFuses(program)).toBe("01r");
});
