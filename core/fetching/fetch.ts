import { CoreError } from "#core/contract/errors.ts";
import { systemRandom } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { chunkCount } from "#core/files/chunks.ts";
import type { Sink } from "./fetch-batch.ts";
import { ContentFetch } from "./fetch-content.ts";
import { createGrowingReader } from "./fetch-growing.ts";
import { GrowingNews } from "./growing-news.ts";
import { Linger } from "./fetch-linger.ts";
import { ManyFetch } from "./fetch-many.ts";
import { OneFetch } from "./fetch-one.ts";
import type { Reading } from "./fetch-reading.ts";
import {
  adjust,
  allTaken,
  checkChunking,
  checkOneChunk,
  invalid,
  isWanted,
  join,
  type FetchOptions,
  type Shared,
} from "./fetch-shared.ts";
import type { FetcherParts } from "./fetcher-parts.ts";
import { removePart, type Fetched } from "./fetch-part.ts";
import { asError } from "./fetch-progress.ts";
import { SmallFetches, smallKey } from "./fetch-small.ts";
import { Sources } from "./fetch-sources.ts";
import type { Content } from "#core/files/model.ts";

/** What nobody reads any more stays open this long: a player that seeks closes before it opens. */
const LINGER_MS = 10_000;
const CHECK_MS = 1_000;

/** Brings content here from whoever holds it (FI2, FI8, FI9). Waits as long as it takes. */
export class Fetcher implements Resource {
  readonly #parts: FetcherParts;
  readonly #sources: Sources;
  readonly #small: SmallFetches;
  readonly #shared = new Map<string, Shared>();
  readonly #many = new Set<ManyFetch>();
  /** Settled when the last run of a content has let go of its files. */
  readonly #ends = new Map<string, Promise<void>>();
  /** Read now or lately: their files may be open, also after their end. */
  readonly #read = new Set<ContentFetch>();
  readonly #linger: Linger;
  readonly #news: GrowingNews;
  #isClosed = false;
  #cancelChecks: (() => void) | null = null;

  constructor(parts: FetcherParts) {
    this.#parts = parts;
    this.#sources = new Sources(parts);
    this.#small = new SmallFetches(this.#sources);
    this.#linger = new Linger(parts.clock, LINGER_MS);
    this.#news = new GrowingNews(parts);
    parts.exchange.serveGrowing(createGrowingReader(() => this.#growing()));
    parts.fetchers?.add(this, parts.folder);
  }

  /** Whether this content is under way here, or on its way to its place. */
  has(content: Content): boolean {
    return !this.#isClosed && this.#shared.has(smallKey(content));
  }

  /**
   * Reads content of several chunks while it arrives: first what is asked for
   * through the answer, and nothing else unless somebody fetches the whole
   * (FI2, FI8, FI9). The answer is to be closed; what came in stays.
   * @throws `invalid-input` for content of one chunk, or of a wrong chunk size;
   *   `cancelled` when this is closed
   */
  read(content: Content): Reading {
    checkChunking(content);
    if (this.#isClosed) throw new CoreError("cancelled", {});
    const key = smallKey(content);
    const shared =
      this.#shared.get(key) ?? this.#start(key, content, { priority: "now" });
    const { run } = shared;
    if (!(run instanceof ContentFetch)) throw invalid("one chunk only");
    adjust(shared);
    this.#read.add(run);
    return run.demand.read(() => {
      if (!run.demand.isRead) this.#lingers(key, shared);
    });
  }

  /**
   * Lets go of content that is only read, so that another fetcher can go on
   * with it; readers get `cancelled`. False when it is fetched, and stays. What
   * is whole is waited for until it lies in its place.
   */
  async handOver(content: Content): Promise<boolean> {
    const key = smallKey(content);
    const shared = this.#shared.get(key);
    if (shared !== undefined && !shared.isWhole && !this.#isClosed) {
      if (shared.callers.size > 0) return false;
      this.#stop(key, shared, new CoreError("cancelled", {}));
    }
    await this.#ends.get(key);
    return !this.#shared.has(key);
  }

  /**
   * Fetches one content into the temporary folder. A second fetch of the same
   * content shares the work (FI9); it ends when the last caller stopped. What
   * is to stay is moved out of there by `take`, which the signal does not stop.
   * @throws `invalid-input` for a size and chunk size that do not belong
   *   together, `disk-full`, what `take` threw, or the reason of the signal
   */
  fetch(content: Content, options: FetchOptions = {}): Promise<Fetched> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      checkChunking(content);
      signal?.throwIfAborted();
      const key = smallKey(content);
      const joined = this.#shared.get(key);
      const shared = joined ?? this.#start(key, content, options);
      const caller = join(shared, options);
      // Where nobody has it, nothing else would tell of it until somebody does.
      if (joined !== undefined) caller.onProgress?.(joined.run.progress);
      const stopped = (): void => {
        reject(asError(signal?.reason));
        this.#leave(key, shared, caller);
      };
      signal?.addEventListener("abort", stopped, { once: true });
      const ended = shared.result.finally(() => {
        signal?.removeEventListener("abort", stopped);
      });
      const taken = ended.then(async (fetched) => {
        if (shared.callers.has(caller)) await options.take?.(fetched);
        resolve(fetched);
      });
      shared.taken.add(taken.catch(reject));
    });
  }

  /**
   * Fetches contents of one chunk each, and hands them to the sink in batches.
   * Resolves when the sink took all.
   * @throws `invalid-input` for content of several chunks, what the sink threw,
   *   or the reason of the signal
   */
  async fetchMany(
    contents: readonly Content[],
    sink: Sink,
    options: FetchOptions = {},
  ): Promise<void> {
    const { signal, onProgress, priority = "soon" } = options;
    signal?.throwIfAborted();
    checkOneChunk(contents);
    const many = new ManyFetch(this.#small, contents, sink, priority, () => {
      onProgress?.(many.progress);
    });
    const stopped = (): void => many.stop(signal?.reason);
    signal?.addEventListener("abort", stopped, { once: true });
    this.#many.add(many);
    this.#check();
    try {
      await many.run();
    } finally {
      signal?.removeEventListener("abort", stopped);
      this.#many.delete(many);
    }
  }

  /** Removes what fetches of this content left in the temporary folder, unless one is under way. */
  async discard(content: Content): Promise<void> {
    const key = smallKey(content);
    await this.#ends.get(key);
    if (!this.#shared.has(key)) await removePart(this.#parts.folder, content);
  }

  /** Stops every fetch as cancelled, and waits until no file is open. */
  async close(): Promise<void> {
    const reason = new CoreError("cancelled", {});
    this.#isClosed = true;
    for (const { run } of this.#shared.values()) run.stop(reason);
    for (const run of this.#read) run.demand.close(reason);
    this.#linger.close();
    for (const many of this.#many) many.stop(reason);
    await Promise.all(this.#ends.values());
    this.#parts.fetchers?.delete(this);
    this.#cancelChecks?.();
    this.#news.close();
    this.#sources.close();
  }

  *#growing(): Generator<ContentFetch> {
    for (const { run } of this.#shared.values())
      if (run instanceof ContentFetch) yield run;
  }

  #start(key: string, content: Content, options: FetchOptions): Shared {
    const callers = new Set<FetchOptions>();
    const grows = this.#news.of(content);
    const Run = chunkCount(content.size) > 1 ? ContentFetch : OneFetch;
    const run = new Run(
      {
        random: systemRandom,
        ...this.#parts,
        sources: this.#sources,
        small: this.#small,
      },
      content,
      options.priority ?? "soon",
      () => {
        const { progress } = run;
        for (const { onProgress } of callers) onProgress?.(progress);
        grows(progress.verifiedBytes);
      },
    );
    const before = this.#ends.get(key) ?? this.#bring(content);
    const result = before.then(() => run.run());
    const taken = new Set<Promise<void>>();
    const shared: Shared = { run, callers, result, taken, isWhole: false };
    this.#shared.set(key, shared);
    const end = result.then(
      (fetched) => this.#whole(content, shared, fetched),
      () => undefined,
    );
    const forgotten = end.then(() => {
      this.#forget(key, shared);
      if (run instanceof ContentFetch) run.demand.ended(null);
      if (this.#ends.get(key) === forgotten) this.#ends.delete(key);
    });
    this.#ends.set(key, forgotten);
    this.#check();
    return shared;
  }

  /** Goes on with what other fetchers have of it. */
  async #bring(content: Content): Promise<void> {
    const { fetchers, folder } = this.#parts;
    if (chunkCount(content.size) > 1)
      await fetchers?.bring(content, this, folder);
  }

  /** Waits until what came in whole lies in its place. */
  async #whole(
    content: Content,
    shared: Shared,
    fetched: Fetched,
  ): Promise<void> {
    const { callers, taken } = shared;
    shared.isWhole = true;
    // What nobody fetched is here in full all the same: it was read from end to end.
    if (callers.size === 0) {
      const whole = this.#parts.onWhole?.(content, fetched);
      await whole?.catch((error: unknown) => {
        this.#parts.logger.bug(error, "files whole");
      });
    }
    await allTaken(taken);
    this.#forget(smallKey(content), shared);
  }

  /** Nobody reads any more; somebody may go on in a moment. */
  #lingers(key: string, shared: Shared): void {
    const { run } = shared;
    if (!(run instanceof ContentFetch)) return;
    if (this.#shared.get(key) !== shared) {
      this.#read.delete(run);
      return;
    }
    this.#linger.later(() => {
      if (run.demand.isRead) return;
      this.#read.delete(run);
      if (!isWanted(shared) && this.#shared.get(key) === shared)
        this.#stop(key, shared, new CoreError("cancelled", {}));
    });
  }

  #stop(key: string, shared: Shared, reason: unknown): void {
    shared.run.stop(reason);
    if (!shared.isWhole) this.#forget(key, shared);
  }

  #leave(key: string, shared: Shared, caller: FetchOptions): void {
    shared.callers.delete(caller);
    if (isWanted(shared)) adjust(shared);
    else this.#stop(key, shared, caller.signal?.reason);
  }

  #forget(key: string, shared: Shared): void {
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
  }

  /** Looks for stalls once a second while anything is under way. */
  #check(): void {
    this.#cancelChecks ??= this.#parts.clock.every(CHECK_MS, () => {
      for (const lane of this.#sources.lanes) lane.check();
      for (const { run } of this.#shared.values()) run.check();
      for (const run of this.#read) run.checkReaders();
      if (this.#shared.size + this.#many.size > 0) return;
      this.#cancelChecks?.();
      this.#cancelChecks = null;
    });
  }
}
