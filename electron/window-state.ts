import { readFileSync, writeFileSync } from "node:fs";
import * as v from "valibot";
import type { Rectangle } from "electron";

/** Where the window was, on disk in the profile folder since 0.1. */
const stateSchema = v.object({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(360)),
  height: v.pipe(v.number(), v.integer(), v.minValue(480)),
  isMaximized: v.boolean(),
});
export type WindowState = v.InferOutput<typeof stateSchema>;

/** This much of the title must be on a screen, or the window could not be moved back. */
const VISIBLE_PIXELS = 100;

/** Reads where the window was; null when it never was, or would be on no screen now. */
export function readWindowState(
  path: string,
  screens: readonly Rectangle[],
): WindowState | null {
  try {
    const state = v.safeParse(
      stateSchema,
      JSON.parse(readFileSync(path, "utf8")),
    );
    return state.success && isVisible(state.output, screens)
      ? state.output
      : null;
  } catch {
    return null;
  }
}

/** Remembers where the window is. A place not remembered is no harm. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state));
  } catch {
    // A full disk: the window opens in the middle next time.
  }
}

function isVisible(state: WindowState, screens: readonly Rectangle[]): boolean {
  return screens.some((screen) => {
    const width =
      Math.min(state.x + state.width, screen.x + screen.width) -
      Math.max(state.x, screen.x);
    const isTitleOn =
      state.y >= screen.y &&
      state.y <= screen.y + screen.height - VISIBLE_PIXELS;
    return width >= VISIBLE_PIXELS && isTitleOn;
  });
}
