import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import { numberedName, safeName } from "#core/naming/naming-rules.ts";
import type { SavedFiles, SavedPlace } from "./saved-files.ts";

/** A folder of every system: the strictest rules, so that the name can be carried anywhere. */
const PLATFORM = "win32";

/**
 * The folder of a collection inside the one chosen for downloads: the one it
 * had before, else a new one under its title. A folder that is there already
 * is the person's own, and not ours to put files into.
 * @throws `folder-missing`, `folder-unreadable`
 */
export async function choosePlace(
  saved: SavedFiles,
  space: SpaceId,
  chosen: string,
  title: string,
): Promise<SavedPlace> {
  const base = await checkFolder(chosen);
  const known = saved.place(space, base);
  if (known !== null) return known;
  const words = title.replace(/\s+/g, " ").trim();
  // A title is no path: nothing in it makes folders.
  const name = safeName(words === "" ? "Collection" : words, PLATFORM);
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : numberedName(name, number, "folder");
    if (saved.isTaken(base, free)) continue;
    if (await exists(join(base, free))) continue;
    // Somebody else may have taken it while we looked.
    if (saved.place(space, base) !== null || saved.isTaken(base, free))
      return choosePlace(saved, space, chosen, title);
    return saved.addPlace(space, base, free);
  }
}

/** The real path of a folder that can be written to. */
async function checkFolder(chosen: string): Promise<string> {
  const name = basename(chosen);
  try {
    const folder = await realpath(chosen);
    const seen = await stat(folder);
    if (!seen.isDirectory()) throw new CoreError("folder-unreadable", { name });
    await access(folder, constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    if (error instanceof CoreError) throw error;
    throw codeOf(error) === "ENOENT"
      ? new CoreError("folder-missing", { name }, error)
      : new CoreError("folder-unreadable", { name }, error);
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
