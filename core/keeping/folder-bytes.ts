import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Bytes that a folder takes on the disk, without the folders named. What cannot be seen counts as nothing. */
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
      bytes += seen?.isFile() === true ? seen.blocks * 512 : 0;
    }
  }
  return bytes;
}
