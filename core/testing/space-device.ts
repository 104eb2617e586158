import { onTestFinished } from "vitest";
import { systemClock } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import { createLogger } from "#core/base/logger.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Identity } from "#core/identity/identity.ts";
import { noWriters } from "#core/spaces/admission.ts";
import type { WriterQuestion } from "#core/spaces/admission.ts";
import { HybridClock } from "#core/spaces/hybrid-clock.ts";
import { Spaces } from "#core/spaces/spaces.ts";
import { AdmittedLogs } from "#core/storage/admitted-logs.ts";
import { openDataFolder } from "#core/storage/data-folder.ts";
import { openStores } from "#core/stores.ts";
import type { Stores } from "#core/stores.ts";
import { tempFolder } from "./temp-folder.ts";
import { testIdentity } from "./test-identity.ts";

/** A device as far as its spaces: real stores in a folder, no network. */
export interface SpaceDevice {
  readonly identity: Identity;
  readonly folder: string;
  readonly stores: Stores;
  readonly spaces: Spaces;
  readonly time: HybridClock;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly bugs: readonly string[];
  close(): Promise<void>;
}

export interface SpaceDeviceOptions {
  /** Which computer of the person; "first" when not given. */
  readonly device?: string;
  /** A folder used before; a new one when not given. */
  readonly folder?: string;
  readonly clock?: Clock;
  /** Whom founders of collections let write. */
  readonly writers?: WriterQuestion;
}

/** Opens a device of the person with this name; closed when the test ends. */
export async function openSpaceDevice(
  name: string,
  options: SpaceDeviceOptions = {},
): Promise<SpaceDevice> {
  const { clock = systemClock, writers = noWriters } = options;
  const folder = options.folder ?? (await tempFolder());
  const identity = await testIdentity(name, options.device);
  const stores = await openStores(await openDataFolder(folder));
  const bugs: string[] = [];
  const logger = createLogger(
    (line) => {
      if (line.startsWith('{"level":"bug"')) bugs.push(line);
    },
    () => "test",
  );
  const time = new HybridClock(clock);
  const admitted = new AdmittedLogs(stores.local);
  const spaces = new Spaces({
    store: stores.logs,
    admitted,
    identity,
    time,
    logger,
    writers,
  });
  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    await spaces.close();
    await stores.close();
  }
  function close(): Promise<void> {
    closing ??= closeAll();
    return closing;
  }
  onTestFinished(close);
  return { identity, folder, stores, spaces, time, clock, logger, bugs, close };
}
