import type { SpaceId } from "#core/contract/ids.ts";
import type { CollectionRow } from "#core/contract/collection-models.ts";
import type { FakeMethods } from "./fake-methods-type.ts";
import { ref } from "./fake-versions.ts";
import type { WorldStore } from "./fake-world.ts";

/** What is done about versions and writers. */
export function fakeVersionMethods({
  set,
}: WorldStore): FakeMethods<
  | "setWriters"
  | "joinFolder"
  | "leaveFolder"
  | "resolveVersions"
  | "reopenVersions"
  | "putBack"
> {
  const change = (collection: SpaceId, more: Partial<CollectionRow>) => {
    set((world) => ({
      collections: world.collections.map((one) =>
        one.collection === collection ? { ...one, ...more } : one,
      ),
    }));
    return {};
  };
  return {
    setWriters: ({ collection, people }) => {
      set((world) => ({
        collections: world.collections.map((one) =>
          one.collection === collection
            ? {
                ...one,
                writers: world.contacts.filter((it) =>
                  people.includes(it.person),
                ),
              }
            : one,
        ),
      }));
      return {};
    },
    joinFolder: ({ collection }) => change(collection, { joined: "Concert" }),
    leaveFolder: ({ collection }) => change(collection, { joined: null }),
    resolveVersions: () => ({ settled: ref(), added: [] }),
    reopenVersions: () => ({}),
    putBack: () => ({}),
  };
}
