import { expect, test } from "vitest";
import { failureOf } from "./waiting.ts";

test("a transfer that failed says why, and not that nothing was found", () => {
  expect(failureOf("folder-unreadable")).toMatchObject({
    message:
      "The folder you chose cannot be read. Nothing was changed. Check that you may open it, or choose another.",
    exit: 1,
    code: "folder-unreadable",
  });
  expect(failureOf("disk-full")).toMatchObject({ exit: 1, code: "disk-full" });
  expect(failureOf("internal")).toMatchObject({ exit: 70, code: "internal" });
});
