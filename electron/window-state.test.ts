import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readWindowState, writeWindowState } from "./window-state.ts";

const folder = mkdtempSync(join(tmpdir(), "window-"));
const path = join(folder, "window.json");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const state = { x: 50, y: 60, width: 900, height: 700, isMaximized: true };

test("a window comes back to its place", () => {
  expect(readWindowState(path, [screen])).toBeNull();
  writeWindowState(path, state);
  expect(readWindowState(path, [screen])).toEqual(state);
});

test.each([
  ["right of every screen", { x: 1900 }],
  ["left of every screen", { x: -850 }],
  ["above the screen", { y: -10 }],
  ["below the screen", { y: 1050 }],
])("a window %s opens in the usual place", (_where, change) => {
  writeWindowState(path, { ...state, ...change });
  expect(readWindowState(path, [screen])).toBeNull();
});

test("a window on a second screen is on a screen", () => {
  writeWindowState(path, { ...state, x: -900, y: 100 });
  const second = { x: -1280, y: 0, width: 1280, height: 800 };
  expect(readWindowState(path, [screen, second])).not.toBeNull();
});

test.each(["", "{", "null", '{"x":1}', '{"x":"1e9"}'])(
  "a damaged file (%j) is as none",
  (content) => {
    writeFileSync(path, content);
    expect(readWindowState(path, [screen])).toBeNull();
  },
);

test("a folder that cannot be written to is no problem", () => {
  expect(() => {
    writeWindowState(join(folder, "missing", "window.json"), state);
  }).not.toThrow();
});
