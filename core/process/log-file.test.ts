import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRandom } from "#core/base/random.ts";
import { createManualClock } from "#core/testing/manual-clock.ts";
import { openLogFile } from "./log-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "log-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const open = () => openLogFile(folder, createManualClock(), systemRandom);
const path = () => join(folder, "reports", "commonplace.log");

test("each event is a line with its time, for the person's eyes only", () => {
  const { logger, close } = open();
  logger.info("started", { files: 3 });
  const report = logger.bug(new Error("odd"), "here");
  close();
  logger.info("after the end");
  const lines = readFileSync(path(), "utf8").trim().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe(
    '2031-01-01T00:00:00.000Z {"level":"info","message":"started","files":3}',
  );
  expect(report).toMatch(/^[A-Z0-9]{6}$/);
  expect(lines[1]).toContain(report);
  expect(statSync(path()).mode & 0o077).toBe(0);
});

test("a large log becomes the old one at the next start", () => {
  writeFileSync(path(), "x".repeat(1024 * 1024 + 1));
  open().close();
  expect(statSync(path()).size).toBe(0);
  expect(existsSync(`${path()}.old`)).toBe(true);
});

test("a fault that repeats does not fill the disk", () => {
  const { logger, close } = open();
  for (let i = 0; i < 12; i++) logger.info("x".repeat(1024 * 1024));
  close();
  expect(statSync(path()).size).toBeLessThan(10 * 1024 * 1024);
});

test("a folder that cannot be written to is no reason not to start", () => {
  const closed = join(folder, "file");
  writeFileSync(closed, "");
  chmodSync(closed, 0o400);
  const { logger, close } = openLogFile(
    closed,
    createManualClock(),
    systemRandom,
  );
  logger.info("nowhere");
  close();
  expect(readFileSync(closed, "utf8")).toBe("");
});
