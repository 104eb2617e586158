import * as v from "valibot";
import { systemClock } from "#core/base/clock.ts";
import { silentLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { Grant } from "#core/contract/models.ts";
import type { Resource } from "#core/base/resource.ts";
import type { Core, CoreOptions } from "#core/core-port.ts";
import { serve } from "#core/rpc/server.ts";
import { toCoreSchema } from "#core/rpc/shell-wire.ts";
import type { FromCore, StartOptions, ToCore } from "#core/rpc/shell-wire.ts";
import type { Network } from "#core/network/port.ts";
import { openControl } from "./control.ts";
import { pipeFile } from "./file-pipe.ts";
import { openLogFile } from "./log-file.ts";
import type { LogFile } from "./log-file.ts";
import { processPort } from "./parent-port.ts";
import type { ParentPort, ProcessPort } from "./parent-port.ts";
import { createShellAsks } from "./shell-asks.ts";

export interface ProcessParts {
  readonly createCore: (options: CoreOptions) => Promise<Core>;
  readonly openNetwork: (
    options: StartOptions,
    tools: Pick<CoreOptions, "clock" | "random" | "logger">,
  ) => Network;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

interface Running {
  readonly core: Core;
  readonly network: Network;
  readonly log: LogFile;
  /** For the command line. */
  readonly control: Resource;
}

/**
 * The core as Electron's utility process. The main process says how to start,
 * hands over ports of pages, and answers for keyring and desktop.
 */
export function runUtility(parent: ParentPort, parts: ProcessParts): void {
  let running: Running | null = null;
  let logger = silentLogger;
  /** Ports that came before the core was there. */
  let waiting: (() => void)[] | null = [];

  function send(message: FromCore): void {
    parent.postMessage(message);
  }
  const asks = createShellAsks(send);

  async function start(message: Extract<ToCore, { kind: "start" }>) {
    const { options, hasKeyring } = message;
    const log = openLogFile(options.dataFolder, systemClock, systemRandom);
    logger = log.logger;
    const tools = { clock: systemClock, random: systemRandom, logger };
    const network = parts.openNetwork(options, tools);
    try {
      const core = await parts.createCore({
        ...tools,
        dataFolder: options.dataFolder,
        network,
        keyring: hasKeyring ? asks.keyring : null,
        desktop: asks.desktop,
      });
      const { dataFolder } = options;
      const control = await openControl({ ...tools, core, dataFolder });
      running = { core, network, log, control };
    } catch (error) {
      const code = isCoreError(error) ? error.code : "internal";
      if (code === "internal") logger.bug(error, "starting the core");
      send({ kind: "failed", code });
      await network.close();
      parts.exit(1);
      return;
    }
    send({ kind: "started" });
    const early = waiting ?? [];
    waiting = null;
    for (const task of early) task();
  }

  /** Runs a task once the core is there. */
  function whenRunning(task: (core: Core) => void): void {
    if (running !== null) task(running.core);
    else
      waiting?.push(() => {
        if (running !== null) task(running.core);
      });
  }

  async function grant(id: number, granting: Promise<Grant>): Promise<void> {
    try {
      send({ kind: "granted", id, answer: await granting });
    } catch (error) {
      if (!isCoreError(error)) throw error;
      const { code, details } = error;
      send({ kind: "granted", id, answer: { code, details } });
    }
  }

  async function close(): Promise<void> {
    try {
      await running?.control.close();
      await running?.core.close();
      await running?.network.close();
    } catch (error) {
      logger.bug(error, "closing the core");
    }
    running?.log.close();
    parts.exit(0);
  }

  function handle(message: ToCore, port: ProcessPort | undefined): void {
    switch (message.kind) {
      case "start":
        logger.background("start", start(message));
        return;
      case "page":
        if (port === undefined) return;
        whenRunning(({ handlers, states }) => {
          const timers = systemClock;
          serve(processPort(port), { handlers, states, logger, timers });
        });
        return;
      case "file": {
        if (port === undefined) return;
        const { root, name } = message;
        const question = { root, name, range: message.range ?? undefined };
        whenRunning(({ files }) => {
          const piped = pipeFile(processPort(port), files, question);
          logger.background("a file for the page", piped);
        });
        return;
      }
      case "grant":
        whenRunning((core) => {
          const granting = core.grants.add(message.path);
          logger.background("grant", grant(message.id, granting));
        });
        return;
      case "keep":
        whenRunning((core) => {
          const granting = core.grants.addBytes(message.bytes, message.name);
          logger.background("grant", grant(message.id, granting));
        });
        return;
      case "told":
        asks.told(message.id, message.value);
        return;
      case "refused":
        asks.refused(message.id, message.reason);
        return;
      case "wake":
        whenRunning((core) => {
          core.wake();
        });
        return;
      case "close":
        logger.background("close", close());
    }
  }

  parent.on("message", ({ data, ports: [port] }) => {
    const message = v.safeParse(toCoreSchema, data);
    if (message.success) handle(message.output, port);
    else logger.warn("a message of the main process was not understood");
  });
}
