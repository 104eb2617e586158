import { expect, test } from "vitest";
import { endingOf, previewKind } from "./preview-kind.ts";

test.each([
  ["a.png", "image/png", "picture"],
  ["a.jpg", "application/octet-stream", "picture"],
  ["a.svg", "image/svg+xml", "drawing"],
  ["film.mkv", "video/x-matroska", "film"],
  ["song", "audio/flac", "sound"],
  ["notes.md", "text/markdown", "markdown"],
  ["film.srt", "text/plain", "captions"],
  ["plan.pdf", "application/pdf", "pdf"],
  ["list.csv", "text/csv", "table"],
  ["list.tsv", "text/plain", "table"],
  ["part.stl", "model/stl", "model"],
  ["all.zip", "application/zip", "archive"],
  ["run.sh", "application/octet-stream", "text"],
  ["letter.docx", "application/octet-stream", "other"],
  ["constructor", "", "other"],
  [".png", "", "other"],
] as const)("%s of type %j is shown as %s", (name, type, kind) => {
  expect(previewKind(name, type)).toBe(kind);
});

test("J4: a page is read as what was written, a drawing is a picture, neither is ever a page", () => {
  expect(previewKind("page.html", "text/html")).toBe("text");
  expect(previewKind("page.xhtml", "application/octet-stream")).toBe("text");
  expect(previewKind("drawing.svg", "text/html")).toBe("text");
});

test("an ending is what follows the last dot, in small letters", () => {
  expect(["a.PDF", "a.tar.gz", "a.", ".a", "a"].map(endingOf)).toEqual([
    "pdf",
    "gz",
    "",
    "",
    "",
  ]);
});
