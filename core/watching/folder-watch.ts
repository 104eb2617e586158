import type { Clock } from "#core/base/clock.ts";
import { isCoreError } from "#core/contract/errors.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { createState } from "#core/base/state.ts";
import type { Source, State } from "#core/base/state.ts";
import { codeOf } from "#core/base/system-error.ts";
import { isLitter } from "#core/files/litter.ts";
import { tellsChanges } from "./drive-kind.ts";
import { openNativeWatch } from "./native-watch.ts";
import type { OpenNativeWatch } from "./native-watch.ts";
import { PendingPaths } from "./pending-paths.ts";
import type { Settled } from "./pending-paths.ts";

export interface FolderWatchOptions {
  /** Absolute. It should be there when the watch starts. */
  readonly folder: string;
  /** Whether nobody wants to know of a path, relative with `/` between parts. */
  readonly isIgnored: (path: string) => boolean;
  /** Absolute paths the system need not, or must not, look into; asked for each time its watch begins. */
  readonly skip: () => readonly string[];
  /**
   * Takes what has settled: at first everything, to see what changed unwatched.
   * The next is given after this has resolved. A rejection is logged, and
   * everything is given again after a while.
   */
  readonly onSettled: (settled: Settled) => Promise<void>;
  /** Until everything is given at first, when it was read just now; changes are heard meanwhile. */
  readonly lookAfterMs?: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The system's watch; another one in tests. */
  readonly open?: OpenNativeWatch;
  /** Whether the drive tells of changes; another answer in tests. */
  readonly tells?: (folder: string) => Promise<boolean>;
}

export interface FolderWatchState {
  /** `watching`: changes are heard; `scanning`: the folder is looked through every `SCAN_MS`. */
  readonly mode: "starting" | "watching" | "scanning";
  /** Changes that have not settled yet. */
  readonly pending: number;
}

/** How often a folder is looked through whose changes are not heard. */
export const SCAN_MS = 5 * 60_000;
/** How often one is looked through although they are: no system promises to miss nothing. */
const TRUST_MS = 60 * 60_000;
/** How often is looked whether something has settled. */
const TICK_MS = 500;
/** After a failure everything is given again. */
const AGAIN_MS = 60_000;

/**
 * Watches one folder, anybody's: tells which paths changed once they are left
 * alone. Where the system cannot tell, everything is given now and then.
 */
export class FolderWatch implements Resource {
  readonly #options: FolderWatchOptions;
  readonly #pending: PendingPaths;
  readonly #state: Source<FolderWatchState> = createState<FolderWatchState>({
    mode: "starting",
    pending: 0,
  });
  readonly #timers = new Set<() => void>();
  #native: Resource | null = null;
  #stopTicking: (() => void) | null = null;
  #turn: Promise<void> = Promise.resolve();
  #isTurning = false;
  #isOpening = false;
  #isClosed = false;
  #hasLooked = false;
  #opening: Promise<void> = Promise.resolve();

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.#pending = new PendingPaths(options.folder, options.clock);
  }

  get state(): State<FolderWatchState> {
    return this.#state;
  }

  /** Begins to watch, then gives everything once, so that nothing falls between. */
  start(): void {
    this.#reopen();
  }

  /** Gives everything as soon as it can, whether something was heard or not. */
  look(): void {
    this.#pending.addAllNow();
    this.#changed();
  }

  /** Something happened to a path that the system may not tell of. */
  touch(path: string): void {
    this.#hear([path]);
  }

  /** Ends the watch; what is being taken is waited for. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#timers) stop();
    this.#stopTicking?.();
    await this.#opening;
    await this.#turn;
    await this.#native?.close();
  }

  #reopen(): void {
    if (this.#isOpening || this.#isClosed) return;
    this.#isOpening = true;
    this.#opening = this.#open();
    this.#options.logger.background("watching", this.#opening);
  }

  async #open(): Promise<void> {
    const { folder, skip, logger, clock } = this.#options;
    const { open = openNativeWatch, tells = tellsChanges } = this.#options;
    await this.#native?.close();
    this.#native = null;
    if (await tells(folder))
      try {
        this.#native = await open({
          folder,
          skip: skip(),
          onPaths: (paths) => {
            this.#hear(paths);
          },
          onLost: () => {
            // What came in a rush may have brought folders that nobody hears.
            this.#pending.addAll();
            this.#changed();
            this.#reopenSoon();
          },
        });
      } catch (error) {
        // Out of watches, or something in it may not be read: not a failure.
        logger.info("a folder is not watched", { code: codeOf(error) });
      }
    this.#isOpening = false;
    if (this.#isClosed) return;
    const mode = this.#native === null ? "scanning" : "watching";
    this.#state.update((state) => ({ ...state, mode }));
    this.#every(clock, mode === "scanning" ? SCAN_MS : TRUST_MS);
    const { lookAfterMs = 0 } = this.#options;
    if (this.#hasLooked || lookAfterMs === 0) this.look();
    else
      this.#timer(
        clock.after(lookAfterMs, () => {
          this.look();
        }),
      );
    this.#hasLooked = true;
  }

  #cancelEvery: (() => void) | null = null;
  #every(clock: Clock, ms: number): void {
    this.#cancelEvery?.();
    this.#cancelEvery = this.#timer(
      clock.every(ms, () => {
        // Where there were no watches to be had, there may be some again.
        if (this.#native === null) this.#reopen();
        else this.look();
      }),
    );
  }

  #cancelSoon: (() => void) | null = null;
  #reopenSoon(): void {
    if (this.#cancelSoon !== null) return;
    this.#cancelSoon = this.#timer(
      this.#options.clock.after(TICK_MS * 4, () => {
        this.#cancelSoon = null;
        this.#reopen();
      }),
    );
  }

  #timer(stop: () => void): () => void {
    this.#timers.add(stop);
    return () => {
      stop();
      this.#timers.delete(stop);
    };
  }

  #hear(paths: readonly string[]): void {
    for (const path of paths) {
      if (path !== "" && this.#options.isIgnored(path)) continue;
      // Half-fetched files come and go beside what is shared: nobody made these changes.
      if (path.split("/").some(isLitter)) continue;
      // The folder itself: whoever looks for it sees whether it is gone.
      if (path !== "") this.#pending.add(path);
    }
    this.#changed();
  }

  #changed(): void {
    const pending = this.#pending.count;
    if (pending !== this.#state.peek().pending)
      this.#state.update((state) => ({ ...state, pending }));
    if (this.#pending.isEmpty || this.#isClosed) {
      this.#stopTicking?.();
      this.#stopTicking = null;
    } else {
      this.#stopTicking ??= this.#options.clock.every(TICK_MS, () => {
        this.#tick();
      });
      this.#tick();
    }
  }

  #tick(): void {
    if (this.#isTurning || this.#isClosed) return;
    this.#isTurning = true;
    this.#turn = this.#take()
      .catch((error: unknown) => {
        if (!isCoreError(error)) this.#options.logger.bug(error, "watching");
        this.#timer(
          this.#options.clock.after(AGAIN_MS, () => {
            this.look();
          }),
        );
      })
      .finally(() => {
        this.#isTurning = false;
      });
  }

  async #take(): Promise<void> {
    const settled = await this.#pending.take();
    if (settled === null || this.#isClosed) return;
    try {
      await this.#options.onSettled(settled);
    } finally {
      if (!this.#isClosed) this.#changed();
    }
  }
}
