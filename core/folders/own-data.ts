import { realpath } from "node:fs/promises";
import { basename, relative, isAbsolute } from "node:path";
import { CoreError } from "#core/contract/errors.ts";

/**
 * Refuses a folder that holds the app's own data, with its secrets, or lies in it:
 * a whole disk and a whole home are such folders. One that is not there is for
 * others to refuse.
 * @throws `folder-ours`
 */
export async function refuseOwnData(
  path: string,
  dataFolder: string,
): Promise<void> {
  const [real, data] = await Promise.all(
    [path, dataFolder].map((it) => realpath(it).catch(() => null)),
  );
  if (typeof real !== "string" || typeof data !== "string") return;
  if (lies(data, real) || lies(real, data))
    throw new CoreError("folder-ours", { name: basename(path) });
}

/** Whether a path is a folder, or lies in it. */
function lies(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return (
    way === "" || !(way === ".." || /^\.\.[/\\]/.test(way) || isAbsolute(way))
  );
}
