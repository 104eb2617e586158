import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** A class by itself at the head of a rule that always holds. */
const PLAIN = /^\.([\w-]+)(?=,| \{)/gmu;

test("a class has its looks from one file: another part of that name would get a bit of both", () => {
  const homes = new Map<string, Set<string>>();
  const sheets = readdirSync(ROOT, { recursive: true, encoding: "utf8" });
  for (const sheet of sheets.filter((name) => name.endsWith(".css")))
    for (const [, name = ""] of readFileSync(
      join(ROOT, sheet),
      "utf8",
    ).matchAll(PLAIN))
      homes.set(name, (homes.get(name) ?? new Set()).add(sheet));
  const shared = [...homes].filter(([, files]) => files.size > 1);
  expect(homes.size).toBeGreaterThan(100);
  expect(shared.map(([name, files]) => [name, ...files])).toEqual([]);
});
