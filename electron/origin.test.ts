import { expect, test } from "vitest";
import { isOwnPage, isOwnRequest } from "./origin.ts";

test.each(["app://bundle/", "app://bundle/x?y#z", "APP://bundle/"])(
  "%s is our page",
  (url) => {
    expect(isOwnPage(url)).toBe(true);
    expect(isOwnRequest(url)).toBe(true);
  },
);

test.each([
  "",
  "app://bundle.evil/",
  "app://evil/bundle",
  "app://a:b@bundle/",
  "https://bundle/",
  "application://bundle/",
  "blob:app://bundle.evil/1",
  "javascript:app://bundle/",
])("%j is not", (url) => {
  expect(isOwnPage(url)).toBe(false);
  expect(isOwnRequest(url)).toBe(false);
});
