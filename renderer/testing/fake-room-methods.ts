import type { FakeMethods } from "./fake-methods-type.ts";
import type { World, WorldStore } from "./fake-world.ts";

/** Keeping, freeing and the order of transfers. */
export function fakeRoomMethods({
  get,
  set,
}: WorldStore): FakeMethods<
  | "keep"
  | "undo"
  | "freeVersions"
  | "keepRemoved"
  | "setCollectionRule"
  | "setCollectionPaused"
  | "moveTransfer"
  | "freeSpace"
  | "mendFile"
  | "undoFree"
> {
  let before: World | null = null;
  return {
    keep: ({ collection, paths, kept }) => {
      if (paths.includes(""))
        set((world) => ({
          collections: world.collections.map((row) =>
            row.collection === collection ? { ...row, kept } : row,
          ),
        }));
      return { undo: "keep" };
    },
    keepRemoved: ({ paths }) => {
      before = get();
      set((world) => ({
        removedFiles: world.removedFiles.filter(
          ({ path }) => !paths.includes(path),
        ),
      }));
      return { undo: "keep-removed" };
    },
    freeVersions: () => {
      before = get();
      const { versions } = before.room;
      set((world) => ({
        room: { ...world.room, versions: { versions: 0, bytes: 0 } },
      }));
      return { ...versions, undo: "versions" };
    },
    undo: ({ undo }) => {
      const { removedFiles, room } = before ?? get();
      if (undo === "versions") set(() => ({ room }));
      if (undo === "keep-removed") set(() => ({ removedFiles }));
      return { undone: true };
    },
    setCollectionRule: ({ collection, rule }) => {
      set((world) => ({
        collections: world.collections.map((row) =>
          row.collection === collection ? { ...row, rule } : row,
        ),
      }));
      return {};
    },
    setCollectionPaused: ({ collection, paused }) => {
      set((world) => ({
        collections: world.collections.map((row) =>
          row.collection === collection ? { ...row, paused } : row,
        ),
      }));
      return {};
    },
    moveTransfer: ({ transfer, to }) => {
      set((world) => {
        const all = [...world.transfers];
        const at = all.findIndex((one) => one.transfer === transfer);
        const [moved] = all.splice(at, 1);
        if (moved !== undefined)
          all.splice(Math.max(0, to === "up" ? at - 1 : at + 1), 0, moved);
        return { transfers: all };
      });
      return {};
    },
    mendFile: () => ({}),
    freeSpace: ({ collection, paths, insist }) => {
      before = get();
      const chosen = before.freeable.filter(
        (one) =>
          one.collection === collection &&
          (paths.includes("") || paths.includes(one.path)),
      );
      const stays = insist ? [] : chosen.filter(({ kept }) => kept);
      const goes = chosen.filter((one) => !stays.includes(one));
      const bytes = goes.reduce((sum, one) => sum + one.size, 0);
      const freed =
        goes.length === 0
          ? null
          : { batch: "freed1", files: goes.length, bytes };
      set((world) => ({
        freeable: world.freeable.filter((one) => !goes.includes(one)),
        room: { ...world.room, used: world.room.used - bytes, undo: freed },
      }));
      return {
        freed,
        refused: stays.map(({ path, size }) => ({
          path,
          size,
          reason: "kept",
          lastHad: null,
        })),
        refusedFiles: stays.length,
      };
    },
    undoFree: () => {
      const { freeable, room } = before ?? get();
      set(() => ({ freeable, room }));
      return { undone: before !== null };
    },
  };
}
