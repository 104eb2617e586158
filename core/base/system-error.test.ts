import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { codeOf, isDiskFull } from "./system-error.ts";

test("a failed system call has its code, anything else has none", async () => {
  const missing: unknown = await readFile("/no such file").catch(
    (error: unknown) => error,
  );
  expect(codeOf(missing)).toBe("ENOENT");
  const numbered = Object.assign(new Error("other"), { code: 7 });
  for (const other of [new Error("plain"), numbered, { code: "ENOENT" }, null])
    expect(codeOf(other)).toBe("");
});

test("a disk and a quota that are full are both a full disk", () => {
  const failed = (code: string) => Object.assign(new Error(code), { code });
  expect(
    ["ENOSPC", "EDQUOT", "EACCES"].map((it) => isDiskFull(failed(it))),
  ).toEqual([true, true, false]);
});
