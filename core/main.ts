import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { createCore } from "./core.ts";
import { readHostArguments } from "./process/host-options.ts";
import { openNetwork } from "./process/open-network.ts";
import { findOpener, runOpener } from "./process/open-outside.ts";
import { readParentPort } from "./process/parent-port.ts";
import { runHost } from "./process/run-host.ts";
import { runUtility } from "./process/run-utility.ts";
import { dataPlace } from "./rpc/data-place.ts";

/** What a wrong command line ends with. */
const USAGE_EXIT = 64;

const { env, platform } = process;
const parent = readParentPort(process);
const parts = {
  createCore,
  openNetwork,
  exit: (code: number): void => {
    process.exit(code);
  },
};

if (parent !== null) runUtility(parent, parts);
else await runAsHost();

/** `node dist/core/main.js --host …`: the core with a page for the browser. */
async function runAsHost(): Promise<void> {
  const place = dataPlace({ platform, home: homedir(), env });
  const options = readHostArguments(process.argv.slice(2), place);
  if (typeof options === "string") {
    console.error(options);
    process.exit(USAGE_EXIT);
  }
  const opener = findOpener(platform, env);
  await runHost(options, {
    ...parts,
    pageFolder: fileURLToPath(new URL("../renderer", import.meta.url)),
    open: opener === null ? null : (target) => runOpener(opener, target),
    print: (line) => {
      console.log(line);
    },
    onEnd(listener) {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
        process.on(signal, listener);
      process.on("disconnect", listener);
    },
  });
}
