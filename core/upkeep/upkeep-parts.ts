import type { PersonId, SpaceId } from "#core/contract/ids.ts";
import type { Availability } from "#core/availability/availability.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { Closers } from "#core/base/resource.ts";
import type { Undos } from "#core/base/undos.ts";
import { anyOf } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { Named } from "#core/files/named.ts";
import { Freeing } from "#core/keeping/freeing.ts";
import type { Keeping } from "#core/keeping/keeping.ts";
import type { People } from "#core/people/people.ts";
import type { Self } from "#core/self/self.ts";
import type { LocalSettings } from "#core/settings/local-settings.ts";
import type { SpaceLink } from "#core/spaces/charter.ts";
import type { Folder } from "#core/spaces/fold.ts";
import type { Database } from "#core/storage/database.ts";
import { ByRule } from "./by-rule.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import type { Here } from "#core/listing/here.ts";
import { createOtherHolders } from "./other-holders.ts";
import { PlacedInFolders } from "./placed-files.ts";
import { PlacedSums } from "./placed-sums.ts";
import type { KeptVersions } from "#core/versions/kept-versions.ts";
import type { RemovedFiles } from "./removed-files.ts";
import type { RemovedViews } from "./removed-views.ts";
import type { SharedFolders } from "#core/folders/shared-folders.ts";
import { createThrottled } from "#core/base/throttled.ts";
import type { Transfers } from "#core/transfers/transfers.ts";
import { Upkeep } from "./upkeep.ts";

/** What it stands on. */
export interface UpkeepGround {
  readonly me: PersonId;
  readonly self: Self;
  readonly people: People;
  readonly local: Database;
  readonly settings: LocalSettings;
  readonly keeping: Keeping;
  readonly availability: Availability;
  readonly holdings: Holdings;
  readonly named: Pick<Named, "spacesOf">;
  readonly folder: Folder;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The parts of collections it looks at and sets to work. */
export interface UpkeepParts {
  readonly files: CollectionIndex;
  readonly shared: SharedFolders;
  readonly here: Here;
  readonly transfers: Transfers;
  /** Collections on the list, and what they are called. */
  readonly views: {
    listed(): ReadonlyMap<SpaceId, SpaceLink>;
    title(space: SpaceId): string;
  };
  readonly onChange: () => void;
  readonly undos: Undos;
  readonly kept: KeptVersions;
  readonly removedFiles: RemovedFiles;
  readonly removed: RemovedViews;
  /** Fires, not too often, when something is shown differently. */
  readonly changed: Signal;
  /** Begins the transfer of a collection's rule. */
  readonly begin: (space: SpaceId, paths: readonly string[]) => Promise<void>;
  readonly checkPlace: (space: SpaceId) => Promise<unknown>;
  readonly check: (space: SpaceId) => void;
}

/** What rules ask for is looked at this often at most. */
const LOOK_MS = 2_000;
/** Builds what keeps, brings and frees files of collections. */
export function createUpkeep(
  options: UpkeepGround,
  parts: UpkeepParts,
): Resource & {
  readonly upkeep: Upkeep;
  readonly start: () => Promise<void>;
} {
  const { keeping, availability, local, settings, self, me } = options;
  const { clock, logger } = options;
  const closers = new Closers();
  const sums = new PlacedSums(local, clock);
  const placed = new PlacedInFolders(
    local,
    parts.removedFiles,
    clock,
    (space, changed) => {
      sums.forget();
      parts.here.look(
        space,
        changed.map(({ path }) => path),
      );
      parts.removedFiles.touch(space);
      logger.background("removed files", parts.removedFiles.look());
    },
  );

  const freeing = closers.add(
    new Freeing({
      ...options,
      placed,
      marks: keeping.marks,
      onChange: () => {
        keeping.room.look();
        parts.onChange();
      },
      otherHolders: createOtherHolders(availability, options.named, clock),
      isListed: (space, path) => parts.files.file(space, path) !== null,
      isMine: ({ space, folder, path }) =>
        parts.shared.get(space)?.path === folder &&
        !parts.removedFiles.isRemoved(space, path),
    }),
  );
  const byRule = new ByRule({
    ...parts,
    marks: keeping.marks,
    rules: keeping.rules,
    logger,
    *spaces() {
      for (const [space, { charter }] of parts.views.listed())
        if (charter.founder !== me) yield space;
    },
  });
  closers.addTask(() => {
    byRule.close();
  });
  const looks = closers.add(createThrottled(clock, LOOK_MS));
  looks.subscribe(() => {
    logger.background("by rule", byRule.look());
  });
  const upkeep = new Upkeep({
    ...options,
    ...parts,
    freeing,
    placed,
    sums,
    byRule,
    linkOf: (space) => self.state.peek().holds.get(space) ?? null,
  });
  keeping.ownFolders = () => parts.shared.all().map(({ path }) => path);
  keeping.bytesAside = () => freeing.bytesAside;
  keeping.makeRoom = (bytes) => upkeep.makeRoom(bytes);
  closers.addTask(
    settings.changed.subscribe(() => {
      parts.transfers.advance();
      parts.onChange();
      looks.fire();
      // Less may be used: earlier versions take their part of it and no more.
      logger.background("kept versions", parts.kept.tidy());
    }),
  );
  closers.addTask(keeping.room.changed.subscribe(parts.onChange));
  closers.addTask(
    options.folder.folded.subscribe(() => {
      looks.fire();
    }),
  );
  let wasRunning = false;
  closers.addTask(
    anyOf(parts.changed, options.holdings.changes).subscribe(() => {
      const { isRunning } = parts.transfers;
      // While something comes, what is here changes all the time.
      if (!isRunning && (wasRunning || keeping.room.lack === null))
        looks.fire();
      wasRunning = isRunning;
    }),
  );

  return {
    upkeep,
    async start() {
      await freeing.start();
      looks.fire();
    },
    close: () => closers.close(),
  };
}
