import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Random } from "#core/base/random.ts";
import { chunkCount, chunkLength } from "#core/files/chunks.ts";
import { BULK_BYTES, ChunkAsks } from "./fetch-asks.ts";
import { chooseChunk } from "./fetch-choice.ts";
import { planFrom, type ChunkPlan } from "./fetch-chunks.ts";
import type { Lane, Priority, Wanted, Work } from "./fetch-lane.ts";
import { Demand } from "./fetch-demand.ts";
import { ContentLanes } from "./fetch-content-lanes.ts";
import { FetchEnd } from "./fetch-end.ts";
import { WholeList } from "./fetch-whole-list.ts";
import { FetchWrites } from "./fetch-writes.ts";
import { ChunkMaps } from "./fetch-maps.ts";
import { OpenChunks } from "./fetch-open.ts";
import { PartFile, type Fetched } from "./fetch-part.ts";
import type { Seeker, Sources } from "./fetch-sources.ts";
import {
  asError,
  sourcesOf,
  together,
  type Progress,
} from "./fetch-progress.ts";
import type { Content } from "#core/files/model.ts";

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
  readonly #lanes: ContentLanes;
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
  readonly #tell: () => void;

  constructor(
    parts: ContentFetchParts,
    content: Content,
    priority: Priority,
    onProgress: () => void,
  ) {
    this.#parts = parts;
    this.content = content;
    this.#priority = priority;
    this.#plan = planFrom(parts.random, chunkCount(content.size));
    this.#lanes = new ContentLanes({
      root: content.root,
      sources: parts.sources,
      works: () => (this.demand.isRead ? [this, this.#first] : [this]),
    });
    const lacks = (lane: Lane): void => {
      this.#lanes.lacks(lane);
    };
    const again = (): void => {
      this.#offer();
      this.#onProgress();
    };
    const mapped = (lane: Lane, map: Buffer): void => {
      this.#asks.mapped(lane, map);
      again();
    };
    this.#maps = new ChunkMaps(content, parts, mapped, lacks);
    this.#onProgress = onProgress;
    this.#tell = together(parts.logger, onProgress);
    this.#pages = new WholeList({
      content,
      here: (list) => {
        this.#listed(list);
      },
      lanes: this.#lanes,
      ended: again,
    });
    this.#writes = new FetchWrites(this.#end, () => this.#plan.isDone);
    this.#asks = new ChunkAsks({
      content,
      plan: this.#plan,
      open: this.#open,
      writes: this.#writes,
      end: this.#end,
      clock: parts.clock,
      lanes: this.#lanes,
      written: (index) => {
        this.#written(index);
      },
      returned: again,
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
    this.#lanes.withdraw();
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
        ![...lanes, ...this.#lanes.all].some(
          (lane) =>
            !lane.isStalled &&
            (this.#open.isAsking(lane) || !this.#maps.isExhausted(lane)),
        ),
      sources: sourcesOf(lanes),
    };
  }

  /**
   * Runs until the content is here or `stop` is called; what came in stays for
   * the next run. To be called once.
   * @throws `disk-full`, or what `stop` was given
   */
  async run(): Promise<Fetched> {
    const { folder, sources } = this.#parts;
    const file = await PartFile.open(folder, this.content);
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
      const refused = await this.#asks.stop();
      if (refused !== null) throw refused;
      await file.settled();
    } catch (error) {
      this.demand.ended(asError(error));
      throw error;
    } finally {
      this.#letGo();
      await this.#asks.stop();
      await this.#writes.settled();
      await file.end(this.#plan.isDone ? 0 : this.#plan.here);
    }
    return { path: file.path, list: this.#list ?? Buffer.alloc(0) };
  }

  stop(reason: unknown): void {
    this.#end.fail(reason);
  }

  sourceFound(lane: Lane): void {
    if (!this.#lanes.isBanned(lane)) this.#lanes.offerTo(lane);
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
    if (this.#file === null || this.#lanes.isBanned(lane)) return null;
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
    const { idle } = this.#lanes;
    if (idle.length === 0) return;
    const moment = this.#parts.clock.monotonic() - LATE_MS;
    for (const { index } of this.#open.doubleBefore(moment))
      this.#plan.giveBack(index);
    for (const lane of idle) this.#lanes.offerTo(lane);
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

  #offer(): void {
    if (this.#file !== null) this.#lanes.offer();
  }

  /** Asks to be spared what nobody waits for any more. */
  #spare(): void {
    if (!this.#isWhole)
      this.#open.spare((index) => this.demand.isDemanded(index));
  }

  #letGo(): void {
    this.#file = null;
    this.#maps.close();
    this.#lanes.withdraw();
    this.#parts.sources.leave(this.content.root, this);
    this.#open.cancelAll();
  }
}
