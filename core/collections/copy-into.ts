import { constants } from "node:fs";
import { copyFile, lstat, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import { codeOf, isDiskFull } from "#core/base/system-error.ts";
import type { Excludes } from "#core/files/excludes.ts";
import { numberedName } from "#core/naming/naming-rules.ts";
import { walkFolder } from "#core/files/walk.ts";

/** Names tried before it is given up. */
const TRIES = 1_000;

/** Something to copy, and what it is called. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
}

/** What was copied into a folder. */
export interface CopiedInto {
  /** Files. */
  readonly copied: number;
  /** The names they, or the folders they lie in, have there. */
  readonly names: readonly string[];
}

/**
 * Copies files and folders into a folder, because the person said so. Nothing
 * there is replaced: a name that is taken gets a number. What lies there
 * already is left alone. `excludes` says what of the folders is left out.
 * @throws `folder-missing`, `folder-unreadable`, `disk-full`
 */
export async function copyInto(
  folder: string,
  sources: readonly Source[],
  excludes?: Pick<Excludes, "reasonFor">,
): Promise<CopiedInto> {
  const names: string[] = [];
  let copied = 0;
  try {
    for (const { path: source, name: wanted } of sources) {
      // It lies in the folder: there is nothing to do.
      if (isInside(source, folder)) {
        if (dirname(source) === folder) names.push(basename(source));
        continue;
      }
      if (isInside(folder, source))
        throw new CoreError("folder-unreadable", { name: basename(source) });
      if ((await lstat(source)).isDirectory()) {
        const name = await makeFolder(folder, wanted);
        names.push(name);
        for await (const file of walkFolder(source, { excludes })) {
          const target = join(folder, name, file.path);
          await mkdir(dirname(target), { recursive: true });
          await copyNew(file.absolutePath, target);
          copied++;
        }
      } else {
        names.push(await copyNumbered(source, folder, wanted));
        copied++;
      }
    }
  } catch (error) {
    if (error instanceof CoreError) throw error;
    const name = basename(folder);
    if (isDiskFull(error)) throw new CoreError("disk-full", {}, error);
    throw (await lstat(folder).catch(() => null)) === null
      ? new CoreError("folder-missing", { name }, error)
      : new CoreError("folder-unreadable", { name }, error);
  }
  return { copied, names };
}

/** Copies a file to where nothing is. */
export function copyNew(source: string, target: string): Promise<void> {
  return copyFile(
    source,
    target,
    constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE,
  );
}

async function copyNumbered(
  source: string,
  folder: string,
  wanted: string,
): Promise<string> {
  return await firstFree(wanted, "file", (name) =>
    copyNew(source, join(folder, name)),
  );
}

async function makeFolder(folder: string, wanted: string): Promise<string> {
  return await firstFree(wanted, "folder", async (name) => {
    await mkdir(join(folder, name));
  });
}

/** Takes a name, or the first of its numbered ones, that nothing has there. */
export async function firstFree(
  wanted: string,
  kind: "file" | "folder",
  take: (name: string) => Promise<void>,
): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : numberedName(wanted, number, kind);
    try {
      await take(name);
      return name;
    } catch (error) {
      if (codeOf(error) !== "EEXIST" || number >= TRIES) throw error;
    }
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(join(folder, "/"));
}
