import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import Libsql from "libsql";
import { codeOf } from "#core/base/system-error.ts";
import { delay } from "#core/base/clock.ts";
import type { Clock } from "#core/base/clock.ts";
import { CoreError } from "#core/contract/errors.ts";

/** So long one start waits for another, in milliseconds. */
const WAIT_MS = 15_000;
const LOOK_MS = 25;

/**
 * Lets one start at a time into a data folder, and makes the folder, readable by
 * its owner only. Two that make the same files at once would spoil them for
 * good. The answer lets the next one in; a process that ends does so too.
 * @throws `store-busy` when another start does not come to its end
 */
export async function passDoor(
  dataFolder: string,
  clock: Clock,
): Promise<() => void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const door = new Libsql(join(dataFolder, "door.lock"));
  const until = clock.monotonic() + WAIT_MS;
  try {
    while (!isFree(door)) {
      if (clock.monotonic() > until) throw new CoreError("store-busy", {});
      await delay(clock, LOOK_MS);
    }
  } catch (error) {
    door.close();
    throw error;
  }
  return () => {
    door.close();
  };
}

/** Takes the lock that SQLite puts on a file, which no crash leaves behind. */
function isFree(door: Libsql.Database): boolean {
  try {
    door.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (codeOf(error) === "SQLITE_BUSY") return false;
    throw error;
  }
}
