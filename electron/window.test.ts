import { expect, test } from "vitest";
import { windowOptions } from "./window.ts";

test("the page runs with the rights of a web page and no more", () => {
  const { webPreferences } = windowOptions("/preload.cjs", null, false);
  expect(webPreferences).toEqual({
    preload: "/preload.cjs",
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
  });
});

test("it opens where it was, in the colour of the page", () => {
  const state = { x: 1, y: 2, width: 700, height: 600, isMaximized: false };
  const dark = windowOptions("/p", state, true);
  expect(dark).toMatchObject({ x: 1, y: 2, width: 700, height: 600 });
  const light = windowOptions("/p", null, false);
  expect(light).toMatchObject({ width: 1280, height: 860, minWidth: 360 });
  expect(light).not.toHaveProperty("x");
  expect(light.backgroundColor).not.toBe(dark.backgroundColor);
});
