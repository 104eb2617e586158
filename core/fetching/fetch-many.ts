import { Batch, type Sink, type Verified } from "./fetch-batch.ts";
import type { Lane, Priority } from "./fetch-lane.ts";
import { sourcesOf, type Progress } from "./fetch-progress.ts";
import type { Receiver } from "./fetch-small-job.ts";
import { smallKey, type SmallFetches } from "./fetch-small.ts";
import type { Content } from "#core/files/model.ts";

/** While nobody has answered for some, this many are looked at for where they could come from. */
const ASKING_LOOKED = 32;

/** Fetches many contents of one chunk each, and hands them to a sink in batches. */
export class ManyFetch implements Receiver {
  readonly #small: SmallFetches;
  /** Not delivered yet. */
  readonly #missing = new Map<string, Content>();
  readonly #count: number;
  readonly #batch: Batch;
  readonly #onProgress: () => void;
  #priority: Priority;
  #verifiedBytes = 0;
  #done = 0;
  #isLooking = false;

  /** Equal contents are fetched and handed over once. */
  constructor(
    small: SmallFetches,
    contents: readonly Content[],
    sink: Sink,
    priority: Priority,
    onProgress: () => void,
  ) {
    this.#small = small;
    for (const content of contents)
      this.#missing.set(smallKey(content), content);
    this.#count = this.#missing.size;
    this.#batch = new Batch(this.#count, sink, (taken) => {
      this.#taken(taken);
    });
    this.#priority = priority;
    this.#onProgress = onProgress;
  }

  get priority(): Priority {
    return this.#priority;
  }

  set priority(priority: Priority) {
    if (priority === this.#priority) return;
    this.#priority = priority;
    for (const content of this.#missing.values())
      this.#small.want(content, priority, this);
  }

  get progress(): Progress {
    let isAsking = false;
    let looked = 0;
    const lanes = new Set<Lane>();
    for (const content of this.#missing.values()) {
      // They are asked about together: the first ones tell.
      if (isAsking && ++looked > ASKING_LOOKED) break;
      isAsking ||= this.#small.isAsking(content);
      for (const lane of this.#small.lanesOf(content)) lanes.add(lane);
      if (lanes.size > 0) break;
    }
    const isAtSink = this.#done + this.#missing.size < this.#count;
    return {
      verifiedBytes: this.#verifiedBytes,
      done: this.#done,
      isWaiting:
        this.#missing.size > 0 && !isAtSink && !isAsking && lanes.size === 0,
      sources: sourcesOf(lanes),
    };
  }

  /**
   * Runs until the sink took everything or `stop` is called.
   * @throws what the sink threw, or what `stop` was given
   */
  async run(): Promise<void> {
    for (const content of this.#missing.values())
      this.#small.want(content, this.#priority, this);
    this.#onProgress();
    try {
      await this.#batch.done;
    } finally {
      for (const content of this.#missing.values())
        this.#small.leave(content, this);
    }
  }

  stop(reason: unknown): void {
    this.#batch.fail(reason);
  }

  deliver(verified: readonly Verified[]): Promise<void> {
    for (const { content } of verified) this.#missing.delete(smallKey(content));
    return this.#batch.deliver(verified);
  }

  sourcesChanged(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    queueMicrotask(() => {
      this.#isLooking = false;
      this.#onProgress();
    });
  }

  #taken(taken: readonly Verified[]): void {
    this.#done += taken.length;
    for (const { bytes } of taken) this.#verifiedBytes += bytes.byteLength;
    this.#onProgress();
  }
}
