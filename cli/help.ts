import type { Command } from "./command.ts";

/** Options of every command. */
export const GLOBAL_OPTIONS = {
  data: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
  version: { type: "boolean" },
  bootstrap: { type: "string" },
  loopback: { type: "boolean" },
} as const;

const GLOBAL_WORDS: readonly (readonly [string, string])[] = [
  ["--data FOLDER", "the data folder, when it is not the usual one"],
  ["--json", "answer in JSON; what failed is a line of JSON too"],
  ["--help", "about the command"],
  ["--version", "which version this is"],
  ["--bootstrap HOST:PORT,…", "enter the network by these computers only"],
  ["--loopback", "stay on this computer: for trying things out"],
];

/** What `commonplace --help` says. */
export function help(commands: readonly Command[]): readonly string[] {
  return [
    "commonplace COMMAND …",
    "",
    ...table(commands.map(({ name, about }) => [name, about])),
    "",
    "With every command:",
    ...table(GLOBAL_WORDS),
    "",
    "Begin with:  commonplace start NAME",
    "then meet somebody with invite or accept, and leave serve running.",
    "",
    "A running app is asked; otherwise the command opens the data itself.",
    "Exit codes: 0 done, 1 refused, 64 not understood, 69 not available, 75 not yet, 130 stopped.",
  ];
}

/** What `commonplace COMMAND --help` says. */
export function commandHelp(command: Command): readonly string[] {
  return [
    ...[command.takes]
      .flat()
      .map((words) => `commonplace ${command.name} ${words}`.trimEnd()),
    "",
    `  ${command.about}`,
    ...(command.optionWords.length === 0 ? [] : [""]),
    ...table(command.optionWords),
    "",
    "With every command:",
    ...table(GLOBAL_WORDS),
  ];
}

function table(
  rows: readonly (readonly [string, string])[],
): readonly string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
