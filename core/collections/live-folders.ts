import { join } from "node:path";
import { CoreError, isCoreError } from "#core/contract/errors.ts";
import type { ErrorCode } from "#core/contract/errors.ts";
import type { SpaceId } from "#core/contract/ids.ts";
import type {
  FolderWatchRow,
  WatchStage,
} from "#core/contract/watching-models.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createExcludes } from "#core/files/excludes.ts";
import { FolderWatch, SCAN_MS } from "#core/watching/folder-watch.ts";
import type { Settled } from "#core/watching/pending-paths.ts";
import type {
  SharedFolder,
  SharedFolders,
} from "#core/folders/shared-folders.ts";
import type { Sharing } from "./sharing.ts";
import type { Report } from "#core/transfers/transfer-run.ts";

export interface LiveFoldersOptions {
  readonly shared: SharedFolders;
  readonly sharing: Sharing;
  /** Whether the folder is not there, or another one is in its place. */
  readonly isMissing: (space: SpaceId) => boolean;
  /** Looks for the folders again: one went away while it was read. */
  readonly lookForFolders: () => Promise<void>;
  /** Whether the collection is on the list. */
  readonly isListed: (space: SpaceId) => boolean;
  /** Whether a transfer that is not done reads the folder: it sees all that changed. */
  readonly isBusy: (space: SpaceId) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onChange: () => void;
}

interface Live {
  readonly watch: FolderWatch;
  readonly stop: AbortController;
  readonly unsubscribe: () => void;
  /** Absolute paths the watch does not enter. */
  closed: readonly string[];
  isChecked: boolean;
  progress: { readonly done: number; readonly total: number } | null;
  problem: ErrorCode | null;
  /** What could not be read is tried again without anything being heard of it. */
  cancelAgain: (() => void) | null;
  /** The person said that what is gone may go from the list. */
  mayRemoveMany: boolean;
}

/** A file that could not be read, for want of rights or of open files, is tried again after this. */
const AGAIN_MS = 5 * 60_000;

/** Shares changes in own folders by themselves. */
export class LiveFolders implements Resource {
  readonly #options: LiveFoldersOptions;
  readonly #live = new Map<SpaceId, Live>();
  readonly #ending = new Map<SpaceId, Promise<void>>();
  /** What was read before says nothing of these. */
  readonly #anew = new Set<SpaceId>();
  #isStarted = false;
  #isClosed = false;

  constructor(options: LiveFoldersOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = true;
    this.refresh();
  }

  /** Begins to watch what should be watched now, and ends the rest. */
  refresh(): void {
    if (!this.#isStarted || this.#isClosed) return;
    const wanted = new Map<SpaceId, SharedFolder>();
    for (const folder of this.#options.shared.all())
      if (this.#isWanted(folder)) wanted.set(folder.space, folder);
    for (const space of this.#live.keys())
      if (!wanted.has(space)) this.#end(space);
    for (const [space, folder] of wanted)
      if (!this.#live.has(space) && !this.#ending.has(space))
        this.#begin(folder);
  }

  /** Begins anew: the choice of what is left out, or the place of the folder, is another one. */
  restart(space: SpaceId): void {
    this.#anew.add(space);
    if (this.#live.has(space)) this.#end(space);
    this.refresh();
  }

  /** Looks at everything now. @returns false when the folder is not watched */
  look(space: SpaceId): boolean {
    const live = this.#live.get(space);
    live?.watch.look();
    return live !== undefined;
  }

  /** Takes files that are gone off the list, as the person said. */
  removeGone(space: SpaceId): boolean {
    const live = this.#live.get(space);
    if (live === undefined) return false;
    live.mayRemoveMany = true;
    live.watch.look();
    return true;
  }

  /** How an own folder stands; null for what is none. */
  row(space: SpaceId): FolderWatchRow | null {
    const folder = this.#options.shared.get(space);
    if (folder === null) return null;
    const live = this.#live.get(space);
    const isScanned = live?.watch.state.peek().mode === "scanning";
    return {
      live: folder.live,
      excludes: folder.excludes,
      everyMs: isScanned ? SCAN_MS : null,
      stage: this.#stage(folder, live),
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const space of [...this.#live.keys()]) this.#end(space);
    await Promise.all(this.#ending.values());
  }

  #isWanted({ space, live }: SharedFolder): boolean {
    const { isMissing, isListed, isBusy } = this.#options;
    return live && isListed(space) && !isMissing(space) && !isBusy(space);
  }

  #stage(folder: SharedFolder, live: Live | undefined): WatchStage {
    const { space, gone } = folder;
    if (this.#options.isMissing(space)) return { stage: "missing" };
    const progress = live?.progress ?? null;
    if (progress !== null) return { stage: "sharing", ...progress };
    if (gone > 0 && live?.mayRemoveMany !== true)
      return { stage: "asking", gone };
    if (live === undefined) return { stage: "rests" };
    if (live.problem !== null)
      return { stage: "failed", problem: live.problem };
    const { pending } = live.watch.state.peek();
    if (pending > 0) return { stage: "pending", changes: pending };
    return { stage: live.isChecked ? "rests" : "checking" };
  }

  #begin(folder: SharedFolder): void {
    const { space, path, only } = folder;
    const { clock, logger, onChange, sharing } = this.#options;
    const isAnew = this.#anew.delete(space);
    const excludes = createExcludes(folder.excludes);
    const chosen = only === null ? null : new Set(only);
    const watch = new FolderWatch({
      folder: path,
      isIgnored: (it) =>
        chosen === null ? excludes.covers(it) : !chosen.has(it),
      skip: () => this.#live.get(space)?.closed ?? [],
      onSettled: (settled) => this.#take(space, settled),
      lookAfterMs: isAnew ? 0 : sharing.lookAgainAfterMs(space),
      clock,
      logger,
    });
    this.#live.set(space, {
      watch,
      stop: new AbortController(),
      unsubscribe: watch.state.subscribe(onChange),
      closed: folder.leftOut.map((it) => join(path, it.path)),
      isChecked: false,
      progress: null,
      problem: null,
      cancelAgain: null,
      mayRemoveMany: false,
    });
    watch.start();
    onChange();
  }

  #end(space: SpaceId): void {
    const live = this.#live.get(space);
    if (live === undefined) return;
    this.#live.delete(space);
    live.unsubscribe();
    live.cancelAgain?.();
    live.stop.abort(new CoreError("cancelled", {}));
    const ending = live.watch.close().finally(() => {
      this.#ending.delete(space);
      this.refresh();
    });
    this.#ending.set(space, ending);
    this.#options.logger.background("live folder", ending);
    this.#options.onChange();
  }

  async #take(space: SpaceId, settled: Settled): Promise<void> {
    const { sharing, shared, lookForFolders, clock, onChange } = this.#options;
    const live = this.#live.get(space);
    const folder = shared.get(space);
    if (live === undefined || folder === null) return;
    const { mayRemoveMany } = live;
    // While it is asked about what is gone, only the whole tells how much that is.
    const scope: Settled =
      folder.gone > 0 || !live.isChecked ? { kind: "all" } : settled;
    try {
      const read = await sharing.read(
        { scope, isLive: true, mayRemoveMany },
        space,
        live.stop.signal,
        report(live, onChange),
      );
      live.problem = null;
      live.isChecked = true;
      if (mayRemoveMany) live.mayRemoveMany = false;
      if (scope.kind === "all")
        live.closed = read.closed.map((it) => join(folder.path, it));
      for (const path of read.unsettled) live.watch.touch(path);
      live.cancelAgain?.();
      live.cancelAgain = read.hasUnreadable
        ? clock.after(AGAIN_MS, () => {
            live.watch.look();
          })
        : null;
    } catch (error) {
      if (live.stop.signal.aborted) return;
      if (isCoreError(error, "folder-missing")) await lookForFolders();
      else live.problem = isCoreError(error) ? error.code : "internal";
      throw error;
    } finally {
      live.progress = null;
      onChange();
    }
  }
}

function report(live: Live, onChange: () => void): Report {
  let total = 0;
  const nothing = (): void => undefined;
  return {
    total(files) {
      total = files;
      live.progress = { done: live.progress?.done ?? 0, total };
      onChange();
    },
    done(files) {
      live.progress = { done: files, total };
      onChange();
    },
    moved: nothing,
    waiting: nothing,
    from: nothing,
  };
}
