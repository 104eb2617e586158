import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The untyped modules are described by hand, in part. Nothing but this test
 * ties the description to what is installed: an update that drops or renames
 * a member fails here, not on somebody's computer.
 */
interface Declared {
  readonly module: string;
  readonly name: string;
  /** `itself`: the module is a function. */
  readonly on: "class" | "instance" | "module" | "itself";
}

/** What a `{` at `open` encloses. */
function enclosed(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return text.slice(open + 1, at);
  }
  throw new Error("a brace is not closed");
}

/** The statements of a body, without what stands in brackets. */
function statements(body: string): string[] {
  let flat = body;
  for (let before = ""; before !== flat;) {
    before = flat;
    // Brackets end in a mark of their kind, so that a method still shows as one.
    flat = flat.replace(/\{[^{}()]*\}/g, "").replace(/\([^{}()]*\)/g, "#");
  }
  return flat.split(";").map((line) => line.trim());
}

const MEMBER =
  /^(static )?(?:override )?(?:readonly )?([A-Za-z_$][\w$]*)\??(?:<[^>]*>)?[#:]/;

/** The members of every class and module object declared in a file. */
function declaredIn(source: string): Declared[] {
  const text = source
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
  return [...text.matchAll(/declare module "([^"]+)" (?=\{)/g)].flatMap(
    (found) => {
      const [whole, module = ""] = found;
      const body = enclosed(text, found.index + whole.length);
      const members = [
        ...body.matchAll(/\b(class|const) [^{;]+(?=\{)/g),
      ].flatMap((shape) => {
        const isClass = shape[1] === "class";
        const inside = enclosed(body, shape.index + shape[0].length);
        return statements(inside).flatMap((line): Declared[] => {
          const [, isStatic, name] = MEMBER.exec(line) ?? [];
          if (name === undefined || name === "constructor") return [];
          const onClass = isStatic === undefined ? "instance" : "class";
          return [{ module, name, on: isClass ? onClass : "module" }];
        });
      });
      const [, called] = /^\s*function (\w+)/m.exec(body) ?? [];
      if (called !== undefined)
        members.push({ module, name: called, on: "itself" });
      if (members.length === 0) throw new Error(`${module}: nothing to check`);
      return members;
    },
  );
}

function isObject(value: unknown): value is object {
  return (
    typeof value === "function" || (typeof value === "object" && value !== null)
  );
}

async function load(module: string): Promise<object> {
  const loaded: unknown = await import(module);
  if (!isObject(loaded)) throw new Error(`${module}: not an object`);
  const inside: unknown = "default" in loaded ? loaded.default : loaded;
  return isObject(inside) ? inside : loaded;
}

/** Whether instances of a class have a member: on a prototype, or set by a constructor. */
function instanceHas(constructor: object, name: string): boolean {
  let level: unknown = constructor;
  while (typeof level === "function") {
    const prototype: unknown = level.prototype;
    if (
      typeof prototype === "object" &&
      prototype !== null &&
      name in prototype
    )
      return true;
    const source = Function.prototype.toString.call(level);
    if (new RegExp(`\\bthis\\.${name}\\s*=[^=]`).test(source)) return true;
    level = Object.getPrototypeOf(level);
  }
  return false;
}

async function missingFrom(source: string): Promise<string[]> {
  const missing: string[] = [];
  for (const { module, name, on } of declaredIn(source)) {
    const loaded = await load(module);
    const has = {
      class: () => name in loaded,
      module: () => name in loaded,
      instance: () => instanceHas(loaded, name),
      itself: () => typeof loaded === "function",
    };
    if (!has[on]()) missing.push(`${module}: ${name}`);
  }
  return missing;
}

const folder = import.meta.dirname;
const files = readdirSync(folder).filter((name) => name.endsWith(".d.ts"));
const read = (file: string) => readFileSync(join(folder, file), "utf8");

describe("what is declared of an untyped module is there", () => {
  test.each(files)("%s", async (file) => {
    expect(await missingFrom(read(file))).toEqual([]);
  });
});

test("every declared member is looked at", () => {
  const names = (file: string) =>
    declaredIn(read(file)).map(({ name }) => name);
  expect(names("keet-identity-key.d.ts")).toEqual([
    "from",
    "attestDevice",
    "attestData",
    "verify",
    "identityPublicKey",
    "identityKeyPair",
    "bootstrap",
    "clear",
  ]);
  expect(names("hyperdht.d.ts")).toContain("createTestnet");
  expect(names("z32.d.ts")).toEqual(["encode", "decode"]);
  expect(names("hypercore.d.ts")).toEqual(
    expect.arrayContaining(["key", "discoveryKey", "length", "append", "on"]),
  );
});

test("a planted member is missed, wherever it stands", async () => {
  const plant = async (file: string, before: string, planted: string) => {
    const source = read(file);
    expect(source).toContain(before);
    return missingFrom(source.replace(before, `${planted}\n${before}`));
  };
  const hypercore = (planted: string) =>
    plant("hypercore.d.ts", "    ready(): Promise<void>;", planted);
  expect(
    await hypercore("bogus(a: { b(): void }, c?: () => void): void;"),
  ).toEqual(["hypercore: bogus"]);
  expect(await hypercore("static bogus(): Buffer;")).toEqual([
    "hypercore: bogus",
  ]);
  expect(await hypercore("readonly bogus: { ready: number };")).toEqual([
    "hypercore: bogus",
  ]);
  expect(await hypercore("bogus<T>(value: T): T;")).toEqual([
    "hypercore: bogus",
  ]);
  // There, but on instances only.
  expect(await hypercore("static append(): void;")).toEqual([
    "hypercore: append",
  ]);
  expect(
    await plant(
      "sodium-universal.d.ts",
      "    sodium_memzero(",
      "bogus(): void;",
    ),
  ).toEqual(["sodium-universal: bogus"]);
});
