import { expect, test } from "vitest";
import { menuTemplate } from "./menu.ts";

test("what people install has no reload and no developer tools", () => {
  const installed = JSON.stringify(menuTemplate("linux", true));
  expect(installed).not.toMatch(/reload|devtools/i);
  expect(installed).toContain("editMenu");
  expect(JSON.stringify(menuTemplate("linux", false))).toContain("reload");
});

test("macOS has the app's own menu first", () => {
  expect(menuTemplate("darwin", true)[0]).toEqual({ role: "appMenu" });
  expect(menuTemplate("win32", true)[0]).toEqual({ role: "editMenu" });
});
