import { CoreError, isCoreError } from "#core/contract/errors.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { KnownHolding } from "#core/files/holdings-rows.ts";
import type { HoldingReader } from "#core/files/open-holding.ts";

export interface MenderOptions {
  readonly holdings: Holdings;
  readonly reader: Pick<HoldingReader, "readChunk">;
  /** Fetches a copy of the app's own again; waits for somebody who has it until the signal fires. */
  readonly fetchKept: (
    damaged: KnownHolding,
    signal: AbortSignal,
  ) => Promise<unknown>;
  /** Begins to fetch a file in a folder of downloads again, unless that is under way. */
  readonly fetchSaved: (damaged: KnownHolding) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Damage is looked after this long after it was noticed: what was found together goes together. */
const SOON_MS = 1_000;
/** What could not be mended is tried again after this. */
const AGAIN_MS = 10 * 60 * 1000;

/**
 * Has damaged files fetched again from whoever holds them (FI15). Files in
 * folders of the person's own are left to them: the app cannot tell whether
 * they meant it.
 */
export class Mender implements Resource {
  readonly #options: MenderOptions;
  readonly #unsubscribe: () => void;
  /** When each was tried last. */
  readonly #tried = new Map<string, number>();
  readonly #fetching = new Map<string, Promise<unknown>>();
  readonly #stop = new AbortController();
  #cancelSoon: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: MenderOptions) {
    this.#options = options;
    this.#unsubscribe = options.holdings.changes.subscribe(() => {
      this.#soon(SOON_MS);
    });
  }

  /** Looks after what an earlier run of the app found. */
  start(): void {
    this.#soon(SOON_MS);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#cancelSoon?.();
    this.#stop.abort(new CoreError("cancelled", {}));
    await this.#running;
    await Promise.allSettled(this.#fetching.values());
  }

  #soon(ms: number): void {
    if (this.#isClosed) return;
    this.#cancelSoon ??= this.#options.clock.after(ms, () => {
      this.#cancelSoon = null;
      this.#running = this.#running.then(() => this.#mendAll());
      this.#options.logger.background("mending", this.#running);
    });
  }

  async #mendAll(): Promise<void> {
    const { holdings, clock } = this.#options;
    const damaged = holdings.damaged();
    const now = clock.monotonic();
    for (const it of damaged) {
      if (this.#isClosed) return;
      const tried = this.#tried.get(it.absolutePath);
      if (tried !== undefined && now - tried < AGAIN_MS) continue;
      this.#tried.set(it.absolutePath, now);
      try {
        await this.#mend(it);
      } catch (error) {
        // Nobody has it, or there is no room: another time.
        if (!isCoreError(error)) throw error;
      }
    }
    const paths = new Set(damaged.map((it) => it.absolutePath));
    for (const path of this.#tried.keys())
      if (!paths.has(path)) this.#tried.delete(path);
    if (holdings.damaged().some(({ origin }) => origin !== "mine"))
      this.#soon(AGAIN_MS);
  }

  async #mend(it: KnownHolding): Promise<void> {
    const { holdings, fetchSaved } = this.#options;
    if (await this.#isWhole(it)) {
      holdings.markWhole(it);
      return;
    }
    // Written meanwhile: then it is another file, and no damage.
    if ((await holdings.verifyFresh(it)) !== "fresh") return;
    if (it.origin === "attachment") this.#fetchKept(it);
    if (it.origin === "theirs") await fetchSaved(it);
  }

  /** Others are not held up by the one that nobody has. */
  #fetchKept(it: KnownHolding): void {
    const { fetchKept, logger } = this.#options;
    const { absolutePath } = it;
    if (this.#fetching.has(absolutePath)) return;
    const fetching = fetchKept(it, this.#stop.signal)
      .catch((error: unknown) => {
        if (!isCoreError(error)) throw error;
      })
      .finally(() => {
        this.#fetching.delete(absolutePath);
      });
    this.#fetching.set(absolutePath, fetching);
    logger.background("mending", fetching);
  }

  /** A second look: a disk or its cable may fail once. */
  async #isWhole(it: KnownHolding): Promise<boolean> {
    for (let index = 0; index < chunkCount(it.size); index++) {
      if (this.#isClosed) return false;
      if ((await this.#options.reader.readChunk(it, index)) === null)
        return false;
      await breathe();
    }
    return true;
  }
}
