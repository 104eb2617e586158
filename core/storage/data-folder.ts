import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { codeOf } from "#core/base/system-error.ts";
import { CoreError } from "#core/contract/errors.ts";

/** The format of everything in the data folder. On disk since 0.1. */
const FORMAT_VERSION = 1;
const MARKER = "commonplace.json";

const formatSchema = v.object({
  format: v.literal("commonplace"),
  version: v.number(),
});

export interface DataFolder {
  readonly path: string;
  /** The path of something inside. */
  at(...parts: readonly string[]): string;
}

/**
 * Opens or makes the data folder, readable by its owner only.
 * @throws `store-newer` when a newer version wrote it; nothing is touched then
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const marker = join(path, MARKER);
  const found = await readFormat(marker);
  if (found !== null && found > FORMAT_VERSION)
    throw new CoreError("store-newer", { version: found });
  if (found === null)
    await writeDurably(
      marker,
      JSON.stringify({ format: "commonplace", version: FORMAT_VERSION }),
    );
  return {
    path,
    at: (...parts) => join(path, ...parts),
  };
}

async function readFormat(path: string): Promise<number | null> {
  let content: string;
  try {
    content = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  try {
    return v.parse(formatSchema, JSON.parse(content)).version;
  } catch (error) {
    throw new CoreError("store-damaged", { part: MARKER }, error);
  }
}

/** Writes a small file so that a cut leaves the old one or the new one, never a part. */
export async function writeDurably(
  path: string,
  content: string | Buffer,
): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Makes a new name in a folder last. Windows keeps names by itself and opens no folders. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
