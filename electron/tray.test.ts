import { expect, test } from "vitest";
import type { Settings } from "#core/contract/models.ts";
import { createFakeCore } from "#core/testing/fake-core.ts";
import { trayIcon, TRAY_ICON_SIZE } from "./tray-icon.ts";
import { trayMenu, trayShape, type TrayFacts } from "./tray-menu.ts";

const core = createFakeCore();

function facts(change: Partial<TrayFacts> = {}): TrayFacts {
  return {
    network: core.network.peek(),
    line: "up",
    transfers: [],
    settings: core.states.settings({}).peek(),
    staysOn: false,
    ...change,
  };
}

const idle = {
  show: () => undefined,
  setPaused: () => undefined,
  setStaysOn: () => undefined,
  quit: () => undefined,
};

test("the tray tells how things stand, and offers what a person wants without the window", () => {
  expect(trayMenu(facts(), idle).map(({ label }) => label)).toEqual([
    "Not connected yet",
    "No transfers under way",
    undefined,
    "Show Commonplace",
    "Pause files",
    "Keep running when the window is closed",
    undefined,
    "Quit",
  ]);
});

test("paused files are resumed from the tray, and the sign shows the pause", () => {
  const settings: Settings | undefined = facts().settings;
  if (settings === undefined) throw new Error("no settings");
  const paused = facts({ settings: { ...settings, pausedAll: true } });
  expect(trayShape(paused)).toBe("pause");
  expect(trayMenu(paused, idle).map(({ label }) => label)).toContain(
    "Resume files",
  );
});

test("each sign is another picture, light on dark and dark on light", () => {
  const shapes = ["full", "half", "hollow", "house", "pause", "down"] as const;
  const pictures = shapes.flatMap((shape) =>
    [true, false].map((isDark) => trayIcon(shape, isDark).toString("hex")),
  );
  expect(new Set(pictures).size).toBe(12);
  for (const picture of pictures)
    expect(picture).toHaveLength(TRAY_ICON_SIZE * TRAY_ICON_SIZE * 8);
});
