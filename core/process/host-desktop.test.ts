import { expect, test } from "vitest";
import { createHostDesktop } from "./host-desktop.ts";
import { findOpener } from "./open-outside.ts";

test("documents open, programs are shown in their folder", async () => {
  const opened: string[] = [];
  const desktop = createHostDesktop((path) => {
    opened.push(path);
    return Promise.resolve();
  });
  await desktop.open("/d/a.pdf");
  await desktop.open("/d/a.sh");
  await desktop.show("/d/a.pdf");
  expect(opened).toEqual(["/d/a.pdf", "/d", "/d"]);
  expect(await desktop.pick("folder")).toBeNull();
  expect(desktop.canListFolders).toBe(true);
});

test("on a computer without a screen, or without an app, nothing is opened, and the folder of the file is told", async () => {
  const failed = { code: "no-other-app", details: { folder: "/d" } };
  const blind = createHostDesktop(null);
  await expect(blind.open("/d/a.pdf")).rejects.toMatchObject(failed);
  await expect(blind.open("/d/a.bin")).rejects.toMatchObject(failed);
  const broken = createHostDesktop(() => Promise.reject(new Error("ENOENT")));
  await expect(broken.show("/d/a.pdf")).rejects.toMatchObject(failed);
});

test("Linux opens only where there is a display", () => {
  expect(findOpener("linux", {})).toBeNull();
  expect(findOpener("linux", { DISPLAY: "" })).toBeNull();
  expect(findOpener("linux", { DISPLAY: ":0" })?.command).toBe("xdg-open");
  expect(findOpener("linux", { WAYLAND_DISPLAY: "w" })).not.toBeNull();
  expect(findOpener("darwin", {})?.command).toBe("open");
  expect(findOpener("win32", {})?.args("a&b")).toEqual(["a&b"]);
  expect(findOpener("constructor", {})).toBeNull();
});
