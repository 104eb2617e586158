import { expect, test } from "vitest";
import { dataPlace } from "./data-place.ts";

test.each([
  ["linux", "/home/ana", {}, "/home/ana/.local/share/commonplace"],
  ["linux", "/home/ana", { XDG_DATA_HOME: "/x" }, "/x/commonplace"],
  [
    "darwin",
    "/Users/ana",
    {},
    "/Users/ana/Library/Application Support/Commonplace/data",
  ],
  [
    "win32",
    "C:\\Users\\ana",
    {},
    "C:\\Users\\ana\\AppData\\Roaming\\Commonplace\\data",
  ],
  ["win32", "C:\\Users\\ana", { APPDATA: "D:\\a" }, "D:\\a\\Commonplace\\data"],
])("on %s, home %s: %j", (platform, home, env, place) => {
  expect(dataPlace({ platform, home, env })).toBe(place);
});
