import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import { Closers } from "#core/base/resource.ts";
import type { CollectionsOptions } from "./collection-parts.ts";
import type { CollectionIndex } from "./collection-index.ts";
import type { CollectionViews } from "./collection-views.ts";
import { KeptVersions } from "./kept-versions.ts";
import { offerTo } from "./offering.ts";
import { Settling } from "./settling.ts";
import type { SharedFolders } from "./shared-folders.ts";
import { VersionViews } from "./version-views.ts";
import { Writing } from "./writing.ts";

export interface TwoWayOptions extends CollectionsOptions {
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly views: () => Pick<CollectionViews, "listed">;
  /** Something came to stand in a collection that may not lie in its folder yet. */
  readonly onSettled: (space: SpaceId) => void;
}

export type TwoWay = ReturnType<typeof createTwoWay>;

/** Builds what collections of several writers need, in the order they need each other. */
export function createTwoWay(options: TwoWayOptions) {
  const { shared, self } = options;
  const closers = new Closers();
  const kept = closers.add(
    new KeptVersions({ ...options, folder: options.versionsFolder }),
  );
  const versions = new VersionViews({
    ...options,
    listed: () => options.views().listed(),
  });
  const settling = new Settling({ ...options, views: versions });
  const writing = new Writing({ ...options, offer });

  /** Whoever may write must be able to read. */
  async function offer(
    space: SpaceId,
    people: readonly PersonId[],
  ): Promise<void> {
    const folder = shared.get(space);
    const link = self.state.peek().holds.get(space);
    if (folder?.audience.kind !== "chosen" || link === undefined) return;
    const known = folder.audience.people;
    const more = people.filter((person) => !known.includes(person));
    if (more.length === 0) return;
    shared.setAudience(space, { kind: "chosen", people: [...known, ...more] });
    // Before the first offer there is nothing to add to: it will name them all.
    if (!folder.isOffered) return;
    const audience = { kind: "chosen", people: more } as const;
    await offerTo(options, audience, link, folder.title, true);
  }

  return { closers, kept, versions, settling, writing };
}
