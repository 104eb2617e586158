import { existsSync } from "node:fs";
import {
  constants,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rmdir,
  unlink,
  type FileHandle,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import { OWN_PREFIX, type Platform } from "./naming-rules.ts";

/** A folder of the person's that received files go into. */
export interface Destination {
  /** Absolute, without links. */
  readonly folder: string;
  /** Inside it, so on the same disk: where files grow until they are whole (FI4). */
  readonly incoming: string;
  /** What its disk lets a name be; for `createNamer`. */
  readonly platform: Platform;
}

/** A folder inside a destination, held open so that no link can take its place. */
export interface EnteredFolder {
  /** For calls on what is in it. */
  path(name: string): string;
  /** Makes what was put in it last through a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a folder for receiving; makes it, and the one for unfinished files,
 * when they are not there. A link to a folder is fine here: the person chose it.
 * @throws `folder-missing`, `folder-unreadable`, `disk-full`
 */
export async function openDestination(folder: string): Promise<Destination> {
  try {
    await make(folder, 0o777);
    const real = await realpath(folder);
    const incoming = join(real, `${OWN_PREFIX}incoming`);
    await make(incoming, 0o700);
    if (!(await lstat(incoming)).isDirectory())
      throw new CoreError("folder-unreadable", { name: basename(folder) });
    return { folder: real, incoming, platform: await rulesOf(incoming) };
  } catch (error) {
    throw asRefusal(error, folder);
  }
}

/**
 * Removes what unfinished or finished transfers left, but the names in `keep`,
 * and then the folder for unfinished files if nothing is in it.
 */
export async function cleanIncoming(
  { incoming }: Destination,
  keep: ReadonlySet<string>,
): Promise<void> {
  for (const name of await readdir(incoming).catch(() => []))
    if (!keep.has(name)) await ignore(unlink(join(incoming, name)));
  await ignore(rmdir(incoming));
}

/**
 * Goes into a folder of a destination, making what is missing, never through a
 * link. Close what it answers.
 * @throws `folder-unreadable` when a part is a link or a file, `disk-full`
 */
export async function enterFolder(
  { folder }: Destination,
  parts: readonly string[],
): Promise<EnteredFolder> {
  let path = folder;
  let handle = await openFolder(folder);
  try {
    for (const part of parts) {
      path = join(reach(path, handle), part);
      const isNew = await make(path, 0o777);
      if (!(await lstat(path)).isDirectory())
        throw new CoreError("folder-unreadable", { name: part });
      const next = await openFolder(path);
      if (isNew) await sync(handle);
      await handle?.close();
      handle = next;
    }
  } catch (error) {
    await handle?.close();
    throw error;
  }
  const inside = reach(path, handle);
  return {
    path: (name) => join(inside, name),
    sync: () => sync(handle),
    close: () => handle?.close() ?? Promise.resolve(),
  };
}

/**
 * What a failed disk call in a destination means to a person; anything else as
 * it came.
 */
export function asRefusal(error: unknown, folder: string): unknown {
  if (error instanceof CoreError) return error;
  const name = basename(folder);
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new CoreError("disk-full", {}, error);
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "ELOOP":
    case "EXDEV": // a folder inside the destination is another disk
      return new CoreError("folder-unreadable", { name }, error);
    case "ENOENT":
      return new CoreError("folder-missing", { name }, error);
    default:
      return error;
  }
}

/** The code of a failed system call, "" for other errors. */
export function codeOf(error: unknown): string {
  return error instanceof Error &&
    "code" in error &&
    typeof error.code === "string"
    ? error.code
    : "";
}

/** Makes one folder; false when there is something of that name already. */
async function make(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, { mode });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Null on Windows, where folders cannot be opened (nor synced). */
async function openFolder(path: string): Promise<FileHandle | null> {
  if (process.platform === "win32") return null;
  // Not through a link: this is what the check before could not promise.
  return open(
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
function reach(path: string, handle: FileHandle | null): string {
  return HAS_HANDLES && handle !== null
    ? `/proc/self/fd/${String(handle.fd)}`
    : path;
}

async function sync(handle: FileHandle | null): Promise<void> {
  try {
    await handle?.sync();
  } catch (error) {
    // Some disks (network, FUSE) have no such call; a failing disk says EIO.
    if (!["EINVAL", "ENOTSUP", "EOPNOTSUPP"].includes(codeOf(error)))
      throw error;
  }
}

/** Whether the disk takes names that Windows forbids; a FAT or NTFS disk does not. */
async function rulesOf(incoming: string): Promise<Platform> {
  const { platform } = process;
  if (platform === "win32") return "win32";
  const probe = join(incoming, 'probe-<>:"|?*');
  try {
    await (await open(probe, "w", 0o600)).close();
    await ignore(unlink(probe));
  } catch (error) {
    if (["EINVAL", "EILSEQ", "EIO"].includes(codeOf(error))) return "win32";
    throw error;
  }
  return platform === "darwin" ? "darwin" : "linux";
}

async function ignore(work: Promise<void>): Promise<void> {
  await work.catch(() => undefined);
}
