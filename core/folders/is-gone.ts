import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "#core/base/system-error.ts";

/**
 * Whether no file has this very name in a folder: where case makes no
 * difference, `A.txt` is found when there is only `a.txt`. What only cannot be
 * seen may be there.
 */
export async function isGone(
  folder: string,
  parts: readonly string[],
): Promise<boolean> {
  try {
    const seen = await lstat(join(folder, ...parts));
    if (!seen.isFile()) return true;
  } catch (error) {
    return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
  }
  let on = folder;
  for (const part of parts) {
    const names = await readdir(on).catch(() => null);
    if (names?.includes(part) === false) return true;
    on = join(on, part);
  }
  return false;
}
