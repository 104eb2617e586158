import { isCoreError } from "#core/contract/errors.ts";
import { breathe } from "#core/base/breathe.ts";
import { ByteBudget } from "#core/base/byte-budget.ts";
import type { Clock } from "#core/base/clock.ts";
import type { Logger } from "#core/base/logger.ts";
import type { Resource } from "#core/base/resource.ts";
import { chunkCount, chunkLength } from "#core/files/chunks.ts";
import type { Holdings } from "#core/files/holdings.ts";
import type { KnownHolding } from "#core/files/holdings-rows.ts";
import type { HoldingReader } from "#core/files/open-holding.ts";
import { int, text } from "#core/storage/database.ts";
import type { Database } from "#core/storage/database.ts";

export interface ScrubOptions {
  readonly local: Database;
  readonly holdings: Pick<Holdings, "after" | "at">;
  readonly reader: Pick<HoldingReader, "readChunk">;
  /** Whether the disk may be read now: nothing else needs it. */
  readonly mayRead: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Read in a day: a disk of a hundred gigabytes is looked at four times a year. */
export const SCRUB_DAY_BYTES = 1_000_000_000;
/** And in one go, after the computer was off or busy for a while. */
const BURST_BYTES = 64_000_000;
const TICK_MS = 30_000;
/** A pass begins no earlier than this after the last one ended. */
const PASS_PAUSE_MS = 7 * 24 * 60 * 60 * 1000;
/** Rows read at once. */
const ROWS = 200;
/** Bytes between two notes of how far it has come. */
const NOTE_BYTES = 16_000_000;

export interface ScrubPlace {
  /** Looked at: everything up to and with this path, and its first chunks. */
  readonly path: string;
  readonly chunk: number;
  readonly passes: number;
  readonly endedAt: number;
}

/**
 * Reads every held file, little by little and when nothing else needs the disk,
 * and verifies it: reading through `HoldingReader` marks what is damaged. One
 * pass after another, by path; what was added behind comes in the next.
 */
export class Scrub implements Resource {
  readonly #options: ScrubOptions;
  readonly #budget: ByteBudget;
  readonly #stopTicking: () => void;
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: ScrubOptions) {
    this.#options = options;
    this.#budget = new ByteBudget(
      options.clock,
      SCRUB_DAY_BYTES / 24,
      BURST_BYTES,
    );
    this.#stopTicking = options.clock.every(TICK_MS, () => {
      if (this.#running !== null) return;
      this.#running = this.#run().finally(() => {
        this.#running = null;
      });
      options.logger.background("scrub", this.#running);
    });
  }

  get place(): ScrubPlace {
    const found = this.#options.local.get("SELECT * FROM scrub", [], (row) => ({
      path: text(row, "path"),
      chunk: int(row, "chunk"),
      passes: int(row, "passes"),
      endedAt: int(row, "ended_ms"),
    }));
    return found ?? { path: "", chunk: 0, passes: 0, endedAt: 0 };
  }

  /** Resolves when it does not read at the moment. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTicking();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      await this.#readOn();
    } catch (error) {
      // How far it came is noted when there is room again.
      if (!isCoreError(error, "disk-full")) throw error;
    }
  }

  async #readOn(): Promise<void> {
    const { holdings, clock } = this.#options;
    const start = this.place;
    let { path, chunk } = start;
    const isResting = clock.now() - start.endedAt < PASS_PAUSE_MS;
    if (path === "" && start.passes > 0 && isResting) return;
    while (this.#mayGoOn()) {
      // The file it stopped in comes first, when it did.
      const half = chunk > 0 ? holdings.at(path) : null;
      const rows = half === null ? holdings.after(path, ROWS) : [half];
      if (rows.length === 0) {
        this.#note({
          path: "",
          chunk: 0,
          passes: start.passes + 1,
          endedAt: clock.now(),
        });
        return;
      }
      for (const row of rows) {
        if (row.absolutePath !== path) chunk = 0;
        path = row.absolutePath;
        chunk = await this.#read(row, chunk, start);
        if (!this.#mayGoOn() && chunk < chunkCount(row.size)) {
          this.#note({ ...start, path, chunk });
          return;
        }
        chunk = 0;
        if (!this.#mayGoOn()) break;
      }
      this.#note({ ...start, path, chunk: 0 });
    }
  }

  /** Reads a file from a chunk on; answers the first one it did not read. */
  async #read(
    row: KnownHolding,
    from: number,
    start: ScrubPlace,
  ): Promise<number> {
    const count = chunkCount(row.size);
    if (row.changed) return count;
    let noted = 0;
    for (let index = from; index < count; index++) {
      if (index > from && !this.#mayGoOn()) return index;
      const bytes = await this.#options.reader.readChunk(row, index);
      const read = chunkLength(row.size, index);
      this.#budget.use(read);
      // Damaged, changed or away: there is no more to learn from the rest.
      if (bytes === null) return count;
      noted += read;
      if (noted >= NOTE_BYTES) {
        noted = 0;
        this.#note({ ...start, path: row.absolutePath, chunk: index + 1 });
      }
      await breathe();
    }
    return count;
  }

  #mayGoOn(): boolean {
    return !this.#isClosed && this.#budget.isOpen && this.#options.mayRead();
  }

  #note({ path, chunk, passes, endedAt }: ScrubPlace): void {
    this.#options.local.run(
      "UPDATE scrub SET path = ?, chunk = ?, passes = ?, ended_ms = ?",
      [path, chunk, passes, endedAt],
    );
  }
}
