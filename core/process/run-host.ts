import { deadline, systemClock } from "#core/base/clock.ts";
import { systemRandom } from "#core/base/random.ts";
import type { Logger } from "#core/base/logger.ts";
import { Closers } from "#core/base/resource.ts";
import { isCoreError } from "#core/contract/errors.ts";
import { startHost } from "#core/host/host.ts";
import { openControl } from "./control.ts";
import { createHostDesktop } from "./host-desktop.ts";
import type { HostArguments } from "./host-options.ts";
import { openLogFile } from "./log-file.ts";
import type { ProcessParts } from "./run-utility.ts";

/** Closing takes milliseconds; a network that does not answer gets no longer than this. */
const CLOSE_MS = 5_000;

export interface HostParts extends ProcessParts {
  /** Writes a line for whoever started this. */
  readonly print: (line: string) => void;
  /** The built interface. */
  readonly pageFolder: string;
  /** Opens a file or address in its own app; null without a screen. */
  readonly open: ((target: string) => Promise<void>) | null;
  /** Calls back when this process is asked to end. */
  readonly onEnd: (listener: () => void) => void;
}

/**
 * The core as a process of its own, with the browser host: prints one line with
 * the address, and runs until it is asked to end.
 */
export async function runHost(
  options: HostArguments,
  parts: HostParts,
): Promise<void> {
  const { print, exit, open } = parts;
  const closers = new Closers();
  const log = openLogFile(options.dataFolder, systemClock, systemRandom);
  closers.addTask(() => {
    log.close();
  });
  const { logger } = log;
  const tools = { clock: systemClock, random: systemRandom, logger };

  async function end(code: number): Promise<void> {
    if (closers.closing) return;
    try {
      const late = () => new Error("closing took too long");
      await deadline(systemClock, CLOSE_MS, closers.close(), late);
      exit(code);
    } catch (error) {
      logger.bug(error, "closing");
      exit(code === 0 ? 1 : code);
    }
  }

  parts.onEnd(() => {
    logger.background("end", end(0));
  });
  try {
    const network = closers.add(parts.openNetwork(options, tools));
    const core = closers.add(
      await parts.createCore({
        ...tools,
        dataFolder: options.dataFolder,
        network,
        keyring: null,
        desktop: createHostDesktop(open),
      }),
    );
    const { dataFolder } = options;
    closers.add(await openControl({ ...tools, core, dataFolder }));
    const host = closers.add(
      await startHost({
        ...tools,
        core,
        dataFolder: options.dataFolder,
        pageFolder: parts.pageFolder,
      }),
    );
    print(`Commonplace is running: ${host.url}`);
    if (options.open && open !== null)
      await open(host.launchUrl()).catch(() => {
        print("Open this address in a browser on this computer.");
      });
  } catch (error) {
    print(startProblem(error, options.dataFolder, logger));
    await end(isCoreError(error, "store-busy") ? 2 : 1);
  }
}

function startProblem(
  error: unknown,
  dataFolder: string,
  logger: Logger,
): string {
  if (isCoreError(error, "store-busy"))
    return `Commonplace is running already with the data in ${dataFolder}. Use that one, or close it first. Nothing was changed.`;
  const report = logger.bug(error, "starting the host");
  return `Commonplace could not start (report ${report}, see ${dataFolder}/reports). Nothing was changed.`;
}
