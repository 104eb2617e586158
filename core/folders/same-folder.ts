import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import { folderMark } from "./shared-folders.ts";
import type { SharedFolder } from "./shared-folders.ts";

/** How the folder of a collection is found: itself, nothing at its path, or another one there. */
export type Standing = "there" | "gone" | "other";

/** Files looked for; so many tell. */
const SAMPLE_FILES = 200;
/** Of those that are looked for, so many have to be there. */
const ENOUGH = 0.5;

/**
 * Looks for the folder of a collection. A drive that is plugged in again may
 * show other marks than before, and where it was taken out an empty folder may
 * be left: then what is in it decides.
 */
export async function standingOf(
  { space, path, mark }: SharedFolder,
  files: CollectionIndex,
): Promise<Standing> {
  const now = await folderMark(path);
  if (now === null) return "gone";
  if (mark === "" || now === mark) return "there";
  return (await holdsFilesOf(space, path, files)) ? "there" : "other";
}

/** Whether a folder holds the files of a collection, as far as a sample tells; any does for an empty one. */
export async function holdsFilesOf(
  space: SpaceId,
  folder: string,
  files: CollectionIndex,
): Promise<boolean> {
  const sample = files.sample(space, SAMPLE_FILES);
  const seen = await Promise.all(
    sample.map(async ({ path, size }) => {
      const it = await lstat(join(folder, path)).catch(() => null);
      return it?.isFile() === true && it.size === size;
    }),
  );
  const found = seen.filter((isThere) => isThere).length;
  return found >= sample.length * ENOUGH;
}
