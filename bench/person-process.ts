import { monitorEventLoopDelay } from "node:perf_hooks";
import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createCore } from "#core/core.ts";
import { fileRootSchema } from "#core/contract/ids.ts";
import { createSwarmNetwork } from "#core/network/swarm.ts";
import { createTcpNetwork } from "#core/network/tcp.ts";
import { serve } from "#core/rpc/server.ts";
import type { Port } from "#core/rpc/wire.ts";
import { is, number, object, parse, string } from "valibot";
import { readNodes } from "./nodes.ts";
import type { ReadDone, TransferEnd, Usage } from "./person.ts";
import { countWire, wireBytes } from "./wire-count.ts";

/** How often the event loop is looked at. */
const DELAY_STEP_MS = 10;

/** How often a transfer is looked at that is waited for. */
const LOOK_MS = 25;

/** A whole core in a process of its own, its contract served to the parent process. */

const [dataFolder, nodes] = process.argv.slice(2);
if (dataFolder === undefined) throw new Error("which data folder?");

countWire();

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
/** Over TCP on loopback, or over a private DHT when its nodes are given, as JSON. */
function network(bootstrap: string | undefined) {
  const host = "127.0.0.1";
  return bootstrap === undefined
    ? createTcpNetwork({ ...tools, preferredPort: 0, host })
    : createSwarmNetwork({ ...tools, host, bootstrap: readNodes(bootstrap) });
}

const core = await createCore({
  ...tools,
  dataFolder,
  network: network(nodes),
  keyring: null,
  desktop: {
    pick: () => Promise.resolve(null),
    open: () => Promise.resolve(),
    show: () => Promise.resolve(),
    canListFolders: true,
  },
});

const rangeSchema = object({
  root: fileRootSchema,
  start: number(),
  end: number(),
});

const endSchema = object({ transfer: string() });

const port: Port = {
  post: (message) => process.send?.(message),
  onMessage: (listener) =>
    process.on("message", (message) => {
      if (message === "usage") {
        process.send?.(usage());
        return;
      }
      if (typeof message === "object" && message !== null) {
        answer(message).catch((error: unknown) => {
          console.error(error);
        });
        return;
      }
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
/** What this process used since it was asked last. */
const delay = monitorEventLoopDelay({ resolution: DELAY_STEP_MS });
delay.enable();
let cpu = process.cpuUsage();
let wire = 0;
function usage(): Usage {
  const { user, system } = process.cpuUsage(cpu);
  cpu = process.cpuUsage();
  const p99 = delay.percentile(99) / 1e6 - DELAY_STEP_MS;
  delay.reset();
  const before = wire;
  wire = wireBytes();
  return {
    kind: "usage",
    cpuSeconds: (user + system) / 1e6,
    delayMs: Math.max(0, p99),
    wireBytes: wire - before,
    residentBytes: process.memoryUsage.rss(),
    memoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function answer(message: object): Promise<void> {
  const told = is(endSchema, message)
    ? await transferEnd(message.transfer)
    : await readRange(message);
  process.send?.(told);
}

async function transferEnd(transfer: string): Promise<TransferEnd> {
  for (;;) {
    const all = core.states.transfers({}).peek();
    const state = all.find((it) => it.transfer === transfer)?.state;
    if (state?.stage === "done") return { kind: "ended", problem: null };
    if (state?.stage === "failed")
      return { kind: "ended", problem: state.problem };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Reads a range as the page would, to its last byte. */
async function readRange(message: object): Promise<ReadDone> {
  const { root, start, end } = parse(rangeSchema, message);
  const { signal } = new AbortController();
  const from = performance.now();
  const file = await core.files.open(root, { start, end }, signal);
  let bytes = 0;
  for await (const piece of file?.stream ?? []) bytes += piece.byteLength;
  return { kind: "read", bytes, ms: performance.now() - from };
}

process.on("disconnect", () => {
  const exit = (): never => process.exit(0);
  core.close().then(exit, exit);
});
process.send?.("ready");
