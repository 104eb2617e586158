import * as v from "valibot";
import { transferIdSchema } from "#core/contract/ids.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import { Closers } from "#core/base/resource.ts";
import { randomId } from "#core/base/random.ts";
import { BesideFiles } from "./beside-files.ts";
import type { CollectionsOptions } from "./collections-options.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { CollectionViews } from "./collection-views.ts";
import { FolderFlow } from "./folder-flow.ts";
import type { KeptVersions } from "#core/versions/kept-versions.ts";
import { offerTo } from "./offering.ts";
import type { Receiving } from "./receiving.ts";
import type { SavedFiles, SavedPlace } from "#core/folders/saved-files.ts";
import { Selection } from "#core/listing/selection.ts";
import { Settling } from "#core/versions/settling.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";
import { TakingPart } from "./taking-part.ts";
import type { Transfers } from "#core/transfers/transfers.ts";
import { VersionViews } from "#core/versions/version-views.ts";
import { Writing } from "./writing.ts";

export interface TwoWayOptions extends CollectionsOptions {
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly saved: SavedFiles;
  readonly receiving: Receiving;
  readonly transfers: Transfers;
  readonly kept: KeptVersions;
  readonly views: () => Pick<CollectionViews, "listed" | "title">;
  readonly isMissing: (space: SpaceId) => boolean;
  readonly onChange: () => void;
}

export type TwoWay = ReturnType<typeof createTwoWay>;

/** Builds what collections of several writers need, in the order they need each other. */
export function createTwoWay(options: TwoWayOptions) {
  const { shared, self, kept, transfers, files, isMissing } = options;
  const { clock, random, onChange } = options;
  const closers = new Closers();
  const listed = () => options.views().listed();
  const founderOf = (space: SpaceId): PersonId | null =>
    self.state.peek().holds.get(space)?.charter.founder ?? null;
  const beside = new BesideFiles({ ...options, founderOf });
  const flow = closers.add(
    new FolderFlow({
      ...options,
      beside,
      founderOf,
      isUsable: (space) => listed().has(space) && !isMissing(space),
      bring,
    }),
  );
  const versions = new VersionViews({ ...options, listed });
  const settling = new Settling({
    ...options,
    views: versions,
    onSettled: onChange,
  });
  const writing = new Writing({ ...options, offer });
  const takingPart = new TakingPart({
    ...options,
    flow,
    founderOf,
    titleOf: (space) => options.views().title(space),
  });

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

  /** One transfer brings what comes into a folder: it begins anew with what comes next. */
  async function bring(
    space: SpaceId,
    { destination }: SavedPlace,
    paths: readonly string[],
  ): Promise<void> {
    const known = transfers
      .list()
      .find(
        (it) => it.destination === destination && it.direction === "receiving",
      );
    const before = known === undefined || known.stage === "done";
    const all = [...new Set([...(before ? [] : known.paths), ...paths])];
    const total = new Selection(all).total(files, space);
    if (known !== undefined) {
      await transfers.setPaths(known.transfer, all, total);
      return;
    }
    transfers.add({
      transfer: v.parse(transferIdSchema, randomId(random)),
      direction: "receiving",
      space,
      title: options.views().title(space),
      stage: "running",
      problem: null,
      destination,
      paths: all,
      isFirst: false,
      reason: "asked",
      files: { done: 0, total: total.files },
      bytes: { done: 0, total: total.bytes },
      startedAt: clock.now(),
      endedAt: null,
    });
  }

  return {
    closers,
    kept,
    versions,
    settling,
    writing,
    takingPart,
    flow,
    start(): void {
      kept.start();
      flow.start();
    },
  };
}
