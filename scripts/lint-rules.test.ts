import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plantProject } from "./planted-project.ts";
import type { PlantedProject } from "./planted-project.ts";

/** What lint must say → a file that deserves it. */
const BROKEN: readonly (readonly [rule: string, path: string, code: string])[] =
  [
    [
      "no-floating-promises",
      "core/a/floating.ts",
      "export function go(work: Promise<void>): void {\n  work;\n}",
    ],
    [
      "no-floating-promises",
      "core/a/void.ts",
      "export function go(work: Promise<void>): void {\n  void work;\n}",
    ],
    [
      "no-misused-promises",
      "core/a/misused.ts",
      "export function go(work: () => Promise<boolean>): number {\n  return work() ? 1 : 2;\n}",
    ],
    [
      "await-thenable",
      "core/a/thenable.ts",
      "export async function go(value: number): Promise<number> {\n  return await value;\n}",
    ],
    ["no-explicit-any", "core/a/any.ts", "export const value: any = 1;"],
    [
      "no-non-null-assertion",
      "core/a/bang.ts",
      "export const first = (list: readonly { x: 1 }[]): 1 => list.at(0)!.x;",
    ],
    [
      "consistent-type-assertions",
      "core/a/as.ts",
      "export const as = (value: unknown): string => value as string;",
    ],
    [
      "no-unsafe-assignment",
      "core/a/unsafe.ts",
      'export const parsed: { readonly a: 1 } = JSON.parse("{}");',
    ],
    [
      "switch-exhaustiveness-check",
      "core/a/switch.ts",
      'export function go(what: "a" | "b"): void {\n  switch (what) {\n    case "a":\n      go("b");\n  }\n}',
    ],
    [
      "no-restricted-properties",
      "core/a/now.ts",
      "export const at = Date.now();",
    ],
    [
      "no-restricted-properties",
      "core/a/random.ts",
      "export const dice = Math.random();",
    ],
    [
      "no-restricted-globals",
      "core/a/timer.ts",
      "export const wait = (task: () => void): unknown => setTimeout(task, 1);",
    ],
    [
      "no-restricted-globals",
      "renderer/a/sleep.test.ts",
      "await new Promise((resolve) => setTimeout(resolve, 5));\nexport {};",
    ],
    [
      "no-restricted-properties",
      "e2e/sleep.spec.ts",
      "export const wait = (page: { waitForTimeout(ms: number): number }): number =>\n  page.waitForTimeout(5);",
    ],
    [
      "no-restricted-imports",
      "core/a/timers.ts",
      'export { setTimeout } from "node:timers/promises";',
    ],
    [
      "no-restricted-imports",
      "core/a/bytes.ts",
      'import { randomBytes } from "node:crypto";\nexport const key = randomBytes(32);',
    ],
    [
      "no-restricted-imports",
      "core/a/b/deep.ts",
      'export { fine } from "../../base/fine.ts";',
    ],
    ["no-barrel-file", "core/a/all.ts", 'export * from "#core/base/fine.ts";'],
    ["no-console", "core/a/print.ts", 'console.log("here");\nexport {};'],
    ["no-default-export", "core/a/default.ts", "export default 1;"],
    [
      "no-focused-tests",
      "core/a/focus.test.ts",
      'import { test } from "vitest";\ntest.only("one", () => undefined);',
    ],
    [
      "no-disabled-tests",
      "core/a/skip.test.ts",
      'import { test } from "vitest";\ntest.skip("one", () => undefined);',
    ],
    ["filename-case", "core/a/NotKebab.ts", "export const named = 1;"],
    ["max-lines", "core/a/long.ts", `${"// line\n".repeat(301)}export {};`],
  ];

describe("lint", () => {
  let project: PlantedProject;
  let said: readonly string[];
  beforeAll(() => {
    project = plantProject({
      "core/base/fine.ts":
        'export const fine = "yes";\nexport const kinds = ["a", "b"] as const;\n',
      "core/base/clock.ts": "export const now = (): number => Date.now();\n",
      ...Object.fromEntries(BROKEN.map(([, path, code]) => [path, code])),
    });
    said = project
      .run("oxlint", ["--type-aware", "--format", "unix"])
      .split("\n");
  });
  afterAll(() => {
    project.remove();
  });

  test.each(BROKEN)("says %s about %s", (rule, path) => {
    const about = said.filter((line) => line.startsWith(`${path}:`));
    expect(about).toContainEqual(expect.stringContaining(`(${rule})`));
  });

  test("says nothing about sound files", () => {
    expect(said.filter((line) => line.startsWith("core/base/"))).toEqual([]);
  });
});
