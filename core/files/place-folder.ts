import {
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rmdir,
  unlink,
} from "node:fs/promises";
import { basename, join } from "node:path";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import { OWN_PREFIX, type Platform } from "#core/naming/naming-rules.ts";

/** A folder of the person's that received files go into. */
export interface Destination {
  /** Absolute, without links. */
  readonly folder: string;
  /** Inside it, so on the same disk: where files grow until they are whole (FI4). */
  readonly incoming: string;
  /** What its disk lets a name be; for `createNamer`. */
  readonly platform: Platform;
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

/** Makes one folder unless there is something of that name already. */
async function make(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Whether the disk takes names that Windows forbids; a FAT or NTFS disk does not. */
export async function rulesOf(incoming: string): Promise<Platform> {
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
