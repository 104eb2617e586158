import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createCore } from "#core/core.ts";
import { createTcpNetwork } from "#core/network/tcp.ts";
import { serve } from "#core/rpc/server.ts";
import type { Port } from "#core/rpc/wire.ts";

/** A whole core in a process of its own, its contract served to the parent process. */

const [dataFolder] = process.argv.slice(2);
if (dataFolder === undefined) throw new Error("which data folder?");

const tools = {
  clock: systemClock,
  random: systemRandom,
  logger: createLogger(
    (line) => {
      if (line.startsWith('{"level":"bug"')) console.error(line);
    },
    () => "bench",
  ),
};
const core = await createCore({
  ...tools,
  dataFolder,
  network: createTcpNetwork({ ...tools, preferredPort: 0, host: "127.0.0.1" }),
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
  onMessage: (listener) => process.on("message", listener),
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
  void core.close().finally(() => process.exit(0));
});
process.send?.("ready");
