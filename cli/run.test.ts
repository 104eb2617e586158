import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as v from "valibot";
import { runCommand } from "./run.ts";

// Nobody began here: whatever opens it, or only looks for a person, ends with 69.
const folder = join(tmpdir(), "commonplace-cli-that-is-never-made");

async function run(...args: readonly string[]) {
  let out = "";
  let err = "";
  const exit = await runCommand({
    args,
    streams: {
      out: (text) => (out += text),
      err: (text) => (err += text),
      isTerminal: false,
    },
    ask: null,
    signal: new AbortController().signal,
    defaultDataFolder: folder,
  });
  return { exit, out, err };
}

test.each([
  [["get"], "Which collection, and --to which folder?"],
  [["get", "Mess"], "Which collection, and --to which folder?"],
  [["get", "--to", "x"], "Which collection, and --to which folder?"],
  [["share"], "Which folder?"],
  [["accept", "--yes"], "Which link?"],
  [["accept", "commonplace:x"], "Add --yes to go on without being asked."],
  [["post"], "Which text?"],
  [["post", "Hi", "--for", "Ana"], "--for takes contacts or link."],
  [["start"], "Which name?"],
  [["keep", "--space", "much"], "How much space? As in 100GB."],
  [["keep", "nonsense"], "keep takes show, room, until, drop."],
  [["keep", "room"], "For whom?"],
  [["keep", "room", "Ana"], "How much space? As in 100GB."],
  [
    ["keep", "until", "Ana", "2027-02-29"],
    "Until which day? As in 2027-03-01, or always.",
  ],
  [["keep", "drop", "Ana"], "Add --yes to go on without being asked."],
  [["keepers", "nonsense"], "keepers takes add, set, end."],
  [["keepers", "end"], "Which keeper?"],
  [
    ["keepers", "add", "commonplace:x"],
    "Add --yes to go on without being asked.",
  ],
  [["keepers", "set", "Box", "--read", "2"], "--read takes yes or no."],
  [["keepers", "set", "Box", "--room", "big"], "How much space? As in 100GB."],
  [["keep", "--people", "0"], "--people takes a whole number, from 1 up."],
  [["invite", "--people", "0"], "--people takes a whole number, from 1 up."],
  [["invite", "--days=-3"], "--days takes a whole number, from 1 to 30."],
  [["invite", "--wait", "1.5"], "--wait takes a whole number, from 1 up."],
  [["read", "--count", "all"], "--count takes a whole number, from 1 up."],
  [
    ["get", "M", "--to", "x", "--wait", "0"],
    "--wait takes a whole number, from 1 up.",
  ],
  [["invite", "--days", "31"], "--days takes a whole number, from 1 to 30."],
  [["post", "Hi", "--wait=-1"], "--wait takes a whole number, from 0 up."],
])("%j is refused before anything is opened", async (args, said) => {
  expect(await run(...args)).toEqual({ exit: 64, out: "", err: `${said}\n` });
  expect(existsSync(folder)).toBe(false);
});

test.each([
  [
    ["invite", "--days", "-3"],
    "--days needs something after it that does not begin with a dash. Try: commonplace invite --help",
  ],
  [
    ["read", "--data"],
    "--data needs something after it. Try: commonplace read --help",
  ],
  [
    ["read", "--data", "--json"],
    "--data needs something after it that does not begin with a dash. Try: commonplace read --help",
  ],
  [
    ["read", "--json=1"],
    "Option '--json' does not take an argument. Try: commonplace read --help",
  ],
  [["post", "--what"], "Unknown option '--what'. Try: commonplace post --help"],
])("%j is answered in one sentence of one line", async (args, said) => {
  const { exit, err } = await run(...args);
  const [line, ...more] = err.split("\n");
  expect([exit, ...more]).toEqual([64, ""]);
  expect(line).toContain(said);
});

test.each([["--version"], ["keep", "--version"], ["read", "--version"]])(
  "%s %s says which version this is, and opens nothing",
  async (...args) => {
    const text = await readFile("package.json", "utf8");
    const { version } = v.parse(
      v.object({ version: v.string() }),
      JSON.parse(text),
    );
    expect(await run(...args)).toEqual({
      exit: 0,
      out: `commonplace ${version}\n`,
      err: "",
    });
    const { out } = await run(...args, "--json");
    expect(JSON.parse(out)).toEqual({ version });
    expect(existsSync(folder)).toBe(false);
  },
);

test.each([["keep", "show"], ["keep", "drop", "Ana", "--yes"], ["keepers"]])(
  "what is asked of a keeper begins none: %s %s",
  async (...args) => {
    expect(await run(...args)).toMatchObject({ exit: 69, out: "" });
    expect(existsSync(folder)).toBe(false);
  },
);

test("the help of a command shows each way to say it", async () => {
  const { out } = await run("keep", "--help");
  expect(out).toContain("commonplace keep room NAME SIZE [--until DAY]\n");
  expect((await run("keepers", "--help")).out).toContain(
    "commonplace keepers\ncommonplace keepers add LINK|CONTACT",
  );
});

test("with --json a failure is a line of JSON, with the same exit code", async () => {
  const asked = await run("read", "--json");
  expect(asked).toMatchObject({ exit: 69, out: "" });
  expect(JSON.parse(asked.err)).toEqual({
    error: "unavailable",
    words: "There is nobody here yet. Begin with: commonplace start NAME",
  });
  const wrong = await run("get", "--json");
  expect(JSON.parse(wrong.err)).toEqual({
    error: "usage",
    words: "Which collection, and --to which folder?",
  });
  expect(wrong.exit).toBe(64);
  expect((await run("read")).err).toBe(
    "There is nobody here yet. Begin with: commonplace start NAME\n",
  );
});
