import { mkdir, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { FolderListing } from "#core/contract/models.ts";
import { codeOf, isDiskFull } from "#core/base/system-error.ts";

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

/** Characters that part paths somewhere, or end a name. */
const NOT_IN_NAMES = /[/\\\0]/u;

/**
 * Makes a folder and lists it; nothing that is there is touched.
 * @throws `name-unusable`, `name-taken`, `disk-full`, `folder-unreadable`
 */
export async function makeFolder(
  path: string,
  wanted: string,
): Promise<FolderListing> {
  const name = wanted.trim();
  const isWalk = name === "." || name === "..";
  if (name === "" || isWalk || NOT_IN_NAMES.test(name))
    throw new CoreError("name-unusable", { name });
  const made = join(resolve(path), name);
  try {
    await mkdir(made);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") throw new CoreError("name-taken", { name }, error);
    if (isDiskFull(error)) throw new CoreError("disk-full", {}, error);
    if (code === "EINVAL" || code === "ENAMETOOLONG")
      throw new CoreError("name-unusable", { name }, error);
    throw new CoreError("folder-unreadable", { name: path }, error);
  }
  return await listFolders(made);
}
