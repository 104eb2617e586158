import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { MethodInput, MethodOutput } from "#core/contract/methods.ts";
import { codeOf } from "#core/base/system-error.ts";
import { asRefusal, rulesOf } from "#core/files/place-folder.ts";
import type { Grants } from "#core/grants/grants.ts";
import { foldersOf, nameOf } from "#core/listing/file-paths.ts";
import type { ListedFile } from "#core/listing/listed-file.ts";
import { Selection } from "#core/listing/selection.ts";
import { safeName } from "#core/naming/naming-rules.ts";
import type { CollectionParts } from "./collection-parts.ts";
import { copyNew, firstFree } from "./copy-into.ts";
import { onTheList } from "./on-the-list.ts";

type Parts = Pick<CollectionParts, "files" | "views">;

/**
 * Puts copies of what is on this computer where the person chose; they are
 * ordinary files nobody looks after. Nothing there is replaced: a name that is
 * taken gets a number, and names of others are made safe for this disk (FI7).
 * What is not here is counted, and left out.
 * @throws `not-found`, `folder-missing`, `folder-unreadable`, `disk-full`
 */
export async function saveCopies(
  parts: Parts,
  grants: Pick<Grants, "resolve">,
  { collection, paths, folder }: MethodInput<"saveCopies">,
): Promise<MethodOutput<"saveCopies">> {
  const { files, views } = parts;
  onTheList(views, collection);
  const into = grants.resolve(folder).path;
  const chosen = new Set(paths);
  const count = { saved: 0, away: 0 };
  const copy = async (
    file: ListedFile,
    base: string,
    parts: readonly string[],
  ) => {
    const isSaved = await saveOne(views.pathsOf(collection, file), base, parts);
    if (isSaved) count.saved++;
    else count.away++;
  };
  try {
    const platform = await rulesOf(into);
    const safe = (name: string) => safeName(name, platform);
    for (const top of chosen) {
      // It comes with the folder it lies in.
      if (top !== "" && foldersOf(top).some((it) => chosen.has(it))) continue;
      const file = files.file(collection, top);
      if (file !== null) await copy(file, into, [safe(nameOf(top))]);
      if (files.folder(collection, top) === null) continue;
      const called = top === "" ? views.title(collection) : nameOf(top);
      const base = await makeTop(into, safe(called));
      for (const it of await below(parts, collection, top))
        await copy(
          it,
          base,
          it.path
            .slice(top === "" ? 0 : top.length + 1)
            .split("/")
            .map(safe),
        );
    }
  } catch (error) {
    if (error instanceof CoreError) throw error;
    throw asRefusal(error, into);
  }
  if (count.saved + count.away === 0)
    throw new CoreError("not-found", { what: "files" });
  return count;
}

async function below(
  { files }: Parts,
  collection: SpaceId,
  top: string,
): Promise<readonly ListedFile[]> {
  const all: ListedFile[] = [];
  for await (const slice of new Selection([top]).files(files, collection))
    all.push(...slice);
  return all;
}

async function makeTop(into: string, wanted: string): Promise<string> {
  const name = await firstFree(wanted, "folder", async (it) => {
    await mkdir(join(into, it));
  });
  return join(into, name);
}

/** Copies from the first place that has it; false when none does. */
async function saveOne(
  sources: readonly string[],
  base: string,
  parts: readonly string[],
): Promise<boolean> {
  const target = join(base, ...parts);
  const folder = dirname(target);
  if (parts.length > 1) await mkdir(folder, { recursive: true });
  for (const source of sources) {
    try {
      await firstFree(parts.at(-1) ?? "", "file", (name) =>
        copyNew(source, join(folder, name)),
      );
      return true;
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
      // The source is gone: then another may do. Where the target is, nothing does.
      await stat(folder);
    }
  }
  return false;
}
