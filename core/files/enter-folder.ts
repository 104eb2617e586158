import {
  closeSync,
  constants,
  existsSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
} from "node:fs";
import { join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import { codeOf } from "#core/base/system-error.ts";
import type { Destination } from "./place-folder.ts";

/** A folder inside a destination, held open so that no link can take its place. */
export interface EnteredFolder {
  /** For calls on what is in it. */
  path(name: string): string;
  /** Makes what was put in it, and the folders made for it, last through a power cut. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * Goes into a folder of a destination, making what is missing, never through a
 * link. For the thread that places files: it blocks. Close what it answers.
 * @throws `folder-unreadable` when a part is a link or a file, or what the
 *   system said
 */
export function enterFolder(
  { folder }: Destination,
  parts: readonly string[],
): EnteredFolder {
  let path = folder;
  let handle = openFolder(folder);
  /** Those that came to hold a new folder. */
  const outer: (number | null)[] = [];
  const closeAll = (): void => {
    for (const one of [...outer, handle]) close(one);
  };
  try {
    for (const part of parts) {
      path = join(reach(path, handle), part);
      const isNew = makeFolder(path);
      if (!lstatSync(path).isDirectory())
        throw new CoreError("folder-unreadable", { name: part });
      const next = openFolder(path);
      if (isNew) outer.push(handle);
      else close(handle);
      handle = next;
    }
  } catch (error) {
    closeAll();
    throw error;
  }
  const inside = reach(path, handle);
  return {
    path: (name) => join(inside, name),
    async sync() {
      for (const one of [handle, ...outer]) await sync(one);
    },
    close: closeAll,
  };
}

/** Waits until what was written to an open file or folder is on the disk. */
export function syncHandle(handle: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(handle, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/** False when there is something of that name already. */
function makeFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Null on Windows, where folders cannot be opened (nor synced). */
function openFolder(path: string): number | null {
  if (process.platform === "win32") return null;
  // Not through a link: this is what the check before could not promise.
  return openSync(
    path,
    constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW,
  );
}

const HAS_HANDLES = process.platform === "linux" && existsSync("/proc/self/fd");

/**
 * A path that means the open folder itself, also when somebody puts a link in
 * its place meanwhile. Elsewhere the plain path: only a program of the person's
 * own could win that race, nothing from a line makes links.
 */
function reach(path: string, handle: number | null): string {
  return HAS_HANDLES && handle !== null
    ? `/proc/self/fd/${String(handle)}`
    : path;
}

async function sync(handle: number | null): Promise<void> {
  if (handle === null) return;
  try {
    await syncHandle(handle);
  } catch (error) {
    // Some disks (network, FUSE) have no such call; a failing disk says EIO.
    if (!["EINVAL", "ENOTSUP", "EOPNOTSUPP"].includes(codeOf(error)))
      throw error;
  }
}

function close(handle: number | null): void {
  if (handle !== null) closeSync(handle);
}
