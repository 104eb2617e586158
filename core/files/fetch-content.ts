import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { chunkCount, chunkLength, isChunkOf } from "./chunks.ts";
import type { Outcome } from "./exchange-remote.ts";
import { chooseChunk } from "./fetch-choice.ts";
import { ChunkPlan } from "./fetch-chunks.ts";
import type { Lane, Priority, Wanted, Work } from "./fetch-lane.ts";
import { FetchEnd } from "./fetch-end.ts";
import { ListFetch, type ListOutcome } from "./fetch-list.ts";
import { ChunkMaps } from "./fetch-maps.ts";
import { OpenChunks } from "./fetch-open.ts";
import { PartFile, type Fetched } from "./fetch-part.ts";
import type { Seeker, Sources } from "./fetch-sources.ts";
import { sourcesOf, type Progress } from "./fetch-progress.ts";
import type { Content } from "./model.ts";

export interface ContentFetchParts {
  readonly folder: string;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: Random;
}

/** At the end, a chunk that takes this long is asked of an idle source too. */
const LATE_MS = 3_000;

/** Fetches one content of several chunks from every source in reach (FI2, FI8). */
export class ContentFetch implements Work, Seeker {
  readonly content: Content;
  readonly #parts: ContentFetchParts;
  readonly #plan: ChunkPlan;
  readonly #open = new OpenChunks();
  /** Sources that gave what does not belong to this content. */
  readonly #banned = new WeakSet<Lane>();
  readonly #writes = new Set<Promise<void>>();
  readonly #end = new FetchEnd();
  readonly #onProgress: () => void;
  readonly #maps: ChunkMaps;
  #priority: Priority;
  #list: Buffer | null = null;
  #listFetch: ListFetch | null = null;
  #file: PartFile | null = null;
  #verifiedBytes = 0;

  constructor(
    parts: ContentFetchParts,
    content: Content,
    priority: Priority,
    onProgress: () => void,
  ) {
    this.#parts = parts;
    this.content = content;
    this.#priority = priority;
    const count = chunkCount(content.size);
    // Those who fetch the same at once begin at different chunks, so that soon
    // each has something for the others.
    const start = parts.random.bytes(4).readUInt32LE() % count;
    this.#plan = new ChunkPlan(count, start);
    this.#maps = new ChunkMaps(
      content,
      parts,
      (lane) => {
        lane.offer(this);
      },
      (lane) => {
        this.#lacks(lane);
      },
    );
    this.#onProgress = onProgress;
  }

  get priority(): Priority {
    return this.#priority;
  }

  set priority(priority: Priority) {
    if (priority === this.#priority) return;
    for (const lane of this.#parts.sources.lanes) lane.withdraw(this);
    this.#priority = priority;
    this.#offer();
  }

  get progress(): Progress {
    const lanes = new Set(this.#open.lanes());
    if (this.#listFetch !== null) lanes.add(this.#listFetch.lane);
    return {
      verifiedBytes: this.#verifiedBytes,
      done: this.#plan.isDone ? 1 : 0,
      isWaiting:
        this.#file !== null &&
        !this.#plan.isDone &&
        !this.#parts.sources.isAsking(this.content.root) &&
        ![...lanes, ...this.#lanes()].some((lane) => this.#isOfUse(lane)),
      sources: sourcesOf(lanes),
    };
  }

  /**
   * Runs until the content is here or `stop` is called; what came in stays for
   * the next run. To be called once.
   * @throws `disk-full`, or what `stop` was given
   */
  async run(): Promise<Fetched> {
    const { folder, sources, logger } = this.#parts;
    const file = await PartFile.open(folder, this.content, logger);
    try {
      const saved = await file.savedList();
      if (saved !== null) await this.#resume(file, saved);
      this.#end.throwIfFailed();
      this.#file = file;
      if (!this.#plan.isDone) sources.seek(this.content.root, this);
      else this.#end.succeed();
      this.#onProgress();
      await this.#end.promise;
    } finally {
      this.#letGo();
      await Promise.allSettled(this.#writes);
      await file.close();
    }
    return { path: file.path, list: this.#list ?? Buffer.alloc(0) };
  }

  stop(reason: unknown): void {
    this.#end.fail(reason);
  }

  sourceFound(lane: Lane): void {
    if (!this.#banned.has(lane)) lane.offer(this);
    this.#onProgress();
  }

  sourceLost(lane: Lane): void {
    this.#maps.drop(lane);
    this.#onProgress();
  }

  /** What is here of it, for others who fetch it; null while nothing is. */
  get growing(): { readonly list: Buffer; readonly file: PartFile } | null {
    if (this.#file === null || this.#list === null) return null;
    if (this.#verifiedBytes === 0) return null;
    return { list: this.#list, file: this.#file };
  }

  take(lane: Lane): Wanted | null {
    if (this.#file === null || this.#banned.has(lane)) return null;
    if (this.#list === null) return this.#takePage(lane);
    const { root } = this.content;
    const index = chooseChunk(lane, root, this.#plan, this.#maps, this.#open);
    if (index === null) this.#onProgress();
    return index === null ? null : this.#wantChunk(index, lane);
  }

  /** Near the end, doubles what a slow source holds up; to be called every second or so. */
  check(): void {
    const now = this.#parts.clock.monotonic();
    const idle = this.#lanes().filter((lane) => lane.isIdle && !lane.isStalled);
    if (idle.length === 0) return;
    for (const { index } of this.#open.doubleBefore(now - LATE_MS))
      this.#plan.giveBack(index);
    for (const lane of idle) lane.offer(this);
  }

  async #resume(file: PartFile, list: Buffer): Promise<void> {
    this.#list = list;
    await file.verify(list, this.#end.signal, (index) => {
      this.#plan.arrived(index);
      this.#written(index);
    });
  }

  #takePage(lane: Lane): Wanted | null {
    this.#listFetch ??= new ListFetch(lane, this.content, (outcome) => {
      this.#listFetch = null;
      this.#listEnded(lane, outcome);
    });
    return this.#listFetch.lane === lane ? this.#listFetch.take() : null;
  }

  #listEnded(lane: Lane, outcome: ListOutcome): void {
    if (outcome.kind === "here") {
      this.#list = outcome.list;
      const saved = this.#file?.saveList(outcome.list);
      if (saved !== undefined)
        this.#parts.logger.background("files fetch", this.#track(saved));
    } else if (outcome.kind === "wrong") this.#ban(lane, "files-list-wrong");
    // It may be the record that lies, and not the source.
    else if (outcome.kind === "other") this.#ban(lane, null);
    else if (outcome.kind === "lack") this.#lacks(lane);
    this.#offer();
    this.#onProgress();
  }

  #wantChunk(index: number, lane: Lane): Wanted {
    const size = chunkLength(this.content.size, index);
    const wanted: Wanted = {
      part: { kind: "chunk", root: this.content.root, index },
      size,
      settle: (outcome) => {
        this.#open.delete(chunk);
        return this.#settled(index, size, lane, outcome);
      },
      stalled: () => {
        chunk.isDoubled = true;
        this.#plan.giveBack(index);
        this.#offer();
      },
    };
    const askedAt = this.#parts.clock.monotonic();
    const chunk = { index, lane, wanted, askedAt, isDoubled: false };
    this.#open.add(chunk);
    return wanted;
  }

  #settled(
    index: number,
    size: number,
    lane: Lane,
    outcome: Outcome,
  ): Promise<void> | null {
    if (this.#file === null || this.#list === null) return null;
    if (this.#plan.isHere(index)) return null;
    if (Buffer.isBuffer(outcome)) {
      if (isChunkOf(outcome, this.#list, index) && outcome.byteLength === size)
        return this.#write(this.#file, index, outcome);
      // Of another size it may be the record that lies, and not the source.
      this.#ban(lane, outcome.byteLength === size ? "files-chunk-wrong" : null);
    } else if (outcome === "lack") this.#lacks(lane);
    this.#plan.giveBack(index);
    this.#offer();
    this.#onProgress();
    return null;
  }

  #write(file: PartFile, index: number, bytes: Buffer): Promise<void> {
    this.#plan.arrived(index);
    this.#open.cancelAt(index);
    return this.#track(
      file.write(index, bytes).then(() => {
        this.#written(index);
      }),
    );
  }

  #written(index: number): void {
    this.#verifiedBytes += chunkLength(this.content.size, index);
    this.#onProgress();
  }

  /** Ends the fetch with the error of a write, and with success after the last one. */
  #track(write: Promise<void>): Promise<void> {
    const tracked = write.then(
      () => {
        this.#writes.delete(tracked);
        if (this.#plan.isDone && this.#writes.size === 0) this.#end.succeed();
      },
      (error: unknown) => {
        this.#writes.delete(tracked);
        this.#end.fail(error);
      },
    );
    this.#writes.add(tracked);
    return tracked;
  }

  #ban(lane: Lane, rule: string | null): void {
    this.#banned.add(lane);
    lane.withdraw(this);
    if (rule !== null) lane.remote.session.fault(rule);
  }

  #lacks(lane: Lane): void {
    lane.withdraw(this);
    this.#parts.sources.lacks(lane, this.content.root);
  }

  #lanes(): readonly Lane[] {
    return this.#parts.sources
      .of(this.content.root)
      .filter((lane) => !this.#banned.has(lane));
  }

  #isOfUse(lane: Lane): boolean {
    if (lane.isStalled) return false;
    return this.#open.lanes().has(lane) || !this.#maps.isExhausted(lane);
  }

  #offer(): void {
    if (this.#file !== null) for (const lane of this.#lanes()) lane.offer(this);
  }

  #letGo(): void {
    this.#file = null;
    this.#maps.close();
    for (const lane of this.#parts.sources.lanes) lane.withdraw(this);
    this.#parts.sources.leave(this.content.root, this);
    this.#open.cancelAll();
  }
}
