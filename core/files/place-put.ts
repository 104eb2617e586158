import { link, lstat, open, rename, rm, unlink } from "node:fs/promises";
import { codeOf } from "./place-folder.ts";

/** How we left a file: if it still has these, nobody has touched it since. */
export interface KnownFile {
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * Gives a file its name unless something has that name. Atomic: whatever
 * appears at `target` in the meantime stays as it is.
 * @returns whether it was put there; false leaves `from` as it was
 */
export async function putNew(from: string, target: string): Promise<boolean> {
  try {
    await link(from, target);
  } catch (error) {
    switch (codeOf(error)) {
      case "EEXIST":
        return isSameFile(from, target);
      // Disks without hard links: FAT, exFAT, some network disks.
      case "EPERM":
      case "ENOTSUP":
      case "EOPNOTSUPP":
      case "ENOSYS":
      case "EMLINK":
        return putWithoutLinks(from, target);
      default:
        throw error;
    }
  }
  await unlink(from);
  return true;
}

/** A run that was killed between link and unlink left both names. */
async function isSameFile(from: string, target: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(from), lstat(target)]);
  if (one.ino === 0 || one.ino !== other.ino || one.dev !== other.dev)
    return false;
  await unlink(from);
  return true;
}

/** Takes the name with an empty file of its own, then puts the whole one over that. */
export async function putWithoutLinks(
  from: string,
  target: string,
): Promise<boolean> {
  let ours;
  try {
    const handle = await open(target, "wx", 0o600);
    ours = await handle.stat();
    await handle.close();
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  const now = await lstat(target);
  if (now.ino !== ours.ino || now.size !== 0) return false;
  await rename(from, target);
  return true;
}

/**
 * Puts a file in the place of the one we put there before, unless that one was
 * touched since. The old one stays at `aside`, a free name on the same disk,
 * where the disk can: a program may be writing into it at this very moment, so
 * look at it once more a little later, before it goes.
 * @returns whether it was put there; false leaves both as they were
 */
export async function putOver(
  from: string,
  target: string,
  known: KnownFile,
  aside: string,
): Promise<boolean> {
  if (!(await isKnown(target, known))) return false;
  await rm(aside, { force: true });
  await holdAside(target, aside);
  // Between this look and the next call lie microseconds; no system offers less.
  if (await isKnown(target, known)) {
    await rename(from, target);
    return true;
  }
  await rm(aside, { force: true });
  return false;
}

/** A second name for the old file, so that a late change is not lost with the first. */
async function holdAside(target: string, aside: string): Promise<void> {
  await link(target, aside).catch(() => undefined);
}

/** Whether this is a file, left as we left it. */
export async function isKnown(
  path: string,
  known: KnownFile,
): Promise<boolean> {
  const seen = await lstat(path).catch(() => null);
  return (
    seen?.isFile() === true &&
    seen.size === known.size &&
    seen.mtimeMs === known.mtimeMs
  );
}
