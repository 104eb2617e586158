import type { FolderWatchRow } from "#core/contract/watching-models.ts";
import { nextTransferId, spaceId } from "./fake-ids.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

/** Own folders. */
export function fakeWatchingMethods({
  set,
}: WorldStore): FakeMethods<
  | "shareFiles"
  | "setFolderOptions"
  | "findFolder"
  | "removeGone"
  | "copyIntoFolder"
> {
  const change = (
    collection: string,
    some: (watch: FolderWatchRow) => FolderWatchRow,
  ): void =>
    set((world) => ({
      collections: world.collections.map((row) =>
        row.collection === collection && row.watch !== null
          ? { ...row, folderMissing: false, watch: some(row.watch) }
          : row,
      ),
    }));
  return {
    shareFiles: ({ title }) => ({
      collection: spaceId(title),
      transfer: nextTransferId(),
    }),
    setFolderOptions: ({ collection, live, excludes }) => {
      change(collection, (watch) => ({ ...watch, live, excludes }));
      return {};
    },
    findFolder: ({ collection }) => {
      change(collection, (watch) => ({ ...watch, stage: { stage: "rests" } }));
      return {};
    },
    removeGone: ({ collection }) => {
      change(collection, (watch) => ({ ...watch, stage: { stage: "rests" } }));
      return {};
    },
    copyIntoFolder: ({ grants }) => ({ copied: grants.length }),
  };
}
