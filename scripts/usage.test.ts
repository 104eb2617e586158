import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

// Without packages and sources, but for the one they start the core by: what begins to install or build fails.
const root = mkdtempSync(join(tmpdir(), "usage-test-"));
for (const path of ["scripts", "electron/core-flags.mjs"])
  cpSync(
    fileURLToPath(new URL(`../${path}`, import.meta.url)),
    join(root, path),
    { recursive: true },
  );
afterAll(() => {
  rmSync(root, { recursive: true });
});

function run(script: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "scripts", script), ...args],
    { encoding: "utf8", timeout: 20_000 },
  );
  return { status, stdout, stderr };
}

const START = ["browser", "fetch", "no-open", "data", "bootstrap", "loopback"];

test.each([
  ["start.mjs", START],
  ["demo.mjs", ["browser"]],
])(
  "%s tells each of its options before anything is installed",
  (script, all) => {
    const { status, stdout, stderr } = run(script, "--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of [...all, "help"])
      expect(stdout).toContain(`  --${name} `);
    expect(readdirSync(root)).toEqual(["electron", "scripts"]);
  },
);

test.each([
  [
    ["start.mjs", "--bogus"],
    "Unknown option '--bogus'. Try: npm start -- --help",
  ],
  [
    ["start.mjs", "--data"],
    "Option '--data <value>' argument missing. Try: npm start -- --help",
  ],
  [
    ["start.mjs", "--data", "--loopback"],
    "Option '--data' argument is ambiguous. Try: npm start -- --help",
  ],
  [
    ["start.mjs", "stray"],
    "Unexpected argument 'stray'. Try: npm start -- --help",
  ],
  [
    ["demo.mjs", "--fetch"],
    "Unknown option '--fetch'. Try: npm run demo -- --help",
  ],
])("%j is refused at once, in one sentence", ([script = "", ...args], said) => {
  expect(run(script, ...args)).toEqual({
    status: 64,
    stdout: "",
    stderr: `${said}\n`,
  });
});
