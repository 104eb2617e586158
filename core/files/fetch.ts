import { CoreError } from "#core/contract/errors.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { systemRandom, type Random } from "#core/base/random.ts";
import type { Resource } from "#core/base/resource.ts";
import { chunkCount, isChunking } from "./chunks.ts";
import type { Exchange } from "./exchange.ts";
import type { Sink } from "./fetch-batch.ts";
import { ContentFetch } from "./fetch-content.ts";
import { createGrowingReader } from "./fetch-growing.ts";
import { PRIORITIES, type Priority } from "./fetch-lane.ts";
import { ManyFetch } from "./fetch-many.ts";
import { OneFetch } from "./fetch-one.ts";
import { removePart, type Fetched } from "./fetch-part.ts";
import { asError, type Progress } from "./fetch-progress.ts";
import { SmallFetches, smallKey } from "./fetch-small.ts";
import { Sources } from "./fetch-sources.ts";
import type { Content, Naming } from "./model.ts";

export interface FetcherParts {
  readonly exchange: Exchange;
  readonly naming: Naming;
  /** Absolute; made when it is missing. On the disk the files will lie on (FI4). */
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: Random;
}

export interface FetchOptions {
  /** Stops this caller's fetch; what came in stays for the next one. */
  readonly signal?: AbortSignal;
  /** `soon` when not given. */
  readonly priority?: Priority;
  /** After each chunk or batch, and when sources come and go. */
  readonly onProgress?: (progress: Progress) => void;
}

/** One content under way, and all who want it. */
interface Shared {
  readonly run: ContentFetch | OneFetch;
  readonly callers: Set<FetchOptions>;
  readonly result: Promise<Fetched>;
}

const CHECK_MS = 1_000;
const TELL_MS = 250;
const TELL_CHUNKS = 32;

/** Brings content here from whoever holds it (FI2, FI8, FI9). Waits as long as it takes. */
export class Fetcher implements Resource {
  readonly #parts: FetcherParts;
  readonly #sources: Sources;
  readonly #small: SmallFetches;
  readonly #shared = new Map<string, Shared>();
  readonly #many = new Set<ManyFetch>();
  /** Settled when the last run of a content has let go of its files. */
  readonly #ends = new Map<string, Promise<void>>();
  #cancelChecks: (() => void) | null = null;
  #cancelTell: (() => void) | null = null;

  constructor(parts: FetcherParts) {
    this.#parts = parts;
    this.#sources = new Sources(parts);
    this.#small = new SmallFetches(this.#sources);
    parts.exchange.serveGrowing(createGrowingReader(() => this.#growing()));
  }

  /**
   * Fetches one content into the temporary folder. A second fetch of the same
   * content shares the work (FI9); it ends when the last caller stopped.
   * @throws `invalid-input` for a size and chunk size that do not belong
   *   together, `disk-full`, or the reason of the signal
   */
  fetch(content: Content, options: FetchOptions = {}): Promise<Fetched> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      checkChunking(content);
      signal?.throwIfAborted();
      const key = smallKey(content);
      const shared =
        this.#shared.get(key) ?? this.#start(key, content, options);
      const caller = { ...options };
      shared.callers.add(caller);
      this.#prioritize(shared);
      const stopped = (): void => {
        reject(asError(signal?.reason));
        this.#leave(key, shared, caller);
      };
      signal?.addEventListener("abort", stopped, { once: true });
      const ended = shared.result.then(resolve, reject).finally(() => {
        signal?.removeEventListener("abort", stopped);
      });
      this.#parts.logger.background("files fetch", ended);
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
    for (const content of contents) {
      checkChunking(content);
      if (chunkCount(content.size) > 1) throw invalid("more than one chunk");
    }
    const many = new ManyFetch(this.#small, contents, sink, priority, () => {
      onProgress?.(many.progress);
    });
    const stopped = (): void => {
      many.stop(signal?.reason);
    };
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
    for (const { run } of this.#shared.values()) run.stop(reason);
    for (const many of this.#many) many.stop(reason);
    await Promise.all(this.#ends.values());
    this.#cancelChecks?.();
    this.#cancelTell?.();
    this.#sources.close();
  }

  *#growing(): Generator<ContentFetch> {
    for (const { run } of this.#shared.values())
      if (run instanceof ContentFetch) yield run;
  }

  #start(key: string, content: Content, options: FetchOptions): Shared {
    const callers = new Set<FetchOptions>();
    // What is soon here in full is told of then.
    let isTold = chunkCount(content.size) < TELL_CHUNKS;
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
        if (isTold || progress.verifiedBytes === 0) return;
        isTold = true;
        this.#tellGrowing();
      },
    );
    const before = this.#ends.get(key) ?? Promise.resolve();
    const result = before.then(() => run.run());
    const shared: Shared = { run, callers, result };
    this.#shared.set(key, shared);
    const end = result.then(
      () => undefined,
      () => undefined,
    );
    const forgotten = end.then(() => {
      this.#forget(key, shared);
      if (this.#ends.get(key) === forgotten) this.#ends.delete(key);
    });
    this.#ends.set(key, forgotten);
    this.#check();
    return shared;
  }

  /** Others who fetch the same may ask here from now on. Several that begin at once are told once. */
  #tellGrowing(): void {
    this.#cancelTell ??= this.#parts.clock.after(TELL_MS, () => {
      this.#cancelTell = null;
      const { remotes } = this.#parts.exchange;
      for (const remote of remotes.peek())
        remote.tell([...remote.session.common.peek()]);
    });
  }

  #leave(key: string, shared: Shared, caller: FetchOptions): void {
    shared.callers.delete(caller);
    if (shared.callers.size > 0) {
      this.#prioritize(shared);
      return;
    }
    shared.run.stop(caller.signal?.reason);
    this.#forget(key, shared);
  }

  #forget(key: string, shared: Shared): void {
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
  }

  #prioritize({ run, callers }: Shared): void {
    const wanted = [...callers].map(({ priority }) => priority ?? "soon");
    run.priority =
      PRIORITIES.find((priority) => wanted.includes(priority)) ?? "later";
  }

  /** Looks for stalls once a second while anything is under way. */
  #check(): void {
    this.#cancelChecks ??= this.#parts.clock.every(CHECK_MS, () => {
      for (const lane of this.#sources.lanes) lane.check();
      for (const { run } of this.#shared.values()) run.check();
      if (this.#shared.size + this.#many.size > 0) return;
      this.#cancelChecks?.();
      this.#cancelChecks = null;
    });
  }
}

function checkChunking({ size, chunkSize }: Content): void {
  if (!isChunking(size, chunkSize))
    throw invalid("size and chunk size do not belong together");
}

function invalid(issue: string): CoreError<"invalid-input"> {
  return new CoreError("invalid-input", { issues: [issue] });
}
