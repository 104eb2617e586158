import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createCore } from "#core/core.ts";
import { openNetwork } from "#core/process/open-network.ts";
import { serve } from "#core/rpc/server.ts";
import type { Port } from "#core/rpc/wire.ts";

/**
 * A whole core in a process of its own, with the network a person's app opens;
 * its contract is served to the parent process. Arguments: the data folder, and
 * `host:port` of the node to enter the DHT by, or nothing for none.
 */
const [dataFolder = "", bootstrap] = process.argv.slice(2);
/** How far the wall clock is ahead of the machine's: the parent may say `clock` and milliseconds. */
let aheadMs = 0;
process.on("message", (message) => {
  const [, ms] = /^clock (-?\d+)$/.exec(String(message)) ?? [];
  if (ms !== undefined) aheadMs = Number(ms);
});
const tools = {
  clock: { ...systemClock, now: () => systemClock.now() + aheadMs },
  random: systemRandom,
  logger: createLogger(
    (line) => {
      if (line.startsWith('{"level":"bug"')) process.stderr.write(`${line}\n`);
    },
    () => "lab",
  ),
};
const options = {
  dataFolder,
  bootstrap: bootstrap === undefined ? [] : [bootstrap],
  loopback: false,
};
const network = openNetwork(options, tools);
const core = await createCore({
  ...tools,
  dataFolder,
  network,
  keyring: null,
  desktop: {
    pick: () => Promise.resolve(null),
    open: () => Promise.resolve(),
    show: () => Promise.resolve(),
    canListFolders: true,
  },
});
const port: Port = {
  post: (message) => process.send?.(message),
  onMessage: (listener) =>
    process.on("message", (message) => {
      if (String(message).startsWith("clock ")) return;
      const request: unknown = JSON.parse(String(message));
      listener(request);
    }),
  onClose: (listener) => process.on("disconnect", listener),
  close: () => {
    process.disconnect();
  },
};
serve(port, {
  handlers: core.handlers,
  states: core.states,
  logger: tools.logger,
  timers: systemClock,
});
process.on("disconnect", () => {
  const exit = (): never => process.exit(0);
  core
    .close()
    .then(() => network.close())
    .then(exit, exit);
});
process.send?.("ready");
