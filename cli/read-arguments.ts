import { parseArgs } from "node:util";
import { UsageError } from "./command-error.ts";
import type { Command, Given } from "./command.ts";
import { GLOBAL_OPTIONS } from "./help.ts";

/** Reads what stands after the name of a command. @throws `UsageError` */
export function readArguments(
  command: Command,
  args: readonly string[],
): { given: Given; isHelp: boolean; isVersion: boolean } {
  const parsed = parse(command, args);
  const values = new Map(Object.entries(parsed.values));
  const texts = (option: string): readonly string[] =>
    [values.get(option) ?? []].flat().filter((one) => typeof one === "string");
  const given: Given = {
    words: parsed.positionals,
    texts,
    text: (option) => texts(option).at(-1) ?? null,
    has: (option) => values.get(option) === true,
    first(question) {
      const [word] = parsed.positionals;
      if (word === undefined) throw new UsageError(question);
      return word;
    },
    count(option, otherwise, least = 1, most = Infinity) {
      const text = texts(option).at(-1);
      if (text === undefined) return otherwise;
      const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
      if (!(number >= least && number <= most))
        throw new UsageError(
          `--${option} takes a whole number, from ${String(least)} ${most === Infinity ? "up" : `to ${String(most)}`}.`,
        );
      return number;
    },
  };
  return {
    given,
    isHelp: given.has("help"),
    isVersion: given.has("version"),
  };
}

function parse(command: Command, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...GLOBAL_OPTIONS, ...command.options },
      allowPositionals: true,
    });
  } catch (error) {
    const what = error instanceof Error ? error.message : "Bad options";
    throw new UsageError(
      `${problemOf(what)} Try: commonplace ${command.name} --help`,
    );
  }
}

/** What Node says of options, as one sentence of ours. */
function problemOf(what: string): string {
  const [, option, problem] =
    /^Option '[^']*?(--[\w-]+)[^']*' argument (missing|is ambiguous)/.exec(
      what,
    ) ?? [];
  if (option !== undefined)
    return problem === "missing"
      ? `${option} needs something after it.`
      : `${option} needs something after it that does not begin with a dash.`;
  // What follows the first sentence is for those who write programs.
  const [first = what] = what.split(/\.\s/);
  return first.endsWith(".") ? first : `${first}.`;
}
