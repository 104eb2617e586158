import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CONFIGURATION = [
  "package.json",
  "tsconfig.base.json",
  ".oxlintrc.json",
  "core/tsconfig.json",
  "core/contract/tsconfig.json",
  "core/rpc/tsconfig.json",
  "electron/tsconfig.json",
  "renderer/tsconfig.json",
];

/** A small project in a temporary folder, under our own configuration. */
export interface PlantedProject {
  /** Runs a tool of node_modules/.bin in it; answers with all that it printed. */
  run(tool: string, args: readonly string[]): string;
  /** Runs one of our own scripts in it; answers with all that it printed. */
  runScript(script: string): string;
  remove(): void;
}

/**
 * Writes the files (path → text) beside our configuration, so that a check can
 * be seen to catch what was planted.
 */
export function plantProject(
  files: Readonly<Record<string, string>>,
): PlantedProject {
  const folder = mkdtempSync(join(tmpdir(), "planted-"));
  for (const path of CONFIGURATION) {
    cpSync(join(ROOT, path), join(folder, path));
  }
  symlinkSync(
    join(ROOT, "node_modules"),
    join(folder, "node_modules"),
    "junction",
  );
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  function runIn(command: string, args: readonly string[]): string {
    const run = spawnSync(command, args, {
      cwd: folder,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    if (run.error !== undefined) throw run.error;
    return `${run.stdout}\n${run.stderr}`;
  }
  return {
    run: (tool, args) => runIn(join(ROOT, "node_modules", ".bin", tool), args),
    runScript: (script) =>
      runIn(process.execPath, [join(ROOT, "scripts", script)]),
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
