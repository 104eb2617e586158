import { expect, test } from "vitest";
import { targetsOf } from "./document-links.mjs";

test("links, named files and named folders are found; addresses and examples are not", () => {
  const text = [
    "See [how](testing.md#rings) and [why](../README.md), [out](https://a.example/x.md).",
    "The clock is `core/base/clock.ts`, the page `renderer/`; say `npm test`.",
    "```",
    "`core/not/there.ts` and [no](nowhere.md)",
    "```",
  ].join("\n");
  expect(targetsOf(text, "docs/one.md")).toEqual([
    "docs/testing.md",
    "README.md",
    "core/base/clock.ts",
    "renderer/",
  ]);
});
