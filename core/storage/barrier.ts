import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "./data-folder.ts";
import { codeOf } from "#core/base/system-error.ts";
import { createGroup } from "#core/base/serial.ts";

/**
 * The disk barrier behind DU1. The storage engine acknowledges an append once
 * it is in its write-ahead log, but does not wait for the disk; a power cut
 * then loses it. Syncing the log files makes the promise true.
 *
 * It leans on the engine's file layout (`db/*.log`), which
 * `log-store.test.ts` checks. Calls that come together share one sync.
 *
 * After one sync that failed every later call fails too, until the store is
 * opened again: the system may have dropped what it could not write, and then
 * says yes to the next sync.
 */
export function createBarrier(folder: string): () => Promise<void> {
  const database = join(folder, "db");
  let failure: { readonly error: unknown } | null = null;
  return createGroup(async () => {
    if (failure !== null) throw failure.error;
    try {
      const names = await readdir(database);
      const logs = names.filter((name) => name.endsWith(".log"));
      await Promise.all(logs.map((name) => syncFile(join(database, name))));
    } catch (error) {
      failure = { error };
      throw error;
    }
  });
}

/** Syncs every file of a folder, then the folder: once, after a store was made. */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncFolder(path);
    else if (entry.isFile()) await syncFile(path);
  }
  await syncDirectory(folder);
}

async function syncFile(path: string): Promise<void> {
  let handle;
  try {
    // Windows syncs only what was opened for writing.
    handle = await open(path, "r+");
  } catch (error) {
    // The engine drops a log once its contents are synced elsewhere.
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
