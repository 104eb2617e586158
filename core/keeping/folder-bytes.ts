import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Bytes of a folder that are on the disk, without the folders named. Neither
 * holes count, nor room that a database took in advance and gives back when it
 * closes: 75 MB before anybody wrote anything. What cannot be seen counts as nothing.
 */
export async function folderBytes(
  folder: string,
  without: ReadonlySet<string>,
): Promise<number> {
  let bytes = 0;
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (without.has(path)) continue;
    if (entry.isDirectory()) bytes += await folderBytes(path, without);
    else {
      const seen = await lstat(path).catch(() => null);
      bytes +=
        seen?.isFile() === true ? Math.min(seen.size, seen.blocks * 512) : 0;
    }
  }
  return bytes;
}
