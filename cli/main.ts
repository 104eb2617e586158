#!/usr/bin/env node
import { homedir } from "node:os";
import { createInterface } from "node:readline";
import { dataPlace } from "#core/rpc/data-place.ts";
import { readSecretly } from "./read-secretly.ts";
import { runCommand } from "./run.ts";

const { argv, env, platform, stderr, stdin, stdout } = process;
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => {
    stop.abort();
  });

process.exitCode = await runCommand({
  args: argv.slice(2),
  streams: {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    isTerminal: stderr.isTTY,
  },
  ask: stdin.isTTY ? ask : null,
  signal: stop.signal,
  defaultDataFolder: dataPlace({ platform, home: homedir(), env }),
});

/** Asks at the terminal; what looks like a password is not shown. */
function ask(question: string): Promise<string> {
  if (/password|once more/i.test(question))
    return readSecretly(stdin, stderr, question);
  const lines = createInterface({ input: stdin, output: stderr });
  return new Promise((resolve) => {
    lines.question(question, (answer) => {
      lines.close();
      resolve(answer);
    });
  });
}
