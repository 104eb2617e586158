import { resolve } from "node:path";
import { systemClock } from "#core/base/clock.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { StartOptions } from "#core/rpc/shell-wire.ts";
import { errorLine, errorWords } from "#renderer/words/errors.ts";
import { hasPerson, openApp, untilStarted, type App } from "./app.ts";
import { CommandError, EXITS, nameOf, UsageError } from "./command-error.ts";
import type { Context, Given } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { commandHelp, help } from "./help.ts";
import { createOutput, type Output, type Streams } from "./output.ts";
import { askPassword } from "./password.ts";
import { readArguments } from "./read-arguments.ts";
import { VERSION } from "./version.ts";

export interface RunOptions {
  /** What stands after the program's name. */
  readonly args: readonly string[];
  readonly streams: Streams;
  readonly ask: Context["ask"];
  readonly signal: AbortSignal;
  readonly defaultDataFolder: string;
}

/** Runs one command; answers with its exit code. Never throws. */
export async function runCommand(options: RunOptions): Promise<number> {
  const isJson = options.args.includes("--json");
  const output = createOutput(options.streams, isJson);
  try {
    return await run(options, output);
  } catch (error) {
    return report(error, output, options.signal);
  }
}

async function run(options: RunOptions, output: Output): Promise<number> {
  const [name, ...args] = options.args;
  if (name === "--version") return sayVersion(output);
  const isHelp = name === "--help" || name === "help";
  if (name === undefined || (isHelp && args.length === 0)) {
    output.answer(
      help(COMMANDS),
      COMMANDS.map((one) => one.name),
    );
    return name === undefined ? EXITS.usage : EXITS.done;
  }
  const asked = isHelp ? args[0] : name;
  const command = COMMANDS.find((one) => one.name === asked);
  if (command === undefined)
    throw new UsageError(`There is no command ${asked ?? ""}. Try --help.`);
  if (isHelp) {
    output.answer(commandHelp(command), null);
    return EXITS.done;
  }
  const { given, isHelp: asksHelp, isVersion } = readArguments(command, args);
  if (asksHelp) {
    output.answer(commandHelp(command), null);
    return EXITS.done;
  }
  if (isVersion) return sayVersion(output);
  command.check?.(given, options.ask !== null);
  const start = startOptions(given, options.defaultDataFolder);
  // A folder named by mistake is left as it is.
  const mayBegin = command.startsAnew?.(given) === true;
  if (!mayBegin && !hasPerson(start.dataFolder)) nobody();
  const app = await openApp(start);
  try {
    await becomeReady(app, mayBegin, options.ask);
    const { ask, signal } = options;
    await command.run({ given, output, app, ask, signal, clock: systemClock });
    return EXITS.done;
  } finally {
    await app.close();
  }
}

function sayVersion(output: Output): number {
  output.answer([`commonplace ${VERSION}`], { version: VERSION });
  return EXITS.done;
}

function startOptions(given: Given, defaultDataFolder: string): StartOptions {
  const bootstrap = given.text("bootstrap")?.split(",");
  return {
    dataFolder: resolve(given.text("data") ?? defaultDataFolder),
    bootstrap: bootstrap?.filter((part) => part !== "") ?? null,
    loopback: given.has("loopback"),
  };
}

function nobody(): never {
  throw new CommandError(
    "There is nobody here yet. Begin with: commonplace start NAME",
    EXITS.unavailable,
  );
}

/** Unlocks what is locked by a password; says what else stands in the way. */
async function becomeReady(
  app: App,
  mayBegin: boolean,
  ask: Context["ask"],
): Promise<void> {
  const state = await untilStarted(app);
  switch (state.stage) {
    case "starting":
    case "ready":
      return;
    case "setup":
      if (mayBegin) return;
      return nobody();
    case "locked":
      if (state.lock === "keyring")
        throw new CommandError(
          "The data is locked by this computer's password store. Open the app first.",
          EXITS.unavailable,
        );
      await app.call("unlock", {
        password: await askPassword(ask, "Password: "),
      });
      await app.until("app", {}, ({ stage }) => stage === "ready");
      return;
    case "failed":
      throw new CommandError(
        [errorLine(errorWords(state.problem)), state.detail]
          .filter((part) => part !== null)
          .join(" For whoever helps you: "),
        EXITS.unavailable,
      );
  }
}

function report(error: unknown, output: Output, signal: AbortSignal): number {
  const { exit, code, words } = failureOf(error, signal);
  output.failure(code, words);
  return exit;
}

interface Failure {
  readonly exit: number;
  readonly code: string;
  readonly words: string;
}

function failureOf(error: unknown, signal: AbortSignal): Failure {
  const named = (exit: number, words: string): Failure => ({
    exit,
    code: nameOf(exit),
    words,
  });
  if (error instanceof UsageError) return named(EXITS.usage, error.message);
  if (error instanceof CommandError)
    return { exit: error.exit, code: error.code, words: error.message };
  if (signal.aborted) return named(EXITS.stopped, "Stopped.");
  if (!isCoreError(error))
    return named(
      EXITS.software,
      `Something went wrong in the app, not in your data: ${String(error)}`,
    );
  const { code, details } = error;
  return {
    exit: code === "internal" ? EXITS.software : EXITS.refused,
    code,
    // Nothing starts it again for a terminal.
    words:
      code === "core-unavailable"
        ? "The app ended before this was done. Your data is still on this computer."
        : errorLine(errorWords(code, details)),
  };
}
