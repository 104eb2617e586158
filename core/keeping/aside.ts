import {
  lstat,
  link,
  mkdir,
  readdir,
  rename,
  rmdir,
  unlink,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf } from "#core/base/system-error.ts";
import { OWN_PREFIX } from "#core/naming/naming-rules.ts";
import type { FreedFile } from "./freed-files.ts";
import type { PlacedFile } from "./model.ts";

/** Where freed files lie until they are removed: beside the others, so on the same disk. */
function asideFolder(folder: string): string {
  return join(folder, `${OWN_PREFIX}freed`);
}

function asidePath(batch: string, { folder, number }: FreedFile): string {
  return join(asideFolder(folder), `${batch}-${String(number)}`);
}

export function placeOf({ folder, parts }: PlacedFile): string {
  return join(folder, ...parts);
}

/** What became of a file since we put it there. */
export async function lookAt(
  file: PlacedFile,
): Promise<"same" | "changed" | "missing"> {
  const seen = await lstat(placeOf(file)).catch(() => null);
  if (seen === null) return "missing";
  return seen.isFile() &&
    seen.size === file.size &&
    seen.mtimeMs === file.mtimeMs
    ? "same"
    : "changed";
}

/** Moves a file aside. False when it cannot be moved. */
export async function moveAside(
  batch: string,
  file: FreedFile,
): Promise<boolean> {
  try {
    await mkdir(asideFolder(file.folder), { mode: 0o700 }).catch(
      ignore("EEXIST"),
    );
    await rename(placeOf(file), asidePath(batch, file));
    return true;
  } catch {
    return false;
  }
}

/** Whether the file lies aside. */
export async function isAside(
  batch: string,
  file: FreedFile,
): Promise<boolean> {
  return (await lstat(asidePath(batch, file)).catch(() => null)) !== null;
}

/** Puts a file back where it was; false when it is gone, or something else lies there by now. */
export async function moveBack(
  batch: string,
  file: FreedFile,
): Promise<boolean> {
  const aside = asidePath(batch, file);
  const place = placeOf(file);
  try {
    await mkdir(dirname(place), { recursive: true });
    // A second name never overwrites; where a disk has none, a look has to do.
    try {
      await link(aside, place);
      await unlink(aside);
    } catch (error) {
      if (codeOf(error) === "EEXIST" || codeOf(error) === "ENOENT") throw error;
      if ((await lstat(place).catch(() => null)) !== null) return false;
      await rename(aside, place);
    }
    return true;
  } catch {
    return false;
  }
}

/** Removes a file that lies aside, for good. False when it could not be. */
export async function removeAside(
  batch: string,
  file: FreedFile,
): Promise<boolean> {
  return await unlink(asidePath(batch, file)).then(
    () => true,
    (error: unknown) => ["ENOENT", "ENOTDIR"].includes(codeOf(error)),
  );
}

/** Removes the folders that held nothing but what was freed; never one with anything in it. */
export async function tidyFolders(files: readonly FreedFile[]): Promise<void> {
  const tops = new Set<string>();
  const inside = new Set<string>();
  for (const { folder, parts } of files) {
    tops.add(folder);
    for (let depth = parts.length - 1; depth > 0; depth--)
      inside.add(join(folder, ...parts.slice(0, depth)));
  }
  const deepestFirst = [...inside].sort((a, b) => b.length - a.length);
  for (const folder of deepestFirst) await removeEmpty(folder);
  for (const folder of tops) await removeEmpty(asideFolder(folder));
}

async function removeEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => null);
  if (names?.length === 0) await rmdir(folder).catch(() => undefined);
}

function ignore(code: string): (error: unknown) => void {
  return (error) => {
    if (codeOf(error) !== code) throw error;
  };
}
