import type { TransferId } from "#core/contract/ids.ts";
import type { Transfer } from "#core/contract/collection-models.ts";
import { readClock } from "#renderer/ui/read-clock.ts";
import { nextTransferId, spaceId } from "./fake-ids.ts";
import { mira } from "./fake-people.ts";
import { notKept } from "./fake-room.ts";
import { fakeWatch } from "./fake-watching.ts";
import { onlyMine } from "./fake-versions.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import type { WorldStore } from "./fake-world.ts";

/** Collections and transfers. */
export function fakeFileMethods({
  set,
}: WorldStore): FakeMethods<
  | "shareFolder"
  | "updateCollection"
  | "removeCollection"
  | "collectionLink"
  | "download"
  | "openFile"
  | "saveCopies"
  | "pauseTransfer"
  | "cancelTransfer"
  | "retryTransfer"
  | "clearTransfers"
  | "describeFiles"
> {
  const changeTransfer = (id: TransferId, change: Partial<Transfer>) =>
    set((world) => ({
      transfers: world.transfers.map((one) =>
        one.transfer === id ? { ...one, ...change } : one,
      ),
    }));
  return {
    shareFolder: ({ title, about, audience }) => {
      const now = readClock();
      const collection = spaceId(title);
      set((world) => ({
        collections: [
          {
            collection,
            title,
            about,
            owner: world.me ?? mira,
            mine: true,
            audience:
              audience.kind === "chosen"
                ? {
                    kind: "chosen",
                    people: world.contacts.filter((one) =>
                      audience.people.includes(one.person),
                    ),
                  }
                : audience,
            files: 24,
            bytes: 96_000_000,
            filesHere: 24,
            bytesHere: 96_000_000,
            changedAt: now,
            folderMissing: false,
            copies: null,
            folderName: title,
            watch: fakeWatch({ stage: "checking" }),
            ...notKept,
            ...onlyMine,
          },
          ...world.collections,
        ],
      }));
      return { collection, transfer: nextTransferId() };
    },
    updateCollection: () => ({ transfer: nextTransferId() }),
    removeCollection: ({ collection, removed }) => {
      set((world) => ({
        collections: removed
          ? world.collections.filter((one) => one.collection !== collection)
          : [
              ...world.collections,
              ...world.removedCollections.filter(
                (one) => one.collection === collection,
              ),
            ],
        removedCollections: removed
          ? [
              ...world.removedCollections,
              ...world.collections.filter(
                (one) => one.collection === collection,
              ),
            ]
          : world.removedCollections.filter(
              (one) => one.collection !== collection,
            ),
      }));
      return {};
    },
    collectionLink: () => ({
      link: "commonplace:collection8nnhk3fd5jgxaotw7pj6zk9dms4cie3h8yqb7ro1xwtu5fn",
    }),
    download: () => ({ transfer: nextTransferId(), missing: [] }),
    openFile: () => ({}),
    pauseTransfer: ({ transfer, paused }) => {
      changeTransfer(transfer, {
        state: paused
          ? { stage: "paused", by: "transfer" }
          : { stage: "running" },
        speed: paused ? 0 : 2_400_000,
      });
      return {};
    },
    saveCopies: ({ paths }) => ({ saved: paths.length, away: 0 }),
    cancelTransfer: ({ transfer }) => {
      set((world) => ({
        transfers: world.transfers.filter((one) => one.transfer !== transfer),
      }));
      return { undo: "cancelled" };
    },
    retryTransfer: ({ transfer }) => {
      changeTransfer(transfer, {
        state: { stage: "running" },
        speed: 1_200_000,
      });
      return {};
    },
    describeFiles: () => ({}),
    clearTransfers: () => {
      set((world) => ({
        transfers: world.transfers.filter((one) => one.state.stage !== "done"),
      }));
      return {};
    },
  };
}
