import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { LINK_CHARACTERS } from "#core/contract/limits.ts";
import type { StartOptions } from "#core/rpc/shell-wire.ts";

/** How the app was asked to run. Everything on the command line may come from a link on a web page. */
export interface ShellOptions extends StartOptions {
  /** A data folder of one's own also means a window of one's own, beside others. */
  readonly hasOwnFolder: boolean;
}

/** Reads what is known and passes over the rest: Chromium has hundreds of switches of its own. */
export function readOptions(
  args: readonly string[],
  defaultDataFolder: string,
): ShellOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      data: { type: "string" },
      bootstrap: { type: "string" },
      loopback: { type: "boolean" },
    },
  });
  const { data, bootstrap, loopback } = values;
  return {
    dataFolder: resolve(typeof data === "string" ? data : defaultDataFolder),
    hasOwnFolder: typeof data === "string",
    bootstrap: typeof bootstrap === "string" ? bootstrap.split(",") : null,
    loopback: loopback === true,
  };
}

/** Letters, digits and the few signs of a link; nothing that could be an option, a path or a line break. */
const LINK = /^commonplace:(\/\/)?[a-z0-9]+\/?$/i;

/** Whether a text has the form of a link of ours. What it means is the core's to say. */
export function isLink(text: string): boolean {
  return text.length <= LINK_CHARACTERS && LINK.test(text);
}

/** The links of a command line. */
export function readLinks(args: readonly string[]): readonly string[] {
  return args.filter(isLink);
}
