import type { SpaceId } from "#core/contract/ids.ts";
import { Closers } from "#core/base/resource.ts";
import { Placer } from "#core/files/placer.ts";
import { VERSIONS_PART } from "#core/contract/limits.ts";
import { Undos } from "#core/base/undos.ts";
import { CollectionIndex } from "#core/listing/collection-index.ts";
import { CollectionViews } from "./collection-views.ts";
import { FolderFiles } from "#core/folders/folder-files.ts";
import { DamagedFiles } from "./damaged-files.ts";
import type { DamagedFilesOptions } from "./damaged-files.ts";
import { createRhythm } from "./collection-rhythm.ts";
import type { CollectionsOptions } from "./collections-options.ts";
import { Following } from "./following.ts";
import { Here } from "#core/listing/here.ts";
import { createIsHere } from "#core/listing/is-here.ts";
import { KeptVersions } from "#core/versions/kept-versions.ts";
import { GoneFiles } from "./gone-files.ts";
import { LastOpened } from "./last-opened.ts";
import { LiveFolders } from "./live-folders.ts";
import { offerToWriters } from "./offering.ts";
import { MissingFolders } from "#core/folders/missing-folders.ts";
import { PartFolders } from "#core/folders/part-folders.ts";
import { wasRemoved } from "#core/listing/removals.ts";
import { Receiving } from "./receiving.ts";
import { RemovedFiles } from "#core/upkeep/removed-files.ts";
import { RemovedViews } from "#core/upkeep/removed-views.ts";
import { SavedFiles } from "#core/folders/saved-files.ts";
import { Selection } from "#core/listing/selection.ts";
import { SharedFolders } from "#core/folders/shared-folders.ts";
import { Sharing } from "./sharing.ts";
import { createThrottled } from "#core/base/throttled.ts";
import { TransferStore } from "#core/transfers/transfer-store.ts";
import type { StoredTransfer } from "#core/transfers/transfer-store.ts";
import { TransferViews } from "./transfer-views.ts";
import { Transfers } from "#core/transfers/transfers.ts";
import { createTwoWay } from "#core/taking-part/two-way.ts";

export type CollectionParts = ReturnType<typeof createParts>;

/** Screens are told at most this often. */
const CHANGED_MS = 250;

/** Builds the parts of the feature, in the order they need each other. */
export function createParts(
  options: CollectionsOptions,
  mend: DamagedFilesOptions["begin"],
) {
  const { index, local, holdings, clock, logger, people } = options;
  const { self, folder } = options;
  const closers = new Closers();
  const undos = new Undos(options.random);
  const changed = closers.add(createThrottled(clock, CHANGED_MS));
  const onChange = (): void => {
    changed.fire();
    rhythm.tick();
  };

  const files = new CollectionIndex(index);
  const shared = new SharedFolders(local);
  const saved = new SavedFiles(local);
  const here = new Here(index, createIsHere(holdings, local), (roots) => {
    holdings.lookUp(roots);
  });
  const missing = closers.add(
    new MissingFolders({
      shared,
      files,
      clock,
      logger,
      onChange() {
        live.refresh();
        onChange();
      },
    }),
  );
  const lastOpened = new LastOpened({ named: options.named, saved, clock });
  const numbers = new FolderFiles(local);
  const sharing = new Sharing({ ...options, files, shared, saved, numbers });
  const following = new Following({ ...options, onLeave: leave });
  const placer = closers.add(new Placer());
  const partFolders = new PartFolders({ files, shared, saved, holdings });
  const kept = closers.add(
    new KeptVersions({
      ...options,
      folder: options.versionsFolder,
      limit: () => options.keeping.room.limit * VERSIONS_PART,
    }),
  );
  const receiving = new Receiving({
    ...options,
    keepVersion: (space, version) => kept.keep(space, version),
    leftOf: (place, path) => partFolders.leftOf(place, path),
    mayCome: (place, path) => partFolders.mayCome(place, path),
    wasRemoved: (space, path) =>
      shared.get(space) === null && wasRemoved(index, space, path),
    placer,
    naming: options.named,
    files,
    saved,
    settled: () => folder.settled(),
    onPlaced(space, arrived) {
      here.came(space, arrived);
      twoWay.flow.placed(space, arrived);
      rhythm.tellOf(space);
      onChange();
    },
    isNeeded: (destination, but) =>
      transfers.aside.isAt(destination) ||
      transfers
        .open()
        .some((it) => it.destination === destination && it.transfer !== but),
  });
  const transfers = closers.add(
    new Transfers({
      store: new TransferStore(local),
      clock,
      logger,
      run: (transfer, signal, report) =>
        transfer.direction === "sharing"
          ? sharing.run(transfer, signal, report)
          : receiving.run(transfer, signal, report),
      holdOf: ({ space }) =>
        options.settings.pausedAll
          ? "all"
          : options.keeping.rules.isPaused(space)
            ? "collection"
            : null,
      onEnd,
      onChange,
      onStage() {
        changed.fireNow();
        rhythm.tick();
      },
    }),
  );
  const removedFiles = closers.add(
    new RemovedFiles({
      ...options,
      saved,
      shared,
      founders: () =>
        new Map(
          [...views.listed()].map(([space, { charter }]) => [
            space,
            charter.founder,
          ]),
        ),
      onChange,
    }),
  );
  const removed = new RemovedViews(removedFiles, people);
  const twoWay = createTwoWay({
    ...options,
    offer: (space, more) => offerToWriters({ ...options, shared }, space, more),
    files,
    shared,
    saved,
    receiving,
    transfers,
    kept,
    views: () => views,
    isMissing: (space) => missing.has(space),
    onChange,
  });
  closers.add(twoWay.closers);
  const transferViews = new TransferViews({
    people,
    transfers,
    receiving,
    room: options.keeping.room,
    saved,
    owner(space) {
      const founder = self.state.peek().holds.get(space)?.charter.founder;
      return founder === undefined ? null : people.label(founder);
    },
  });
  const damaged = closers.add(
    new DamagedFiles({
      ...options,
      files,
      saved,
      shared,
      placer,
      isComing: (space, path) =>
        transfers
          .openOf(space)
          .some(
            ({ direction, paths }) =>
              direction === "receiving" && new Selection(paths).covers(path),
          ),
      begin: mend,
      onChange,
    }),
  );
  const gone = closers.add(
    new GoneFiles({
      shared,
      isMissing: (space) => missing.has(space),
      clock,
      logger,
      onChange,
    }),
  );
  const views = new CollectionViews({
    ...options,
    files,
    shared,
    saved,
    damaged,
    gone,
    removed,
    writing: twoWay.writing,
    joined: (space) => twoWay.takingPart.folderOf(space),
    knownTitle: (space) => following.titleOf(space),
    isMissing: (space) => missing.has(space),
    watch: (space) => live.row(space),
    transferStage: (space, path) => transferViews.stageOf(space, path),
  });

  const live = closers.add(
    new LiveFolders({
      shared,
      sharing,
      isMissing: (space) => missing.has(space),
      lookForFolders: () => missing.look(),
      isListed: (space) =>
        views.listed().has(space) && options.spaces.mayWrite(space),
      isBusy: (space) =>
        transfers
          .openOf(space)
          .some(({ direction }) => direction === "sharing"),
      clock,
      logger,
      onChange,
    }),
  );
  closers.addTask(
    changed.subscribe(() => {
      live.refresh();
    }),
  );

  async function onEnd(transfer: StoredTransfer): Promise<void> {
    rhythm.reconcile();
    if (transfer.stage === "done") return;
    if (transfer.direction === "receiving") await receiving.forget(transfer);
    // Given up before it was ever whole: then it never was a collection.
    else if (transfer.isFirst) await sharing.undo(transfer.space);
  }

  /** Ends what uses a collection that is let go. */
  async function leave(space: SpaceId): Promise<void> {
    await transfers.aside.end(space);
    for (const { transfer, direction } of transfers.openOf(space))
      if (direction === "receiving") await transfers.cancel(transfer);
      else await transfers.setPaused(transfer, true);
  }

  const rhythm = createRhythm(options, {
    closers,
    changed,
    onChange,
    here,
    files,
    saved,
    receiving,
    transfers,
    removedFiles,
  });

  return {
    closers,
    changed,
    undos,
    onChange,
    here,
    files,
    shared,
    saved,
    lastOpened,
    missing,
    live,
    sharing,
    following,
    receiving,
    transfers,
    transferViews,
    twoWay,
    damaged,
    removedFiles,
    removed,
    views,
    reconcile: rhythm.reconcile,
    lookAround: rhythm.lookAround,
  };
}
