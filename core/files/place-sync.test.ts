import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { DiskSync } from "./place-sync.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "place-sync-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Says yes to each line, after noting it. */
function noting(): string {
  return `while read -r folder; do echo "$folder" >> "${join(folder, "asked")}"; echo y; done`;
}

/** Whatever else this computer is writing at the moment. */
const QUIET = (): number => 0;

function asked(): number {
  return readFileSync(join(folder, "asked"), "utf8").trim().split("\n").length;
}

describe.runIf(process.platform === "linux")("one waiting for many", () => {
  test("FI4: the disk is waited for once for all who ask meanwhile", async () => {
    const disk = new DiskSync(createManualClock(), noting(), QUIET);
    const all = Array.from({ length: 10 }, () => disk.together(folder, 100));
    expect(new Set(await Promise.all(all))).toEqual(new Set([true]));
    expect(asked()).toBe(2);
  });

  test("FI4: the program of the system does it, and is started anew after a rest", async () => {
    const clock = createManualClock();
    const disk = new DiskSync(clock, undefined, QUIET);
    expect(await disk.together(folder, 100)).toBe(true);
    clock.advance(60_000);
    expect(await disk.together(folder, 100)).toBe(true);
  });

  test("FI4: where it cannot be done for all, each file is for itself", async () => {
    const clock = createManualClock();
    for (const program of ["while read -r _; do echo n; done", "exit 1"]) {
      const disk = new DiskSync(clock, program, QUIET);
      expect(await disk.together(folder, 100)).toBe(false);
      expect(await disk.together(folder, 100)).toBe(false);
    }
    const disk = new DiskSync(clock, undefined, QUIET);
    expect(await disk.together(folder, 3)).toBe(false);
    expect(await disk.together(`${folder}\n`, 100)).toBe(false);
  });

  test("FI4: while others write much, nobody waits for all of it", async () => {
    const clock = createManualClock();
    const disk = new DiskSync(clock, noting(), () => 200 * 1024);
    expect(await disk.together(folder, 100)).toBe(false);
    expect(existsSync(join(folder, "asked"))).toBe(false);
  });
});
