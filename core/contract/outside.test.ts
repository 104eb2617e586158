import { expect, test } from "vitest";
import { readOutside } from "./outside.ts";

test.each([
  ["https://example.org/a?b#c", "https://example.org/a?b#c"],
  ["HTTP://EXAMPLE.org", "http://example.org/"],
  ["mailto:ana@example.org", "mailto:ana@example.org"],
  ["https://bücher.example/", "https://xn--bcher-kva.example/"],
])("%s may be opened outside", (text, address) => {
  expect(readOutside(text)).toBe(address);
});

test.each([
  "",
  "example.org",
  "//example.org",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "blob:https://example.org/x",
  "smb://host/share",
  "ms-msdt:/id",
  "commonplace:invite",
  "vbscript:x",
  "https://bank.example@evil.example/",
  "https://a:b@evil.example/",
  `https://example.org/${"a".repeat(5000)}`,
])("%s may not", (text) => {
  expect(readOutside(text)).toBeNull();
});
