import {
  closeSync,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
} from "node:fs";
import { codeOf } from "#core/base/system-error.ts";

/*
 * Synchronous: for the thread that places files. The moments between a look and
 * the call that leans on it are the shorter for it.
 */

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
export function putNew(from: string, target: string): boolean {
  try {
    linkSync(from, target);
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
  unlinkSync(from);
  return true;
}

/** A run that was killed between link and unlink left both names. */
function isSameFile(from: string, target: string): boolean {
  const [one, other] = [lstatSync(from), lstatSync(target)];
  if (one.ino === 0 || one.ino !== other.ino || one.dev !== other.dev)
    return false;
  unlinkSync(from);
  return true;
}

/** Takes the name with an empty file of its own, then puts the whole one over that. */
export function putWithoutLinks(from: string, target: string): boolean {
  let ours;
  try {
    const file = openSync(target, "wx", 0o600);
    ours = fstatSync(file);
    closeSync(file);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  const now = lstatSync(target);
  if (now.ino !== ours.ino || now.size !== 0) return false;
  renameSync(from, target);
  return true;
}

/**
 * Puts a file in the place of the one we put there before, unless that one was
 * touched since. The old one stays at `aside`, a free name on the same disk,
 * where the disk can: a program may be writing into it at this very moment, so
 * look at it once more a little later, before it goes.
 * @returns whether it was put there; false leaves both as they were
 */
export function putOver(
  from: string,
  target: string,
  known: KnownFile,
  aside: string,
): boolean {
  if (!isKnown(target, known)) return false;
  rmSync(aside, { force: true });
  holdAside(target, aside);
  // Between this look and the next call lie microseconds; no system offers less.
  if (isKnown(target, known)) {
    renameSync(from, target);
    return true;
  }
  rmSync(aside, { force: true });
  return false;
}

/** A second name for the old file, so that a late change is not lost with the first. */
function holdAside(target: string, aside: string): void {
  try {
    linkSync(target, aside);
  } catch {
    // A disk without links has no second names.
  }
}

/** Whether this is a file, left as we left it. */
export function isKnown(path: string, known: KnownFile): boolean {
  const seen = look(path);
  return (
    seen?.isFile() === true &&
    seen.size === known.size &&
    seen.mtimeMs === known.mtimeMs
  );
}

/** What is at a path, a link itself and not what it means; null when nothing can be seen. */
export function look(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
