import { expect, test } from "vitest";
import { isOpenable } from "./openable.ts";

test.each(["a.pdf", "/x/b.JPG", "C:\\x\\song.mp3", "a.b.txt", "letter.docx"])(
  "%s opens in its own app",
  (path) => {
    expect(isOpenable(path)).toBe(true);
  },
);

test.each([
  "a.exe",
  "invoice.pdf.exe",
  "a.sh",
  "a.desktop",
  "a.lnk",
  "a.url",
  "a.html",
  "a.hta",
  "a.app",
  "a.jar",
  "a.docm",
  "a.AppImage",
  "a.pdf ",
  "a.pdf.",
  "noending",
  ".pdf",
  "folder.pdf/run",
  "",
])("%j is only shown in its folder", (path) => {
  expect(isOpenable(path)).toBe(false);
});
