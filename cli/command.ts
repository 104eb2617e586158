import type { ParseArgsConfig } from "node:util";
import type { Clock } from "#core/base/clock.ts";
import type { App } from "./app.ts";
import type { Output } from "./output.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What stands after the name of a command, read. */
export interface Given {
  /** The words without a dash, in order. */
  readonly words: readonly string[];
  text(option: string): string | null;
  texts(option: string): readonly string[];
  has(option: string): boolean;
  /** The first word; `question` asks for it. @throws `UsageError` */
  first(question: string): string;
  /** A whole number from one up, or from `least` to `most`. @throws `UsageError` */
  count(
    option: string,
    otherwise: number,
    least?: number,
    most?: number,
  ): number;
}

export interface Context {
  readonly given: Given;
  readonly output: Output;
  /** The running app, or the store opened by this command. */
  readonly app: App;
  /** Asks the person at the terminal; null where there is none to ask. */
  readonly ask: ((question: string) => Promise<string>) | null;
  readonly clock: Clock;
  /** Fires when the person presses Ctrl+C. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** The words it takes, as in `LINK [--yes]`; several ways, a line each. */
  readonly takes: string | readonly string[];
  /** Its options, each with a line about it. */
  readonly options: Options;
  readonly optionWords: readonly (readonly [string, string])[];
  /** Whether it works on a data folder without a person too. */
  startsAnew?(given: Given): boolean;
  /** Looks at what was given before anything is opened. @throws `UsageError` */
  check?(given: Given, canAsk: boolean): void;
  /** @throws `UsageError`, `CommandError`, `CoreError` */
  run(context: Context): Promise<void>;
}
