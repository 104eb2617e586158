import { expect, test } from "vitest";
import { missingEntries } from "./complete-lock.mjs";

test("binaries that are named and not there are added, with their systems", () => {
  const packages = {
    "": {},
    "node_modules/hash": {
      version: "1.0.0",
      optionalDependencies: {
        "@hash/linux-x64-gnu": "1.0.0",
        "@hash/linux-arm64-musl": "1.0.0",
        "@hash/darwin-arm64": "1.0.0",
        fsevents: "2.0.0",
      },
    },
    "node_modules/@hash/linux-x64-gnu": { version: "1.0.0" },
  };
  expect(missingEntries(packages)).toEqual({
    "node_modules/@hash/linux-arm64-musl": {
      version: "1.0.0",
      cpu: ["arm64"],
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    },
    "node_modules/@hash/darwin-arm64": {
      version: "1.0.0",
      cpu: ["arm64"],
      optional: true,
      os: ["darwin"],
    },
  });
});

test("one that lies inside another package, or beside it, is there", () => {
  const optionalDependencies = { "x-linux-x64": "1.0.0" };
  const packages = {
    "node_modules/a/node_modules/b": { dev: true, optionalDependencies },
    "node_modules/a/node_modules/x-linux-x64": {},
    "node_modules/c/node_modules/d": { optionalDependencies },
  };
  expect(Object.keys(missingEntries(packages))).toEqual([
    "node_modules/x-linux-x64",
  ]);
});
