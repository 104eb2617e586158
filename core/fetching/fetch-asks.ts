import type { Clock } from "#core/base/clock.ts";
import { CoreError } from "#core/contract/errors.ts";
import { BulkFile } from "#core/exchange/bulk-asking.ts";
import type { BulkOutcome } from "#core/exchange/bulk-messages.ts";
import { chunkLength, isChunkOf } from "#core/files/chunks.ts";
import type { Outcome } from "#core/exchange/exchange-remote.ts";
import type { ChunkPlan } from "./fetch-chunks.ts";
import type { ContentLanes } from "./fetch-content-lanes.ts";
import type { FetchEnd } from "./fetch-end.ts";
import type { Lane, Wanted } from "./fetch-lane.ts";
import type { OpenChunk, OpenChunks } from "./fetch-open.ts";
import { isOnMap } from "./fetch-maps.ts";
import type { PartFile } from "./fetch-part.ts";
import type { FetchWrites } from "./fetch-writes.ts";
import type { Content } from "#core/files/model.ts";

/** From this size on a content is worth a bulk lane: one takes a few round trips and a thread to open. */
export const BULK_BYTES = 16 * 1024 * 1024;

/** What was not given after this time may be asked of somebody else. */
const SLOW_MS = 500;
/** So much for each map that comes: the next one comes soon. */
const SPARED = 8;
const DISK_FAILED = "the disk did not take a chunk";

export interface ChunkAsksParts {
  readonly content: Content;
  readonly plan: ChunkPlan;
  readonly open: OpenChunks;
  readonly writes: FetchWrites;
  readonly end: FetchEnd;
  readonly clock: Clock;
  readonly lanes: ContentLanes;
  /** A chunk is verified and in its place. */
  written(index: number): void;
  /** There is something to ask for again. */
  returned(): void;
}

/** Chunks of one content that are asked for, and what becomes of each (FI2). */
export class ChunkAsks {
  readonly #parts: ChunkAsksParts;
  #file: PartFile | null = null;
  #list: Buffer | null = null;
  /** What comes over bulk lanes is written by their threads (FI11). */
  #bulk: BulkFile | null = null;

  constructor(parts: ChunkAsksParts) {
    this.#parts = parts;
  }

  /** From now on what comes is written into this file. */
  begin(file: PartFile, list: Buffer): void {
    this.#file = file;
    this.#list = list;
    const { size, chunkSize } = this.#parts.content;
    if (size >= BULK_BYTES)
      this.#bulk = new BulkFile({ path: file.path, size, chunkSize, list });
  }

  /**
   * From now on what comes is thrown away; resolves when no thread has the file
   * open, with what the disk refused of what it was thought to have.
   */
  async stop(): Promise<Error | null> {
    const file = this.#file;
    this.#file = null;
    const outcome = await this.#bulk?.release();
    if (outcome === "disk-full") return new CoreError("disk-full", {});
    if (outcome !== "disk-failed") return null;
    file?.failed();
    return new Error(DISK_FAILED);
  }

  /** A chunk to be asked of this lane. */
  want(index: number, lane: Lane): Wanted {
    const { content, clock, open, plan } = this.#parts;
    const size = chunkLength(content.size, index);
    const bulk = this.#bulk;
    // That it does not come says nothing where we asked to be spared it.
    const said = <T>(outcome: T): T | "gone" => {
      open.delete(chunk);
      return chunk.isSpared && outcome === "lack" ? "gone" : outcome;
    };
    const settleBulk = (outcome: BulkOutcome): void => {
      this.#bulkSettled(index, lane, said(outcome));
    };
    const wanted: Wanted = {
      part: { kind: "chunk", root: content.root, index },
      size,
      settle: (outcome) => this.#settled(index, lane, said(outcome)),
      stalled: () => {
        chunk.isDoubled = true;
        plan.giveBack(index);
        this.#parts.returned();
      },
      bulk: bulk === null ? null : { file: bulk, settle: settleBulk },
    };
    const chunk: OpenChunk = {
      index,
      lane,
      wanted,
      askedAt: clock.monotonic(),
      isDoubled: false,
      isSpared: false,
    };
    open.add(chunk);
    return wanted;
  }

  /**
   * This lane, which is fetching too, has what is on its map. What somebody who
   * holds all is slow to give is asked of it instead: they have it for one who
   * cannot get it elsewhere. It is given back first, so that nothing comes twice.
   */
  mapped(lane: Lane, map: Buffer): void {
    const { clock, content, open } = this.#parts;
    if (lane.isStalled) return;
    open.spareBefore(
      clock.monotonic() - SLOW_MS,
      SPARED,
      (index) => isOnMap(map, index),
      (it) => it !== lane && it.holds(content.root) === "all",
    );
  }

  #settled(index: number, lane: Lane, outcome: Outcome): Promise<void> | null {
    const { content, plan } = this.#parts;
    if (this.#file === null || this.#list === null) return null;
    if (plan.isHere(index)) return null;
    if (Buffer.isBuffer(outcome)) {
      const isSized = outcome.byteLength === chunkLength(content.size, index);
      if (isSized && isChunkOf(outcome, this.#list, index)) {
        this.#parts.lanes.shown(lane);
        return this.#write(this.#file, index, outcome);
      }
      // Of another size it may be the record that lies, and not the source.
      this.#parts.lanes.ban(lane, isSized ? "files-chunk-wrong" : null);
    } else if (outcome === "lack") this.#parts.lanes.lacks(lane);
    this.#giveBack(index);
    return null;
  }

  #bulkSettled(index: number, lane: Lane, outcome: BulkOutcome): void {
    const { plan, open, writes, end } = this.#parts;
    if (this.#file === null || plan.isHere(index)) return;
    switch (outcome) {
      case "written":
        this.#parts.lanes.shown(lane);
        plan.arrived(index);
        open.cancelAt(index);
        this.#file.written(index);
        this.#parts.written(index);
        writes.look();
        return;
      case "wrong":
        this.#parts.lanes.ban(lane, "files-chunk-wrong");
        break;
      case "other":
        this.#parts.lanes.ban(lane, null);
        break;
      case "lack":
        this.#parts.lanes.lacks(lane);
        break;
      case "disk-full":
        end.fail(new CoreError("disk-full", {}));
        return;
      case "disk-failed":
        this.#file.failed();
        end.fail(new Error(DISK_FAILED));
        return;
      case "gone":
        break;
    }
    this.#giveBack(index);
  }

  #giveBack(index: number): void {
    // Another one that is asked for it gives it back, should it not come from there.
    if (!this.#parts.open.isExpected(index)) this.#parts.plan.giveBack(index);
    this.#parts.returned();
  }

  #write(file: PartFile, index: number, bytes: Buffer): Promise<void> {
    const { plan, open, writes } = this.#parts;
    plan.arrived(index);
    open.cancelAt(index);
    return writes.track(
      file.write(index, bytes).then(() => {
        this.#parts.written(index);
      }),
    );
  }
}
