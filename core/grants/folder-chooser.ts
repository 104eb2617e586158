import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { FolderListing } from "#core/contract/models.ts";

/**
 * The folders inside one folder of this computer, hidden ones left out, for the
 * browser host's chooser. Null is the home folder.
 * @throws `folder-unreadable`
 */
export async function listFolders(path: string | null): Promise<FolderListing> {
  const folder = resolve(path ?? homedir());
  const parent = dirname(folder);
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const folders = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => ({ name, path: join(folder, name) }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return { path: folder, parent: parent === folder ? null : parent, folders };
  } catch (error) {
    throw new CoreError("folder-unreadable", { name: folder }, error);
  }
}
