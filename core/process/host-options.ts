import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { StartOptions } from "#core/rpc/shell-wire.ts";
import { readAddress } from "#core/network/port.ts";

/** How the browser host is to run. Never a secret: the list of processes is for everybody to read. */
export interface HostArguments extends StartOptions {
  /** Whether to open the address in the default browser. */
  readonly open: boolean;
}

/**
 * Reads the command line of the browser host: `--data <folder>`,
 * `--bootstrap host:port,…`, `--loopback`, `--no-open`. Answers with a sentence
 * when it cannot be understood.
 */
export function readHostArguments(
  args: readonly string[],
  defaultDataFolder: string,
): HostArguments | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        host: { type: "boolean" },
        data: { type: "string" },
        bootstrap: { type: "string" },
        loopback: { type: "boolean", default: false },
        "no-open": { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : "bad options";
  }
  const bootstrap = values.bootstrap?.split(",").filter((part) => part !== "");
  const wrong = bootstrap?.find((text) => readAddress(text) === null);
  if (wrong !== undefined)
    return `--bootstrap wants addresses like 192.0.2.1:49737, not ${wrong}`;
  return {
    dataFolder: resolve(values.data ?? defaultDataFolder),
    bootstrap: bootstrap ?? null,
    loopback: values.loopback,
    open: !values["no-open"],
  };
}
