import { expect, test } from "vitest";
import { FetchWindow, WINDOW_MAX_BYTES } from "./fetch-window.ts";

const CHUNK = 256 * 1024;

/**
 * A line of so many bytes a second and so long a way, always asked for as much
 * as the window allows: answers queue behind what the line holds.
 */
function run(window: FetchWindow, bytesPerMs: number, wayMs: number): void {
  // The very first answer queues behind nothing.
  window.answered(wayMs + CHUNK / bytesPerMs, CHUNK, true);
  for (let answer = 0; answer < 2_000; answer++) {
    const queuedMs = window.bytes / bytesPerMs;
    const afterMs = Math.max(wayMs + CHUNK / bytesPerMs, queuedMs);
    window.answered(afterMs, CHUNK, true);
  }
}

test("on a quick line the window grows to its limit", () => {
  const window = new FetchWindow();
  run(window, 300_000, 0.2);
  expect(window.bytes).toBe(WINDOW_MAX_BYTES);
});

test("on a long way the window fills the way, and no more than twice", () => {
  const window = new FetchWindow();
  const [bytesPerMs, wayMs] = [20_000, 150];
  run(window, bytesPerMs, wayMs);
  expect(window.bytes).toBeGreaterThan(bytesPerMs * wayMs);
  expect(window.bytes).toBeLessThan(bytesPerMs * wayMs * 2.5);
});

test("on a slow line little is asked for at once, so that others need not wait", () => {
  const window = new FetchWindow();
  run(window, 500, 20);
  expect(window.bytes).toBeLessThanOrEqual(5 * CHUNK);
});

test("a first answer that queued behind what others asked for does not make a slow line look quick", () => {
  const window = new FetchWindow();
  // Eight share 8,000 bytes a millisecond, and each waits for a second.
  for (let answer = 0; answer < 100; answer++)
    window.answered(1_000 + window.bytes / 1_000, CHUNK, true);
  expect(window.bytes).toBeLessThanOrEqual(2 * 1024 * 1024);
});

test("a window that was not used up does not grow", () => {
  const window = new FetchWindow();
  const before = window.bytes;
  for (let answer = 0; answer < 100; answer++) window.answered(1, CHUNK, false);
  expect(window.bytes).toBe(before);
});

test("a line that becomes slow gets less, and never nothing", () => {
  const window = new FetchWindow();
  run(window, 300_000, 0.2);
  for (let answer = 0; answer < 1_000; answer++)
    window.answered(5_000, CHUNK, true);
  expect(window.bytes).toBe(CHUNK);
});
