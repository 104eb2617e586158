// What `npm start` and `npm run demo` take, said and checked before anything is
// installed. Runs on bare Node: imports nothing that is installed.
import { parseArgs } from "node:util";

/** What a wrong command line ends with. */
const USAGE_EXIT = 64;

/**
 * @typedef {object} Usage
 * @property {string} command as it is typed
 * @property {string} about one sentence
 * @property {readonly (readonly [option: string, value: string, about: string])[]} options
 *   without the dashes; an empty value is for an option without one
 */

/**
 * Prints what there is to know when that is asked for, or what cannot be
 * understood, and ends the process then; else does nothing.
 * @param {Usage} usage
 * @param {readonly string[]} args
 */
export function checkUsage(usage, args) {
  const problem = problemOf(usage, args);
  if (problem !== null) {
    console.error(`${problem} Try: ${usage.command} -- --help`);
    process.exit(USAGE_EXIT);
  }
  if (!args.includes("--help")) return;
  console.log(usageLines(usage).join("\n"));
  process.exit(0);
}

/** @param {Usage} usage @param {readonly string[]} args @returns {string | null} a sentence */
function problemOf({ options }, args) {
  const types = options.map(([name, value]) => [
    name,
    { type: value === "" ? "boolean" : "string" },
  ]);
  try {
    parseArgs({
      args: [...args],
      options: { help: { type: "boolean" }, ...Object.fromEntries(types) },
    });
    return null;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    // What follows is for those who write programs.
    const [first = what] = what.split(/\.\s/);
    return first.endsWith(".") ? first : `${first}.`;
  }
}

/** @param {Usage} usage */
function usageLines({ command, about, options }) {
  const rows = [...options, ["help", "", "this"]].map(
    ([name, value, words]) => [`--${name} ${value}`.trimEnd(), words],
  );
  const width = Math.max(...rows.map(([first]) => first?.length ?? 0));
  return [
    `${command} -- [OPTION]…`,
    "",
    `  ${about}`,
    "",
    ...rows.map(([first, words]) => `  ${first?.padEnd(width)}  ${words}`),
  ];
}
