import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { chunkCount, chunkLength } from "./chunks.ts";
import { BULK_BYTES, ChunkAsks } from "./fetch-asks.ts";
import { chooseChunk } from "./fetch-choice.ts";
import { ChunkPlan } from "./fetch-chunks.ts";
import type { Lane, Priority, Wanted, Work } from "./fetch-lane.ts";
import { Demand } from "./fetch-demand.ts";
import { FetchEnd } from "./fetch-end.ts";
import { WholeList } from "./fetch-whole-list.ts";
import { FetchWrites } from "./fetch-writes.ts";
import { ChunkMaps } from "./fetch-maps.ts";
import { OpenChunks } from "./fetch-open.ts";
import { PartFile, type Fetched } from "./fetch-part.ts";
import type { Seeker, Sources } from "./fetch-sources.ts";
import { asError, sourcesOf, type Progress } from "./fetch-progress.ts";
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
  readonly #end = new FetchEnd();
  readonly #writes: FetchWrites;
  readonly #asks: ChunkAsks;
  /** What readers wait for now, asked for first of all. */
  readonly #first: Work;
  readonly #onProgress: () => void;
  readonly #maps: ChunkMaps;
  readonly #pages: WholeList;
  /** What is read of it while it arrives. */
  readonly demand: Demand;
  #isWhole = true;
  #priority: Priority;
  #list: Buffer | null = null;
  #file: PartFile | null = null;
  #verifiedBytes = 0;
  #isTelling = false;

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
        this.#offerTo(lane);
      },
      (lane) => {
        this.#lacks(lane);
      },
    );
    this.#onProgress = onProgress;
    this.#pages = new WholeList({
      content,
      here: (list) => {
        this.#listed(list);
      },
      refused: (lane, rule) => {
        this.#ban(lane, rule);
      },
      lacks: (lane) => {
        this.#lacks(lane);
      },
      ended: () => {
        this.#offer();
        this.#onProgress();
      },
    });
    this.#writes = new FetchWrites(this.#end, () => this.#plan.isDone);
    this.#asks = new ChunkAsks({
      content,
      plan: this.#plan,
      open: this.#open,
      writes: this.#writes,
      end: this.#end,
      clock: parts.clock,
      shown: (lane) => {
        parts.sources.shown(lane, content.root);
      },
      written: (index) => {
        this.#written(index);
      },
      refused: (lane, rule) => {
        this.#ban(lane, rule);
      },
      lacks: (lane) => {
        this.#lacks(lane);
      },
      returned: () => {
        this.#offer();
        this.#onProgress();
      },
    });
    this.demand = new Demand({
      content,
      plan: this.#plan,
      maps: this.#maps,
      open: this.#open,
      logger: parts.logger,
      onChange: () => {
        this.#spare();
        this.#offer();
      },
    });
    this.#first = {
      priority: "now",
      take: (lane) => this.#takeBy(lane, () => this.demand.choose(lane)),
    };
  }

  /** Whether all of it is wanted; else only what is read of it comes. */
  set isWhole(isWhole: boolean) {
    if (isWhole === this.#isWhole) return;
    this.#isWhole = isWhole;
    this.#spare();
    this.#offer();
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
    if (this.#pages.lane !== null) lanes.add(this.#pages.lane);
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
    this.demand.opened(file);
    try {
      const saved = await file.savedList();
      if (saved !== null) await this.#resume(file, saved);
      this.#end.throwIfFailed();
      this.#file = file;
      if (this.#list !== null) this.#asks.begin(file, this.#list);
      if (!this.#plan.isDone) sources.seek(this.content.root, this);
      else this.#end.succeed();
      this.#onProgress();
      await this.#end.promise;
    } catch (error) {
      this.demand.ended(asError(error));
      throw error;
    } finally {
      this.#letGo();
      await this.#asks.stop();
      await this.#writes.settled();
      if (!this.#plan.isDone && this.#plan.here > 0)
        await file.noteMap().catch(() => undefined);
      await file.close();
    }
    return { path: file.path, list: this.#list ?? Buffer.alloc(0) };
  }

  stop(reason: unknown): void {
    this.#end.fail(reason);
  }

  sourceFound(lane: Lane): void {
    if (!this.#banned.has(lane)) this.#offerTo(lane);
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
    const { root } = this.content;
    return this.#takeBy(lane, () =>
      this.#isWhole
        ? chooseChunk(lane, root, this.#plan, this.#maps, this.#open)
        : null,
    );
  }

  #takeBy(lane: Lane, choose: () => number | null): Wanted | null {
    if (this.#file === null || this.#banned.has(lane)) return null;
    if (this.#list === null) return this.#pages.take(lane);
    const index = choose();
    if (index === null) this.#onProgress();
    return index === null ? null : this.#asks.want(index, lane);
  }

  get isBulk(): boolean {
    return this.content.size >= BULK_BYTES && this.#isWhole;
  }

  /** Near the end, doubles what a slow source holds up; to be called every second or so. */
  check(): void {
    const now = this.#parts.clock.monotonic();
    const idle = this.#lanes().filter((lane) => lane.isIdle && !lane.isStalled);
    if (idle.length === 0) return;
    for (const { index } of this.#open.doubleBefore(now - LATE_MS))
      this.#plan.giveBack(index);
    for (const lane of idle) this.#offerTo(lane);
  }

  /** Tells readers when nobody in reach has it; to be called every second or so. */
  checkReaders(): void {
    const now = this.#parts.clock.monotonic();
    this.demand.check(this.demand.isRead && this.progress.isWaiting, now);
  }

  async #resume(file: PartFile, list: Buffer): Promise<void> {
    this.#list = list;
    this.demand.listed(list);
    await file.verify(list, this.#end.signal, (index) => {
      this.#plan.arrived(index);
      this.#written(index);
    });
  }

  #listed(list: Buffer): void {
    this.#list = list;
    this.demand.listed(list);
    if (this.#file === null) return;
    this.#asks.begin(this.#file, list);
    const saved = this.#writes.track(this.#file.saveList(list));
    this.#parts.logger.background("files fetch", saved);
  }

  #written(index: number): void {
    this.#verifiedBytes += chunkLength(this.content.size, index);
    this.demand.arrived(index);
    this.#tell();
  }

  /** Tells once of all chunks that came together. */
  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const told = Promise.resolve().then(() => {
      this.#isTelling = false;
      this.#onProgress();
    });
    this.#parts.logger.background("files fetch", told);
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
    return this.#open.isAsking(lane) || !this.#maps.isExhausted(lane);
  }

  #offer(): void {
    if (this.#file !== null)
      for (const lane of this.#lanes()) this.#offerTo(lane);
  }

  #offerTo(lane: Lane): void {
    lane.offer(this);
    if (this.demand.isRead) lane.offer(this.#first);
  }

  /** Asks to be spared what nobody waits for any more. */
  #spare(): void {
    if (!this.#isWhole)
      this.#open.spare((index) => this.demand.isDemanded(index));
  }

  #letGo(): void {
    this.#file = null;
    this.#maps.close();
    for (const lane of this.#parts.sources.lanes) lane.withdraw(this);
    this.#parts.sources.leave(this.content.root, this);
    this.#open.cancelAll();
  }
}
