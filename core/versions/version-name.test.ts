import fc from "fast-check";
import { expect, test } from "vitest";
import { PATH_BYTES } from "#core/contract/limits.ts";
import { safePath } from "#core/naming/naming.ts";
import { versionPath } from "./version-name.ts";

const at = new Date(2026, 10, 23, 14, 5).getTime();

test("a version of its own is named for who shared it and when", () => {
  expect(versionPath("a/Budget.xlsx", "Ana", at)).toBe(
    "a/Budget (Ana, 23 Nov 14.05).xlsx",
  );
  expect(versionPath(".profile", "Ben", at, 2)).toBe(
    ".profile (Ben, 23 Nov 14.05 2)",
  );
  expect(versionPath("x.tar.gz", 'a/b\\"c"\u202e', at)).toBe(
    "x.tar (abc, 23 Nov 14.05).gz",
  );
  expect(versionPath("x", "  ", at)).toBe("x (?, 23 Nov 14.05)");
});

test("FI7: whatever a file and a person are called, the name is a path, and not too long", () => {
  const name = fc.string({ unit: "binary", minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(name, name, fc.boolean(), (file, person, isDeep) => {
      const path = (isDeep ? "f/".repeat(31) : "") + file;
      fc.pre(safePath(path, "linux").kind === "safe");
      const given = versionPath(path, person.slice(0, 60), at);
      expect(Buffer.byteLength(given)).toBeLessThanOrEqual(PATH_BYTES);
      expect(safePath(given, "linux").kind).toBe("safe");
    }),
  );
});
