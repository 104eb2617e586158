import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "#core/base/clock.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { StartOptions } from "#core/rpc/shell-wire.ts";
import { errorLine, errorWords } from "#renderer/words/errors.ts";
import { hasPerson, openApp, untilStarted, type App } from "./app.ts";
import { CommandError, EXITS, UsageError } from "./command-error.ts";
import type { Command, Context, Given } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { commandHelp, GLOBAL_OPTIONS, help } from "./help.ts";
import { createOutput, type Output, type Streams } from "./output.ts";
import { askPassword } from "./password.ts";

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
  const { given, values } = readArguments(command, args);
  if (values.has("help")) {
    output.answer(commandHelp(command), null);
    return EXITS.done;
  }
  const start = startOptions(given, options.defaultDataFolder);
  // A folder named by mistake is left as it is.
  if (command.startsAnew !== true && !hasPerson(start.dataFolder)) nobody();
  const app = await openApp(start);
  try {
    await becomeReady(app, command, options.ask);
    const { ask, signal } = options;
    await command.run({ given, output, app, ask, signal, clock: systemClock });
    return EXITS.done;
  } finally {
    await app.close();
  }
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
  command: Command,
  ask: Context["ask"],
): Promise<void> {
  const state = await untilStarted(app);
  switch (state.stage) {
    case "starting":
    case "ready":
      return;
    case "setup":
      if (command.startsAnew === true) return;
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
        errorLine(errorWords(state.problem)),
        EXITS.unavailable,
      );
  }
}

function readArguments(command: Command, args: readonly string[]) {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...GLOBAL_OPTIONS, ...command.options },
      allowPositionals: true,
    });
  } catch (error) {
    const what = error instanceof Error ? error.message : "bad options";
    // What follows the first sentence is for those who write programs.
    const [first = what] = what.split(". ");
    const sentence = first.endsWith(".") ? first : `${first}.`;
    throw new UsageError(`${sentence} Try: commonplace ${command.name} --help`);
  }
  const values = new Map(Object.entries(parsed.values));
  const texts = (option: string): readonly string[] =>
    [values.get(option) ?? []].flat().filter((one) => typeof one === "string");
  const given: Given = {
    words: parsed.positionals,
    texts,
    text: (option) => texts(option).at(-1) ?? null,
    has: (option) => values.get(option) === true,
    count(option, otherwise) {
      const text = texts(option).at(-1);
      if (text === undefined) return otherwise;
      if (!/^[1-9]\d{0,8}$/.test(text))
        throw new UsageError(`--${option} takes a whole number.`);
      return Number(text);
    },
  };
  return { given, values };
}

function report(error: unknown, output: Output, signal: AbortSignal): number {
  if (error instanceof UsageError) {
    output.note(error.message);
    return EXITS.usage;
  }
  if (error instanceof CommandError) {
    output.note(error.message);
    return error.exit;
  }
  if (signal.aborted) {
    output.note("Stopped.");
    return EXITS.stopped;
  }
  if (isCoreError(error)) {
    output.note(errorLine(errorWords(error.code, error.details)));
    return error.code === "internal" ? EXITS.software : EXITS.refused;
  }
  output.note(
    `Something went wrong in the app, not in your data: ${String(error)}`,
  );
  return EXITS.software;
}
