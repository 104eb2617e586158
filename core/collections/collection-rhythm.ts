import type { FileRoot, SpaceId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import { slices } from "#core/base/slices.ts";
import type { Closers } from "#core/base/resource.ts";
import { anyOf } from "#core/base/state.ts";
import type { Trigger } from "#core/base/state.ts";
import { createThrottled } from "#core/base/throttled.ts";
import type { Named } from "#core/files/named.ts";
import type { SavedFiles } from "#core/folders/saved-files.ts";
import type { CollectionIndex } from "#core/listing/collection-index.ts";
import { pathOfSubject } from "#core/listing/file-subject.ts";
import type { Here } from "#core/listing/here.ts";
import type { RemovedFiles } from "#core/upkeep/removed-files.ts";
import type { Transfers } from "#core/transfers/transfers.ts";
import type { CollectionsOptions } from "./collections-options.ts";
import { CarryMarks } from "./carry-marks.ts";
import { FollowMoves } from "./follow-moves.ts";
import type { Receiving } from "./receiving.ts";

/** While something runs, speeds are looked at this often, also when nothing moves. */
const TICK_MS = 1_000;
/** What is here is looked at anew this long after holdings changed. */
const RECONCILE_MS = 3_000;
/** New versions of what is waited for are looked for at most this often. */
const VERSIONS_MS = 2_000;
/** Others are told that there is more to have at most this often. */
const TELL_MS = 2_000;
/** Files looked at before others get their turn. */
const LOOK_FILES = 200;

export interface RhythmParts {
  readonly closers: Closers;
  /** Fired while speeds may have changed. */
  readonly changed: Trigger;
  readonly onChange: () => void;
  readonly here: Here;
  readonly files: CollectionIndex;
  readonly saved: SavedFiles;
  readonly receiving: Receiving;
  readonly transfers: Transfers;
  readonly removedFiles: RemovedFiles;
}

/** What follows on what happens elsewhere, and how often at most. */
export function createRhythm(
  {
    index,
    holdings,
    named,
    clock,
    logger,
    exchange,
    ...options
  }: CollectionsOptions,
  parts: RhythmParts,
) {
  const { self, folder, sessions, availability } = options;
  const { closers, changed, onChange, here, files, saved } = parts;
  const { receiving, transfers } = parts;

  let stopTicking: (() => void) | null = null;
  /** Speeds are looked at while something runs. */
  function tick(): void {
    if (stopTicking !== null || !transfers.isRunning) return;
    stopTicking = clock.every(TICK_MS, () => {
      changed.fire();
      if (transfers.isRunning) return;
      stopTicking?.();
      stopTicking = null;
    });
  }
  closers.addTask(() => stopTicking?.());

  let cancelReconcile: (() => void) | null = null;
  let isWhole = false;
  /** What is here is looked at anew, a little later. */
  function reconcileSoon(): void {
    cancelReconcile ??= clock.after(RECONCILE_MS, () => {
      cancelReconcile = null;
      // A transfer says itself what came; the whole is looked at when it ends.
      if (transfers.isRunning) return;
      const touched = holdings.touched.take();
      const look =
        isWhole || touched === null
          ? here.reconcile()
          : lookAt(here, named, touched);
      isWhole = false;
      logger.background("here", look.then(onChange));
    });
  }
  function reconcile(): void {
    isWhole = true;
    reconcileSoon();
  }
  closers.addTask(() => cancelReconcile?.());
  closers.addTask(() => {
    here.close();
  });

  const moves = closers.add(
    new FollowMoves({
      index,
      files,
      saved,
      receiving,
      marks: new CarryMarks({
        local: options.local,
        marks: options.keeping.marks,
        isListed: (space, path) =>
          files.file(space, path) !== null ||
          files.folder(space, path) !== null,
        onChange,
      }),
    }),
  );
  const movesSoon = closers.add(createThrottled(clock, VERSIONS_MS));
  movesSoon.subscribe(() => {
    // What only got another name was not removed.
    const looked = moves.look().then(() => parts.removedFiles.look());
    logger.background("moves", looked);
  });
  closers.addTask(
    folder.folded.subscribe(() => {
      movesSoon.fire();
    }),
  );

  const versions = closers.add(createThrottled(clock, VERSIONS_MS));
  versions.subscribe(() => {
    for (const { transfer, stage } of transfers.open())
      if (stage === "running" && receiving.isOutdated(transfer))
        logger.background("transfer", transfers.restart(transfer));
  });
  closers.addTask(
    folder.folded.subscribe(() => {
      versions.fire();
    }),
  );
  const placed = new Set<SpaceId>();
  const tellLater = closers.add(createThrottled(clock, TELL_MS));
  tellLater.subscribe(() => {
    exchange.tell([...placed]);
    placed.clear();
  });
  closers.addTask(
    anyOf(folder.folded, self.state, sessions.live).subscribe(onChange),
  );
  closers.addTask(availability.changed.subscribe(onChange));
  closers.addTask(
    holdings.changes.subscribe(() => {
      onChange();
      reconcileSoon();
    }),
  );

  return {
    tick,
    reconcile,
    /** Looks at what others moved and removed, soon. */
    lookAround: (): void => {
      movesSoon.fire();
    },
    /** Others are told that there is more of a collection to have here. */
    tellOf(space: SpaceId): void {
      placed.add(space);
      tellLater.fire();
    },
  };
}

/** After a change of a few files, all others are as they were. */
async function lookAt(
  here: Here,
  named: Named,
  roots: ReadonlySet<FileRoot>,
): Promise<void> {
  const paths = new Map<SpaceId, string[]>();
  for (const root of roots)
    for (const { space, subject } of named.namesOf(root)) {
      const path = pathOfSubject(subject);
      if (path === null) continue;
      const known = paths.get(space);
      if (known === undefined) paths.set(space, [path]);
      else known.push(path);
    }
  for (const [space, some] of paths)
    for await (const slice of slices(some, LOOK_FILES)) {
      here.look(space, slice);
      await breathe();
    }
}
