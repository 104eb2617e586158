import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { createLogger } from "#core/base/logger.ts";
import type { Logger } from "#core/base/logger.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import type { Clock } from "#core/base/clock.ts";

/** A log this large becomes the old one at the next start. */
const ROTATE_BYTES = 1024 * 1024;
/** Written in one run at most: a fault that repeats must not fill the disk. */
const RUN_BYTES = 8 * 1024 * 1024;

export interface LogFile {
  readonly logger: Logger;
  close(): void;
}

/**
 * The log in the data folder, one JSON line an event, never older than two
 * files. Written at once, so that a crash loses no line. A folder that cannot
 * be written to is no reason not to start.
 */
export function openLogFile(
  dataFolder: string,
  clock: Clock,
  random: Random,
): LogFile {
  let handle: number | null = null;
  let written = 0;
  try {
    const folder = join(dataFolder, "reports");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, "commonplace.log");
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > ROTATE_BYTES) renameSync(path, `${path}.old`);
    handle = openSync(path, "a", 0o600);
  } catch {
    handle = null;
  }

  function write(line: string): void {
    if (handle === null || written > RUN_BYTES) return;
    try {
      const at = new Date(clock.now()).toISOString();
      written += writeSync(handle, `${at} ${line}\n`);
    } catch {
      // A full disk: the log is the last thing to need it.
    }
  }

  return {
    logger: createLogger(write, () => randomId(random, 6).toUpperCase()),
    close() {
      if (handle !== null) closeSync(handle);
      handle = null;
    },
  };
}
