import { basename, dirname } from "node:path";
import { placeOf } from "./folder-base.ts";
import type { SavedFiles, SavedPlace } from "./saved-files.ts";
import type { SharedFolder } from "./shared-folders.ts";

/**
 * The place through which files are received into a folder of mine that takes
 * part. Null when another collection receives into that folder already.
 */
export function ensurePlace(
  saved: SavedFiles,
  folder: Pick<SharedFolder, "space" | "path">,
): SavedPlace | null {
  const known = placeOf(saved, folder);
  if (known !== null) return known;
  const base = dirname(folder.path);
  const name = basename(folder.path);
  if (name === "" || saved.isTaken(base, name)) return null;
  // Downloads of the same collection into the folder above have a place of their own there.
  if (saved.place(folder.space, base) !== null) return null;
  return saved.addPlace(folder.space, base, name);
}
