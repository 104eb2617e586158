import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanName, disposition, servedType } from "./inline-types.ts";

test.each([
  ["image/png", "image/png"],
  ["IMAGE/JPEG", "image/jpeg"],
  ["video/mp4; codecs=x", "video/mp4"],
  ["text/plain", "text/plain; charset=utf-8"],
])("%s is shown in place", (claimed, type) => {
  expect(servedType(claimed)).toEqual({ type, inline: true });
});

test.each([
  "text/html",
  "image/svg+xml",
  "application/xhtml+xml",
  "text/xml",
  "application/pdf",
  "application/javascript",
  "text/css",
  "",
  "image/png\r\nX: y",
  "constructor",
])("%j is a download of no type", (claimed) => {
  expect(servedType(claimed)).toEqual({
    type: "application/octet-stream",
    inline: false,
  });
});

test("a name keeps its letters and loses what deceives", () => {
  expect(cleanName("../../etc/passwd")).toBe("passwd");
  expect(cleanName("C:\\Users\\a.txt")).toBe("a.txt");
  expect(cleanName("photo\u202egnp.exe")).toBe("photognp.exe");
  expect(cleanName("a\r\nb\0.txt")).toBe("ab.txt");
  expect(cleanName("Ünï 世界.png")).toBe("Ünï 世界.png");
  expect(cleanName("x".repeat(500))).toHaveLength(200);
});

test("whatever the name, the header is one plain line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.boolean(), (name, inline) => {
      expect(disposition(name, inline)).toMatch(
        /^(inline|attachment)(; filename\*=UTF-8''[\w.!~%-]+)?$/,
      );
    }),
  );
});
