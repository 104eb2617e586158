import * as v from "valibot";
import { transferIdSchema } from "#core/contract/ids.ts";
import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import { Closers } from "#core/base/resource.ts";
import { randomId } from "#core/base/random.ts";
import type { Random } from "#core/base/random.ts";
import type { Self } from "#core/self/self.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import { BesideFiles } from "./beside-files.ts";
import type { BesideFilesOptions } from "./beside-files.ts";
import { FolderFlow } from "./folder-flow.ts";
import type { FolderFlowOptions } from "./folder-flow.ts";
import type { SavedPlace } from "#core/folders/saved-files.ts";
import { Selection } from "#core/listing/selection.ts";
import { Settling } from "#core/versions/settling.ts";
import type { SettlingOptions } from "#core/versions/settling.ts";
import { TakingPart } from "./taking-part.ts";
import type { TakingPartOptions } from "./taking-part.ts";
import type { Transfers } from "#core/transfers/transfers.ts";
import { VersionViews } from "#core/versions/version-views.ts";
import type { VersionViewsOptions } from "#core/versions/version-views.ts";
import { Writing } from "./writing.ts";
import type { WritingOptions } from "./writing.ts";

/** What the parts need, but for what is built here. */
type PartOptions = Omit<BesideFilesOptions, "founderOf"> &
  Omit<FolderFlowOptions, "beside" | "founderOf" | "isUsable" | "bring"> &
  Omit<VersionViewsOptions, "listed"> &
  Omit<SettlingOptions, "views" | "onSettled"> &
  Omit<TakingPartOptions, "flow" | "founderOf" | "titleOf"> &
  WritingOptions;

export type TwoWayOptions = PartOptions & {
  readonly self: Self;
  readonly transfers: Transfers;
  readonly random: Random;
  /** Collections on the list, and what they are called. */
  readonly views: () => {
    listed(): ReadonlyMap<SpaceId, SpaceLink>;
    title(space: SpaceId): string;
  };
  readonly isMissing: (space: SpaceId) => boolean;
};

export type TwoWay = ReturnType<typeof createTwoWay>;

/** Builds what collections of several writers need, in the order they need each other. */
export function createTwoWay(options: TwoWayOptions) {
  const { self, kept, transfers, files, isMissing } = options;
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
  const writing = new Writing(options);
  const takingPart = new TakingPart({
    ...options,
    flow,
    founderOf,
    titleOf: (space) => options.views().title(space),
  });

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
