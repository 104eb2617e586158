import { expect, test } from "vitest";
import { isProgram } from "./is-program.ts";

test.each([
  "setup.EXE",
  "holiday.jpg.exe",
  "notes.pdf.lnk",
  "run.sh",
  "page.html",
  "tool.exe. ",
])("%s may run what its maker wrote", (name) =>
  expect(isProgram(name)).toBe(true),
);

test.each(["holiday.jpg", "exe", "Minutes 19 November.pdf", "exe.txt"])(
  "%s may not",
  (name) => expect(isProgram(name)).toBe(false),
);
