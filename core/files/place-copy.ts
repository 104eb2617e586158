import { access, constants, copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import { randomId, type Random } from "#core/base/random.ts";
import type { Hasher } from "./hasher.ts";
import type { Holding } from "./model.ts";
import { asRefusal, type Destination } from "./place-folder.ts";

/**
 * Makes a temporary file of content that is held already, for another name of
 * it (FI9): nothing is fetched, and where the disk can, no bytes are copied
 * until one of the two changes. Verified like what was fetched.
 * @returns the absolute path, in the folder for unfinished files
 * @throws `file-away` when the holding is gone or changed, `disk-full`,
 * `folder-missing`, `folder-unreadable`
 */
export async function copyForPlacing(
  { root, size, absolutePath }: Holding,
  destination: Destination,
  hasher: Hasher,
  random: Random,
): Promise<string> {
  const copy = join(destination.incoming, `${randomId(random)}.copy`);
  try {
    await access(absolutePath, constants.R_OK);
  } catch (error) {
    throw new CoreError("file-away", {}, error);
  }
  try {
    await copyFile(absolutePath, copy, constants.COPYFILE_FICLONE);
    const hash = await hasher.hashFile(copy, { size });
    if (hash.root === root) return copy;
    throw new CoreError("file-away", {});
  } catch (error) {
    await rm(copy, { force: true });
    throw isCoreError(error) ? error : asRefusal(error, destination.folder);
  }
}
