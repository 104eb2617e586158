import { isCoreError } from "#core/contract/errors.ts";
import { entryRef } from "#core/contract/ids.ts";
import type { EntryRef, LogKey, PersonId } from "#core/contract/ids.ts";
import { breathe } from "#core/base/breathe.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import { createSerial } from "#core/base/serial.ts";
import { createTrigger } from "#core/base/state.ts";
import type { Signal } from "#core/base/state.ts";
import { int } from "#core/storage/database.ts";
import type { Database, Row } from "#core/storage/database.ts";
import { readBatch } from "./block.ts";
import type { RawEntry } from "./block.ts";
import { orderAfter } from "./hybrid-clock.ts";
import type { HybridClock, HybridTime } from "./hybrid-clock.ts";
import type { MemberLog, Space } from "./space.ts";
import type { Spaces } from "./spaces.ts";

/** An entry at its place: who wrote it, where and when. */
export interface PlacedEntry {
  readonly ref: EntryRef;
  readonly space: Space;
  readonly person: PersonId;
  /** What it is ordered by: never before an earlier block of the same log, whatever its clock said. */
  readonly time: HybridTime;
  /** What its author's clock said, milliseconds since 1970. */
  readonly writtenAt: number;
  /** When it came to this device; not part of what folding may decide by (EN4). */
  readonly arrivedAt: number;
  readonly entry: RawEntry;
}

/**
 * What a feature makes of entries. `note` writes one entry down; `settle` is
 * called once after each slice and derives what is shown from all that was
 * noted, as a pure function of that set (EN4). Both run inside one transaction.
 */
export interface Folding {
  note(entry: PlacedEntry): void;
  settle(): void;
  /** Called after each slice that was kept: what follows from it outside of the index. */
  settled?(): Promise<void>;
}

/** Since when it is on disk: 0.1. The index can be thrown away; these rows with it. */
export const FOLD_MIGRATION = `
  CREATE TABLE folded (
    log TEXT PRIMARY KEY,
    blocks INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    count INTEGER NOT NULL
  ) STRICT;
`;

/** Blocks folded in one transaction: a slice well under a frame of the interface. */
const SLICE_BLOCKS = 200;
/** How long one slice may run before others get their turn, in milliseconds, what `settle` takes included. */
const SLICE_MS = 12;
/** What an entry is thought to take before any was folded. */
const FIRST_ENTRY_MS = 0.05;

/** How soon a log that found no room in the index is folded again, in milliseconds. */
const RETRY_MS = 10_000;

export interface FolderOptions {
  readonly spaces: Spaces;
  readonly index: Database;
  readonly clock: Clock;
  readonly time: HybridClock;
  readonly logger: Logger;
  readonly foldings: readonly Folding[];
}

/** How far a log has been folded: its next block, and the time of the one before. */
interface Progress {
  readonly next: number;
  readonly last: HybridTime;
}

/** Folds the blocks of every admitted log into the index, in slices, as they arrive. */
export class Folder {
  readonly #options: FolderOptions;
  readonly #serial = createSerial();
  readonly #folded = createTrigger();
  readonly #waiting = new Map<LogKey, { member: MemberLog; space: Space }>();
  #running: Promise<void> | null = null;
  /** What an entry took of late, from noting it to the end of its transaction. */
  #entryMs = FIRST_ENTRY_MS;
  #closed = false;

  constructor(options: FolderOptions) {
    this.#options = options;
  }

  /** Fires after each slice that folded anything. */
  get folded(): Signal {
    return this.#folded;
  }

  /** Starts following every log, present and future. */
  start(): void {
    this.#options.spaces.onLog((member, space) => {
      const queue = (): void => {
        this.#waiting.set(member.log.key, { member, space });
        this.#kick();
      };
      member.log.grown.subscribe(queue);
      queue();
    });
  }

  /** Resolves when everything that is here now has been folded. */
  async settled(): Promise<void> {
    this.#kick();
    while (this.#running !== null) await this.#running;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  #kick(): void {
    if (this.#running !== null || this.#waiting.size === 0 || this.#closed)
      return;
    this.#running = this.#serial(() => this.#drain()).finally(() => {
      this.#running = null;
      this.#kick();
    });
    this.#options.logger.background("folding", this.#running);
  }

  async #drain(): Promise<void> {
    for (const [key, { member, space }] of this.#waiting) {
      if (this.#closed) return;
      this.#waiting.delete(key);
      try {
        await this.#foldLog(member, space);
      } catch (error) {
        // What one log brings holds up no other, nor whoever waits for the rest.
        // It is tried again when the log grows and at the next start.
        if (isCoreError(error, "disk-full")) this.#tryAgain(member, space);
        else this.#options.logger.bug(error, "folding a log");
      }
    }
  }

  /** A log that never grows again would wait for the next start after a full disk (DU4). */
  #tryAgain(member: MemberLog, space: Space): void {
    const { clock, logger } = this.#options;
    logger.warn("no room to fold");
    clock.after(RETRY_MS, () => {
      this.#waiting.set(member.log.key, { member, space });
      this.#kick();
    });
  }

  async #foldLog(member: MemberLog, space: Space): Promise<void> {
    const { index } = this.#options;
    const { log } = member;
    const done = index.get(
      "SELECT blocks, ms, count FROM folded WHERE log = ?",
      [log.key],
      readProgress,
    );
    // Block 0 is the header, which admission has read.
    let { next, last } = done ?? { next: 1, last: FIRST_TIME };
    while (next < log.heldLength && !this.#closed) {
      const end = Math.min(next + SLICE_BLOCKS, log.heldLength);
      const blocks: Buffer[] = [];
      for (let at = next; at < end; at++) {
        const block = await log.read(at);
        if (block === null) break;
        blocks.push(block);
      }
      if (blocks.length === 0) return;
      const folded = this.#foldMost(member, space, { next, last }, blocks);
      next += folded.count;
      last = folded.last;
      for (const folding of this.#options.foldings) await folding.settled?.();
      this.#folded.fire();
      await breathe();
    }
  }

  /** Folds a slice; one that fails is tried block by block, so that all before the culprit is shown. */
  #foldMost(
    member: MemberLog,
    space: Space,
    from: Progress,
    blocks: readonly Buffer[],
  ) {
    try {
      return this.#foldSlice(member, space, from, blocks);
    } catch (error) {
      if (blocks.length === 1) throw error;
      return this.#foldSlice(member, space, from, blocks.slice(0, 1));
    }
  }

  /** Folds as many of the blocks as fit the time; at least one. */
  #foldSlice(
    member: MemberLog,
    space: Space,
    from: Progress,
    blocks: readonly Buffer[],
  ): { readonly count: number; readonly last: HybridTime } {
    const { index, clock, foldings } = this.#options;
    const start = clock.monotonic();
    let entries = 0;
    const folded = index.transaction(() => {
      let count = 0;
      let unreadable = 0;
      let last = from.last;
      for (const block of blocks) {
        const noted = this.#noteBlock(
          member,
          space,
          { number: from.next + count, last },
          block,
        );
        if (noted === null) unreadable++;
        else last = noted.time;
        entries += noted?.entries ?? 0;
        count++;
        if (entries * this.#entryMs >= SLICE_MS) break;
        if (clock.monotonic() - start >= SLICE_MS) break;
      }
      for (const folding of foldings) folding.settle();
      index.run(
        `INSERT INTO folded (log, blocks, unreadable, ms, count)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (log) DO UPDATE SET
           blocks = excluded.blocks, ms = excluded.ms, count = excluded.count,
           unreadable = unreadable + excluded.unreadable`,
        [member.log.key, from.next + count, unreadable, last[0], last[1]],
      );
      return { count, last };
    });
    if (entries > 0)
      this.#entryMs =
        (this.#entryMs + (clock.monotonic() - start) / entries) / 2;
    return folded;
  }

  /** Answers with the block's place in time, or null when it is not read (EN1). */
  #noteBlock(
    member: MemberLog,
    space: Space,
    place: { readonly number: number; readonly last: HybridTime },
    block: Buffer,
  ): { readonly time: HybridTime; readonly entries: number } | null {
    const read = readBatch(block);
    if (read.kind !== "batch") return null;
    const { entries } = read.batch;
    this.#options.time.observe(read.batch.time);
    const time = orderAfter(place.last, read.batch.time);
    const [writtenAt] = read.batch.time;
    const arrivedAt = this.#options.clock.now();
    for (const [position, entry] of entries.entries()) {
      const ref = entryRef(member.log.key, place.number, position);
      const { person } = member;
      const at = { time, writtenAt, arrivedAt };
      const placed = { ref, space, person, ...at, entry };
      for (const folding of this.#options.foldings) folding.note(placed);
    }
    return { time, entries: entries.length };
  }
}

const FIRST_TIME: HybridTime = [0, 0];

function readProgress(row: Row): Progress {
  return {
    next: int(row, "blocks"),
    last: [int(row, "ms"), int(row, "count")],
  };
}

/** Orders two entries for folding: by time, then by place, the same on every device. */
export function compareEntries(
  a: { readonly time: HybridTime; readonly ref: EntryRef },
  b: { readonly time: HybridTime; readonly ref: EntryRef },
): number {
  return (
    a.time[0] - b.time[0] ||
    a.time[1] - b.time[1] ||
    // Inside a block, the shorter reference has the lower position.
    a.ref.length - b.ref.length ||
    (a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0)
  );
}
