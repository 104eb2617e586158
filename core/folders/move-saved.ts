import { link, lstat, rm, rmdir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileRoot } from "#core/contract/ids.ts";
import type { Namer } from "#core/naming/naming.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import type { SavedFile } from "./saved-files.ts";

/** A file that lies here and has another name now. */
export interface SavedMove {
  readonly old: SavedFile;
  readonly file: ListedFile;
}

/** What moving needs of the folder it happens in. */
export interface MovePlace {
  /** Absolute. */
  readonly top: string;
  readonly namer: Namer;
  readonly newTemp: () => string;
  readonly isAsLeft: (file: SavedFile) => Promise<boolean>;
  /** Where this version of a file lies, as we left it; null when it does not. */
  readonly savedAt: (file: ListedFile) => Promise<SavedFile | null>;
  /** Puts files at their names; answers those that could not be. */
  readonly place: (
    files: readonly {
      readonly file: ListedFile;
      readonly temp: string;
      readonly list: Buffer;
    }[],
  ) => Promise<readonly { readonly path: string }[]>;
  readonly listOf: (root: FileRoot) => Buffer | null;
  /** Forgets what lay under old names. */
  readonly forget: (files: readonly SavedFile[]) => void;
}

interface Linked extends SavedMove {
  readonly temp: string;
}

/**
 * Gives files that lie here, as we left them, their new names (FI9). Never
 * without one of the two names, whenever it ends.
 */
export async function moveSaved(
  place: MovePlace,
  moves: readonly SavedMove[],
): Promise<void> {
  const linked: Linked[] = [];
  const ready: SavedMove[] = [];
  for (const move of moves) {
    const { old, file } = move;
    if (!(await place.isAsLeft(old))) continue;
    // It came under its new name meanwhile: then only the old one goes.
    if ((await place.savedAt(file)) !== null) {
      ready.push(move);
      continue;
    }
    const temp = place.newTemp();
    if (!(await linkTo(join(place.top, ...old.parts), temp))) continue;
    linked.push({ old, file, temp });
    // So that it can have a name that differs in case only.
    place.namer.release(old.path);
  }
  const failed = new Set(
    (
      await place.place(
        linked.map(({ file, temp }) => ({
          file,
          temp,
          list: place.listOf(file.root) ?? Buffer.alloc(0),
        })),
      )
    ).map(({ path }) => path),
  );
  for (const move of linked) {
    if (!failed.has(move.file.path)) {
      ready.push(move);
      continue;
    }
    await rm(move.temp, { force: true });
    place.namer.settle(move.old.path, move.old.parts);
  }
  for (const { old, file } of ready) {
    const now = await place.savedAt(file);
    const path = join(place.top, ...old.parts);
    if (now !== null)
      await dropOldName(path, join(place.top, ...now.parts), place.top);
  }
  place.forget(ready.map(({ old }) => old));
}

/** False where the disk has no second names, or the file is gone. */
async function linkTo(path: string, second: string): Promise<boolean> {
  return await link(path, second).then(
    () => true,
    () => false,
  );
}

/**
 * Takes the old name away from a file that has its new one, and the folders it
 * was the last in. Not when it is the only one: where case makes no difference,
 * two names may be one.
 */
async function dropOldName(
  old: string,
  now: string,
  top: string,
): Promise<void> {
  const one = await lstat(old).catch(() => null);
  const other = await lstat(now).catch(() => null);
  if (one === null || other === null) return;
  const isSame = one.ino === other.ino && one.dev === other.dev;
  if (isSame && one.nlink < 2) return;
  await unlink(old);
  for (
    let folder = dirname(old);
    folder.length > top.length && folder.startsWith(top);
    folder = dirname(folder)
  )
    // Only what is empty goes.
    if (!(await rmdir(folder).then(ok, failed))) break;
}

const ok = (): boolean => true;
const failed = (): boolean => false;
