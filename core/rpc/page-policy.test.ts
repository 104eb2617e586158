import { expect, test } from "vitest";
import { pagePolicy, pageType } from "./page-policy.ts";

test("the policy allows no script, style, frame or request from elsewhere", () => {
  const policy = pagePolicy(["ws://127.0.0.1:1"]);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:1;");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toMatch(/trusted-types own-worker$/);
});

test("a type is known by its ending, and nothing else is guessed", () => {
  expect(pageType("/a.b/index.js")).toBe("text/javascript; charset=utf-8");
  expect(pageType("a.worker.mjs")).toBe("text/javascript; charset=utf-8");
  expect(pageType("mark.svg")).toBe("image/svg+xml");
  for (const path of ["", "a", "a.constructor", "a.exe"])
    expect(pageType(path)).toBe("application/octet-stream");
});
