import { join } from "node:path";
import { onTestFinished } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import { systemRandom } from "#core/base/random.ts";
import { createCore } from "#core/core.ts";
import type { Core, CoreOptions } from "#core/core-port.ts";
import { createMemoryHub } from "#core/network/memory.ts";

export interface LoneCore extends Core {
  /** Everything logged so far that was a bug. */
  readonly bugs: readonly string[];
}

/** One core on a folder, as it is right after it opened; closed when the test ends. */
export async function openLoneCore(
  folder: string,
  options: Partial<CoreOptions> = {},
): Promise<LoneCore> {
  const bugs: string[] = [];
  const core = await createCore({
    dataFolder: join(folder, "data"),
    network: createMemoryHub().network("alone"),
    clock: systemClock,
    random: systemRandom,
    logger: createLogger(
      (line) => {
        if (line.startsWith('{"level":"bug"')) bugs.push(line);
      },
      () => "test",
    ),
    keyring: null,
    desktop: {
      pick: () => Promise.resolve(null),
      open: () => Promise.resolve(),
      show: () => Promise.resolve(),
      canListFolders: true,
    },
    ...options,
  });
  let closing: Promise<void> | null = null;
  function close(): Promise<void> {
    closing ??= core.close();
    return closing;
  }
  onTestFinished(close);
  return { ...core, bugs, close };
}
