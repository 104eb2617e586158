import { link, lstat, rmdir, unlink } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * A second name for a file, under which it goes to its place.
 * @returns false where the disk has no second names, or the file is gone
 */
export async function linkTo(path: string, second: string): Promise<boolean> {
  return await link(path, second).then(
    () => true,
    () => false,
  );
}

/**
 * Takes the old name away from a file that has its new one, and the folders it
 * was the last in, up to `top`.
 * @returns false when the old name is the only one: where case makes no
 *   difference, two names may be one
 */
export async function dropOldName(
  old: string,
  now: string,
  top: string,
): Promise<boolean> {
  const [one, other] = await Promise.all(
    [old, now].map((path) => lstat(path).catch(() => null)),
  );
  if (one === null || other === null || one === undefined) return false;
  const isSame = one.ino === other?.ino && one.dev === other.dev;
  if (isSame && one.nlink < 2) return false;
  await unlink(old);
  for (
    let folder = dirname(old);
    folder.length > top.length && folder.startsWith(top);
    folder = dirname(folder)
  )
    // Only what is empty goes.
    if (!(await rmdir(folder).then(ok, failed))) break;
  return true;
}

const ok = (): boolean => true;
const failed = (): boolean => false;
