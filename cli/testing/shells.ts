import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleForNode } from "#core/testing/bundle.ts";
import { untilTrue } from "#core/testing/until.ts";

/** The command line as a program, made for one file of tests. */
export const program = await bundleForNode("../../cli/main.ts");
/** Where everybody's data lies, and what they share. */
export const root = mkdtempSync(join(tmpdir(), "commonplace-cli-"));
const shells: ChildProcess[] = [];

/** Ends whatever still runs, and takes everything away again. */
export async function endShells(): Promise<void> {
  const gone = shells
    .filter(({ exitCode, signalCode }) => (exitCode ?? signalCode) === null)
    .map((shell) => {
      shell.kill("SIGINT");
      return new Promise((resolve) => shell.once("exit", resolve));
    });
  await Promise.all(gone);
  await program.remove();
  await rm(root, { recursive: true });
}

/** Has a process ended with the others. */
export function begun(child: ChildProcess): void {
  shells.push(child);
}

/** A command that runs. */
export interface Shell {
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
  stop(): void;
  /** Ends it as a crash does. */
  kill(): void;
}

/** Runs one command of a person, as at a terminal without anybody at it. */
export function shell(who: string, ...args: readonly string[]): Shell {
  const all = [...args, "--data", join(root, who), "--loopback"];
  const child = spawn(process.execPath, [program.path, ...all], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  begun(child);
  let out = "";
  let err = "";
  child.stdout.on("data", (text: Buffer) => (out += text.toString()));
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  return {
    out: () => out,
    err: () => err,
    ended: new Promise((resolve) => child.once("close", resolve)),
    stop: () => child.kill("SIGINT"),
    kill: () => child.kill("SIGKILL"),
  };
}

/** Runs a command to its end, and answers with what it said. */
export async function run(who: string, ...args: readonly string[]) {
  const one = shell(who, ...args);
  const exit = await one.ended;
  return { exit, out: one.out().trim(), err: one.err().trim() };
}

export async function untilSaid(one: Shell, words: RegExp): Promise<string> {
  await untilTrue(
    () => one.out() + one.err(),
    (said) => words.test(said),
    { timeoutMs: 20_000 },
  );
  return one.out().trim();
}

/** Sizes of the files in a folder, as far as there is one. */
export async function sizesIn(folder: string): Promise<readonly number[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  const files = entries.filter((entry) => entry.isFile());
  return await Promise.all(
    files.map(async ({ name }) => (await stat(join(folder, name))).size),
  );
}
