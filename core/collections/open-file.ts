import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { CoreError } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type { MethodInput } from "#core/contract/methods.ts";
import type { Desktop } from "#core/core-port.ts";
import type { CollectionParts } from "./collection-parts.ts";
import { onTheList } from "./on-the-list.ts";

type Parts = Pick<
  CollectionParts,
  "files" | "views" | "shared" | "saved" | "lastOpened"
>;

/** Opens a file with the desktop, or shows where it lies. @throws `not-found`, `file-away`, `no-other-app` */
export async function openFile(
  parts: Parts,
  desktop: Desktop,
  { collection, path, how }: MethodInput<"openFile">,
): Promise<void> {
  onTheList(parts.views, collection);
  for (const found of pathsOf(parts, collection, path)) {
    if ((await lstat(found).catch(() => null)) === null) continue;
    if (how === "show") await desktop.show(found);
    else {
      await desktop.open(found);
      parts.lastOpened.opened(collection, path);
    }
    return;
  }
  throw new CoreError("file-away", {});
}

/** Where a file may lie on this computer, or a folder, or the whole collection. */
function pathsOf(
  { files, views, shared, saved }: Parts,
  collection: SpaceId,
  path: string,
): readonly string[] {
  const file = files.file(collection, path);
  if (file !== null) return views.pathsOf(collection, file);
  if (path !== "" && files.folder(collection, path) === null)
    throw new CoreError("not-found", { what: "file" });
  const own = shared.get(collection);
  const places = saved.placesOf(collection);
  // Folders of others may have another name here; then their top is shown.
  const inPlaces = places.flatMap(({ base, name }) => {
    const top = join(base, name);
    return path === "" ? [top] : [join(top, path), top];
  });
  return own === null ? inPlaces : [join(own.path, path), ...inPlaces];
}
